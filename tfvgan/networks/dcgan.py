"""DCGAN on video seen as frames: one latent gives a clip, and each frame is judged by itself.

The generator is a stack of Dense layers that makes one code a frame; from there each frame is an
image: a 4x4 map, doubled by transposed convolutions up to the size. With `frames=1` this is the
image GAN of Radford et al. 2016, https://arxiv.org/abs/1511.06434.
"""

from typing import Any

import keras
from keras import layers, ops

from tfvgan.layers import (
    DenseBlock,
    DownBlock,
    LabelledLatents,
    ProjectionHead,
    UpBlock,
    convolution,
    fold_frames,
    unfold_frames,
)
from tfvgan.networks.network import Discriminator, Generator, Inputs, widths

register = keras.saving.register_keras_serializable(package="tfvgan")


@register
class DcganGenerator(Generator):
    """Maps latents to a video, each frame an image of its own code; see `Generator`.

    Args:
        latent_dim: numbers in a latent.
        frames: frames in the video, 1 or more.
        size: height and width, a power of two from 8.
        width: channels at 4x4, halved by every doubling; also the numbers in a frame's code.
        num_classes: how many classes the videos fall into; 0 for no labels.
    """

    def __init__(
        self,
        latent_dim: int = 100,
        frames: int = 16,
        size: int = 64,
        width: int = 256,
        num_classes: int = 0,
        **kwargs: Any,
    ):
        super().__init__(latent_dim, frames, size, num_classes, **kwargs)
        self.width = width
        channels = widths(width, size)
        dtype = self.dtype_policy
        if num_classes:
            self.labelled = LabelledLatents(num_classes, latent_dim, dtype=dtype)
        self.clip_code = DenseBlock(width, dtype=dtype)
        self.frame_codes = DenseBlock(frames * width, dtype=dtype)
        self.image_code = DenseBlock(4 * 4 * width, dtype=dtype)
        self.ups = [UpBlock(filters, dtype=dtype) for filters in channels[1:]]
        self.image = convolution(3, (2, 2), transposed=True, dtype=dtype)
        self.tanh = layers.Activation("tanh", dtype="float32")

    def call(self, inputs: Inputs, training: bool = False) -> keras.KerasTensor:
        named = self.unpack(inputs)
        x = named["latents"]
        if self.num_classes:
            x = self.labelled(x, named["label"])
        x = self.frame_codes(self.clip_code(x, training=training), training=training)
        x = self.image_code(ops.reshape(x, (-1, self.width)), training=training)
        x = ops.reshape(x, (-1, 4, 4, self.width))
        for up in self.ups:
            x = up(x, training=training)
        return unfold_frames(self.tanh(self.image(x)), self.frames)

    def get_config(self) -> dict:
        return {**super().get_config(), "width": self.width}


@register
class DcganDiscriminator(Discriminator):
    """Maps a video to one logit a frame, float32 `(batch, frames)`; see `Discriminator`.

    Args:
        frames: frames in the video, 1 or more.
        size: height and width, a power of two from 8.
        width: channels at 4x4, halved by every doubling.
        num_classes: how many classes the videos fall into; 0 for no labels.
    """

    def __init__(
        self,
        frames: int = 16,
        size: int = 64,
        width: int = 256,
        num_classes: int = 0,
        **kwargs: Any,
    ):
        super().__init__(frames, size, num_classes, **kwargs)
        self.width = width
        self.downs = [
            DownBlock(filters, normalize=level > 0, dtype=self.dtype_policy)
            for level, filters in enumerate(reversed(widths(width, size)))
        ]
        self.head = ProjectionHead(num_classes)

    def call(self, inputs: Inputs, training: bool = False) -> keras.KerasTensor:
        named = self.unpack(inputs)
        x = fold_frames(named["video"])
        for down in self.downs:
            x = down(x, training=training)
        if self.num_classes:
            logits = self.head(x, ops.repeat(named["label"], self.frames))
        else:
            logits = self.head(x)
        return ops.reshape(logits, (-1, self.frames))

    def get_config(self) -> dict:
        return {**super().get_config(), "width": self.width}
