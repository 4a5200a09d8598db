"""A convolution that a style scales the input of and shifts the output of, kept at unit size.

`y = d * conv(s * x) + b`, `d_o = 1 / sqrt(sum over i, y, x of (w_iyxo s_i)^2)`

Source: Karras et al. 2020, Analyzing and Improving the Image Quality of StyleGAN,
https://arxiv.org/abs/1912.04958, eq. 1 to 3. The paper scales the weights of each example; scaling
what goes in and what comes out is the same function, and one convolution for the whole batch. Its
bias is the same for all examples; here it is the style's too, as in FiLM (Perez et al. 2018,
https://arxiv.org/abs/1709.07871, eq. 1), so that two styles may draw two outlines from the start.
"""

from typing import Any

import keras
from keras import initializers, layers, ops

register = keras.saving.register_keras_serializable(package="tfvgan")

GAIN = 2.0**0.5  # Keeps the size of a leaky ReLU's output at that of its input, about.


@register
class ModulatedConv(layers.Layer):
    """Modulated convolution, leaky ReLU; the extents stay.

    Reads features `(n, height, width, channels)` and a style `(n, style_dim)`; returns
    `(n, height, width, filters)`.

    Args:
        filters: channels that come out.
        kernel_size: side of the kernel, odd.
    """

    def __init__(self, filters: int, kernel_size: int = 3, **kwargs: Any):
        super().__init__(**kwargs)
        self.filters = filters
        self.kernel_size = kernel_size
        self.scale = self.shift = None
        self.relu = layers.LeakyReLU(negative_slope=0.2, dtype=self.dtype_policy)

    def build(self, features_shape: tuple, style_shape: tuple) -> None:
        channels = features_shape[-1]
        self.scale = layers.Dense(channels, bias_initializer="ones", dtype=self.dtype_policy)
        self.scale.build(style_shape)
        side = self.kernel_size
        self.kernel = self.add_weight(
            name="kernel",
            shape=(side, side, channels, self.filters),
            initializer=initializers.RandomNormal(0.0, (side * side * channels) ** -0.5),
        )
        self.shift = layers.Dense(
            self.filters, kernel_initializer="he_normal", dtype=self.dtype_policy
        )
        self.shift.build(style_shape)

    def call(self, features: keras.KerasTensor, style: keras.KerasTensor) -> keras.KerasTensor:
        scale = self.scale(style)
        squares = ops.sum(ops.square(ops.cast(self.kernel, "float32")), axis=(0, 1))
        size = ops.matmul(ops.square(ops.cast(scale, "float32")), squares)
        shrink = ops.cast(ops.rsqrt(size + 1e-8), scale.dtype)
        y = ops.conv(features * scale[:, None, None], self.kernel, padding="same")
        return self.relu(GAIN * (y * shrink[:, None, None] + self.shift(style)[:, None, None]))

    def get_config(self) -> dict:
        config = super().get_config()
        return {**config, "filters": self.filters, "kernel_size": self.kernel_size}
