"""VGAN: a moving foreground, a still background, and a mask that blends them.

`video = mask * foreground + (1 - mask) * background`

Source: Vondrick et al. 2016, Generating Videos with Scene Dynamics,
https://arxiv.org/abs/1609.02612, sec. 2. The paper's networks make 32 frames of 64x64 with width
512; here frames, size and width are numbers.
"""

from itertools import pairwise
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
    crop_frames,
)
from tfvgan.networks.network import Discriminator, Generator, Inputs, widths

register = keras.saving.register_keras_serializable(package="tfvgan")


@register
class VganGenerator(Generator):
    """Maps latents to a video of two streams; see `Generator`.

    `streams` gives the mask, whose mean `VideoGAN` adds to what the generator minimises.

    Args:
        latent_dim: numbers in a latent.
        frames: frames in the video, 1 or more.
        size: height and width, a power of two from 8.
        width: channels at 4x4, halved by every doubling.
        num_classes: how many classes the videos fall into; 0 for no labels.
    """

    def __init__(
        self,
        latent_dim: int = 100,
        frames: int = 16,
        size: int = 64,
        width: int = 512,
        num_classes: int = 0,
        **kwargs: Any,
    ):
        super().__init__(latent_dim, frames, size, num_classes, **kwargs)
        self.width = width
        dtype = self.dtype_policy
        channels = widths(width, size)
        self.extents = extents(frames, len(channels))
        strides = [(scale, 2, 2) for scale in time_strides(self.extents)]
        if num_classes:
            self.labelled = LabelledLatents(num_classes, latent_dim, dtype=dtype)
        self.moving_code = DenseBlock(self.extents[0] * 4 * 4 * width, dtype=dtype)
        self.moving_ups = [
            UpBlock(filters, stride, dtype=dtype)
            for filters, stride in zip(channels[1:], strides[:-1], strict=True)
        ]
        # Three channels of foreground and one of mask, of the same features: one convolution.
        self.moving_image = convolution(4, strides[-1], transposed=True, dtype=dtype)
        # No axis of time: the background is one frame, which cannot but stay.
        self.still_code = DenseBlock(4 * 4 * width, dtype=dtype)
        self.still_ups = [UpBlock(filters, dtype=dtype) for filters in channels[1:]]
        self.still_image = convolution(3, (2, 2), transposed=True, dtype=dtype)
        self.tanh = layers.Activation("tanh", dtype="float32")
        self.sigmoid = layers.Activation("sigmoid", dtype="float32")

    def call(self, inputs: Inputs, training: bool = False) -> keras.KerasTensor:
        return self.blend(**self.streams(inputs, training=training))

    def streams(self, inputs: Inputs, training: bool = False) -> dict[str, keras.KerasTensor]:
        """Returns what the video is blended from.

        Args:
            inputs: what `call` reads.
            training: whether batch normalisation reads, and moves by, this batch.

        Returns:
            `foreground` float32 `(batch, frames, size, size, 3)` in [-1, 1], `mask` float32
            `(batch, frames, size, size, 1)` in [0, 1], and `background` float32
            `(batch, 1, size, size, 3)` in [-1, 1].
        """
        named = self.unpack(inputs)
        code = named["latents"]
        if self.num_classes:
            code = self.labelled(code, named["label"])
        moving = self.moving(code, training)
        return {
            "foreground": self.tanh(moving[..., :3]),
            "mask": self.sigmoid(moving[..., 3:]),
            "background": self.tanh(self.still(code, training)),
        }

    def moving(self, code: keras.KerasTensor, training: bool) -> keras.KerasTensor:
        """Returns foreground and mask before their activations, `(batch, frames, ..., 4)`."""
        x = self.moving_code(code, training=training)
        x = ops.reshape(x, (-1, self.extents[0], 4, 4, self.width))
        for up, extent in zip(self.moving_ups, self.extents[1:-1], strict=True):
            x = crop_frames(up(x, training=training), extent)
        return crop_frames(self.moving_image(x, training=training), self.frames)

    def still(self, code: keras.KerasTensor, training: bool) -> keras.KerasTensor:
        """Returns the background before its activation, `(batch, 1, size, size, 3)`."""
        x = ops.reshape(self.still_code(code, training=training), (-1, 4, 4, self.width))
        for up in self.still_ups:
            x = up(x, training=training)
        return ops.expand_dims(self.still_image(x), 1)

    @staticmethod
    def blend(
        foreground: keras.KerasTensor, mask: keras.KerasTensor, background: keras.KerasTensor
    ) -> keras.KerasTensor:
        """Returns the video of the streams, float32 in [-1, 1]."""
        return mask * foreground + (1.0 - mask) * background

    def get_config(self) -> dict:
        return {**super().get_config(), "width": self.width}


@register
class VganDiscriminator(Discriminator):
    """Maps a video to one logit, float32 `(batch, 1)`, by 3-D convolutions; see `Discriminator`.

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
        width: int = 512,
        num_classes: int = 0,
        **kwargs: Any,
    ):
        super().__init__(frames, size, num_classes, **kwargs)
        self.width = width
        channels = widths(width, size)
        scales = time_strides(extents(frames, len(channels)))
        stages = reversed(list(zip(channels, scales, strict=True)))
        self.downs = [
            DownBlock(filters, (scale, 2, 2), normalize=level > 0, dtype=self.dtype_policy)
            for level, (filters, scale) in enumerate(stages)
        ]
        self.head = ProjectionHead(num_classes)

    def call(self, inputs: Inputs, training: bool = False) -> keras.KerasTensor:
        named = self.unpack(inputs)
        x = named["video"]
        for down in self.downs:
            x = down(x, training=training)
        return self.head(x, named["label"]) if self.num_classes else self.head(x)

    def get_config(self) -> dict:
        return {**super().get_config(), "width": self.width}


def extents(frames, doublings):
    """Returns the frames before the first doubling, after it, ... and after the last.

    Each is half the next, rounded up, so the last is `frames`: 16 by 4 is 1, 2, 4, 8, 16, and 6
    by 4 is 1, 1, 2, 3, 6. Where a doubling makes one too many, it is cropped.
    """
    counts = [frames]
    for _ in range(doublings):
        counts.append((counts[-1] + 1) // 2)
    return counts[::-1]


def time_strides(extents):
    """Returns for each step between two extents 2 where time doubles, 1 where one frame stays."""
    return [1 if before == after else 2 for before, after in pairwise(extents)]
