"""The discriminator of a learned codec: it judges frames beside their latents.

Source: Mentzer et al. 2020, HiFiC, https://arxiv.org/abs/2006.09965, sec. 3.2.
"""

from typing import Any

import keras
from keras import layers, ops

from tfvgan.layers import fold_frames, unfold_frames
from tfvgan.layers.resampling import nearest
from tfvgan.networks.codec import STRIDE
from tfvgan.networks.continuous import ContinuousDiscriminator
from tfvgan.networks.network import Inputs, Signature


@keras.saving.register_keras_serializable(package="tfvgan")
class CodecDiscriminator(ContinuousDiscriminator):
    """Maps three frames in a row, and their latents, to two logits.

    Reads `{"video": float32 (batch, 3, size, size, 3), "latents": float32 (batch, 3, size / 16,
    size / 16, channels)}`, whole numbers; returns float32 `(batch, 2)`: of the frames together, and
    of each alone. Latents become 12 channels, as large as the frames, beside these.

    Args:
        size: height and width of the frames, a power of two from 16.
        channels: latents of a place.
        width: channels at half the size, doubled by every halving down to 8x8.

    Raises:
        ValueError: when a number is out of its range.
    """

    names_in_files = {"condition": "reading"}

    def __init__(self, size: int = 128, channels: int = 128, width: int = 16, **kwargs: Any):
        super().__init__(frames=3, size=size, width=width, samples=3, **kwargs)
        if size < STRIDE:
            raise ValueError(f"`size` must be {STRIDE} or more, but is {size}.")
        self.channels = channels
        self.condition = layers.Conv2D(12, 1, dtype=self.dtype_policy)

    def signature(self) -> Signature:
        small = self.size // STRIDE
        return {
            "video": ((3, self.size, self.size, 3), "float32"),
            "latents": ((3, small, small, self.channels), "float32"),
        }

    def call(self, inputs: Inputs, training: bool = False) -> keras.KerasTensor:
        video = self.seen(**self.unpack(inputs))
        times = 0.0 * video[:, :, 0, 0, 0] + ops.arange(3, dtype="float32")
        return super().call({"video": video, "times": times})

    def seen(self, video: keras.KerasTensor, latents: keras.KerasTensor) -> keras.KerasTensor:
        """Returns both side by side, `(batch, 3, size, size, 15)`, as `features` reads them."""
        beside = nearest(self.relu(self.condition(fold_frames(latents))), STRIDE)
        beside = unfold_frames(beside, 3)
        return ops.concatenate([video, ops.cast(beside, video.dtype)], axis=-1)

    def get_config(self) -> dict:
        config = {**super().get_config(), "channels": self.channels}
        return {name: config[name] for name in config.keys() - {"frames", "samples", "num_classes"}}
