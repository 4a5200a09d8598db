"""FFDNet: a frame without its noise, of a strength that it is told.

Source: Zhang et al. 2018, FFDNet: Toward a Fast and Flexible Solution for CNN-based Image
Denoising, https://arxiv.org/abs/1710.04026, fig. 1.
"""

from typing import Any

import keras
from keras import layers, ops

from tfvgan.layers import depth_to_space, space_to_depth
from tfvgan.networks.network import Inputs, Network, Signature


@keras.saving.register_keras_serializable(package="tfvgan")
class FFDNet(Network):
    """Maps `{"frame": float32 (batch, h, w, 3) in [0, 1], "noise": float32 (batch,)}` to frames.

    `noise` is the deviation of the noise in units of the range, such as 25 / 255. Sides are even.
    What is made is about [0, 1], and not cut off there.

    Args:
        width: channels between convolutions.
        depth: convolutions.
    """

    def __init__(self, width: int = 96, depth: int = 12, **kwargs: Any):
        super().__init__(**kwargs)
        self.width = width
        self.depth = depth
        dtype = self.dtype_policy
        self.convolutions = [
            layers.Conv2D(
                width if number < depth - 1 else 12,
                3,
                padding="same",
                activation="relu" if number < depth - 1 else None,
                name=f"conv_{number}",
                dtype=dtype,
            )
            for number in range(depth)
        ]
        self.trainable = False

    def signature(self) -> Signature:
        return {"frame": ((None, None, 3), "float32"), "noise": ((), "float32")}

    @property
    def floats_per_pixel(self) -> float:
        """Returns how many numbers are held at once, at most, for each pixel of a frame."""
        return 3 + 2 * self.width / 4

    def call(self, inputs: Inputs) -> keras.KerasTensor:
        x = space_to_depth(inputs["frame"])
        noise = ops.reshape(inputs["noise"], (-1, 1, 1, 1))
        x = ops.concatenate([x, noise * ops.ones_like(x[..., :1])], axis=-1)
        for convolution in self.convolutions:
            x = convolution(x)
        return depth_to_space(x)

    def get_config(self) -> dict:
        return {**super().get_config(), "width": self.width, "depth": self.depth}
