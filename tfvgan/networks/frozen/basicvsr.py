"""BasicVSR: frames four times as large, each from all that come before it and after it.

Source: Chan et al. 2021, BasicVSR: The Search for Essential Components in Video Super-Resolution
and Beyond, https://arxiv.org/abs/2012.02181, sec. 3, as https://github.com/XPixelGroup/BasicSR
has it.
"""

from typing import Any

import keras
from keras import layers, ops

from tfvgan.layers import depth_to_space, enlarged, warp
from tfvgan.networks.frozen.spynet import SpyNet
from tfvgan.networks.network import Network, Signature, Tensor

SLOPE = 0.1  # Of what is negative.
HIGH = 64  # Channels at the large size.
FACTOR = 4


class Trunk(layers.Layer):
    """Maps a frame and the features that come along to the features of the frame.

    Reads float32 `(batch, h, w, 3 + width)`; returns `(batch, h, w, width)`.

    Args:
        width: channels of features.
        depth: blocks of two convolutions, each added to what it reads.
    """

    def __init__(self, width: int, depth: int, **kwargs: Any):
        super().__init__(**kwargs)
        self.first = _convolution(width, "first")
        self.blocks = [
            [_convolution(width, f"block_{block}_{number}") for number in (1, 2)]
            for block in range(depth)
        ]

    def build(self, input_shape: tuple) -> None:
        self.first.build(input_shape)
        for block in self.blocks:
            for convolution in block:
                convolution.build((*input_shape[:-1], self.first.filters))

    def call(self, x: keras.KerasTensor) -> keras.KerasTensor:
        x = ops.leaky_relu(self.first(x), SLOPE)
        for first, second in self.blocks:
            x = x + second(ops.relu(first(x)))
        return x


@keras.saving.register_keras_serializable(package="tfvgan")
class BasicVSR(Network):
    """Maps videos, float32 `(batch, t, h, w, 3)` in [0, 1], to ones four times as large.

    What is made is about [0, 1], and not cut off there. Sides and `t` are known. A video in parts
    is made with `carried` and `picture`, which `call` is made of.

    Args:
        width: channels of features.
        depth: blocks of the trunk of each direction.
    """

    def __init__(self, width: int = 64, depth: int = 30, **kwargs: Any):
        super().__init__(**kwargs)
        self.width = width
        self.depth = depth
        self.flow = SpyNet(name="flow")
        self.from_before = Trunk(width, depth, name="from_before")
        self.from_after = Trunk(width, depth, name="from_after")
        self.fusion = _convolution(width, "fusion", 1)
        self.enlarging = [
            _convolution(4 * width, "enlarge_1"),
            _convolution(4 * HIGH, "enlarge_2"),
        ]
        self.detail = _convolution(HIGH, "detail")
        self.colours = _convolution(3, "colours")
        self.trainable = False

    def signature(self) -> Signature:
        return {"video": ((None, None, None, 3), "float32")}

    def build(self, input_shape: tuple | None = None) -> None:
        """Makes every weight; the shape given is not read."""
        if self.built:
            return
        self.flow.build()
        for trunk in (self.from_before, self.from_after):
            trunk.build((None, None, None, 3 + self.width))
        read = [2 * self.width, self.width, self.width, HIGH, HIGH]
        made = [self.fusion, *self.enlarging, self.detail, self.colours]
        for layer, channels in zip(made, read, strict=True):
            layer.build((None, None, None, channels))
        self.built = True

    @property
    def floats_per_pixel(self) -> float:
        """Returns how many numbers are held at once, at most, for each pixel of a frame."""
        return 2 * HIGH * FACTOR**2

    def carried(
        self, trunk: Trunk, frame: Tensor, other: Tensor | None = None, features: Any = None
    ) -> Tensor:
        """Returns the features of frames, float32 `(batch, h, w, width)`.

        Args:
            trunk: `from_before` or `from_after`.
            frame: float32 `(batch, h, w, 3)` in [0, 1].
            other: likewise, the frames before, or after; None at the beginning, or the end.
            features: theirs, of the same trunk.
        """
        if other is None:
            moved = ops.zeros((*ops.shape(frame)[:3], self.width), frame.dtype)
        else:
            flow = self.flow({"frame": frame, "other": other})
            # What comes from beyond the border is 0.
            around = [(0, 0), (1, 1), (1, 1), (0, 0)]
            moved = warp(ops.pad(features, around), ops.pad(flow, around))[:, 1:-1, 1:-1]
        return trunk(ops.concatenate([frame, moved], axis=-1))

    def picture(self, frame: Tensor, before: Tensor, after: Tensor) -> Tensor:
        """Returns frames four times as large, `(batch, 4 * h, 4 * w, 3)`.

        Args:
            frame: float32 `(batch, h, w, 3)` in [0, 1].
            before, after: its features of both trunks.
        """
        x = ops.leaky_relu(self.fusion(ops.concatenate([after, before], axis=-1)), SLOPE)
        for layer in self.enlarging:
            x = ops.leaky_relu(depth_to_space(layer(x)), SLOPE)
        x = self.colours(ops.leaky_relu(self.detail(x), SLOPE))
        return x + enlarged(frame, FACTOR)

    def call(self, video: Tensor) -> Tensor:
        frames = [video[:, number] for number in range(video.shape[1])]
        before = self._along(self.from_before, frames)
        after = self._along(self.from_after, frames[::-1])[::-1]
        made = [self.picture(*each) for each in zip(frames, before, after, strict=True)]
        return ops.stack(made, axis=1)

    def _along(self, trunk, frames):
        """Returns the features of each frame, from those earlier in the list."""
        made, other = [], None
        for frame in frames:
            made.append(self.carried(trunk, frame, other, made[-1] if made else None))
            other = frame
        return made

    def get_config(self) -> dict:
        return {**super().get_config(), "width": self.width, "depth": self.depth}


def _convolution(width, name, size=3):
    """Returns a convolution; its weights will be the published ones, and are not drawn."""
    return layers.Conv2D(width, size, padding="same", kernel_initializer="zeros", name=name)
