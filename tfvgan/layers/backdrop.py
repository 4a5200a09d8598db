"""What stays in a video, drawn once a clip: a learned constant that styled convolutions enlarge.

Source: Karras et al. 2019, StyleGAN, https://arxiv.org/abs/1812.04948, sec. 2 (the learned
constant); a stream of its own for what does not move is of Vondrick et al. 2016, VGAN,
https://arxiv.org/abs/1609.02612, sec. 3.1.
"""

from typing import Any

import keras
from keras import initializers, layers, ops

from tfvgan.layers.modulation import ModulatedConv

register = keras.saving.register_keras_serializable(package="tfvgan")

BASE = 4  # Side of the constant.


@register
class Backdrop(layers.Layer):
    """Maps a style `(n, style_dim)` to features of what stays, `(n, side, side, filters)`.

    Convolutions of `width` channels, at 4x4 and after each doubling; the last has `filters`. What
    comes out is scaled by `gain`, 0 at first, so that what moves is not drawn here first, standing.

    Args:
        side: extent of the plane in pixels, 4 times a power of two.
        width: channels below the last extent.
        filters: channels that come out.
    """

    def __init__(self, side: int, width: int, filters: int, **kwargs: Any):
        super().__init__(**kwargs)
        self.side = side
        self.width = width
        self.filters = filters
        doublings = (side // BASE).bit_length() - 1
        channels = [width] * doublings + [filters]
        self.convs = [ModulatedConv(count, dtype=self.dtype_policy) for count in channels]
        self.grow = layers.UpSampling2D(interpolation="bilinear", dtype=self.dtype_policy)

    def build(self, style_shape: tuple) -> None:
        self.constant = self.add_weight(
            name="constant",
            shape=(1, BASE, BASE, self.width),
            initializer=initializers.RandomNormal(0.0, 1.0),
        )
        self.gain = self.add_weight(name="gain", shape=(self.filters,), initializer="zeros")
        channels = self.width
        for level, conv in enumerate(self.convs):
            conv.build((style_shape[0], BASE << level, BASE << level, channels), style_shape)
            channels = conv.filters

    def call(self, style: keras.KerasTensor) -> keras.KerasTensor:
        x = ops.repeat(ops.cast(self.constant, style.dtype), ops.shape(style)[0], axis=0)
        for level, conv in enumerate(self.convs):
            x = conv(self.grow(x) if level else x, style)
        return x * ops.cast(self.gain, x.dtype)

    def get_config(self) -> dict:
        config = {"side": self.side, "width": self.width, "filters": self.filters}
        return {**super().get_config(), **config}
