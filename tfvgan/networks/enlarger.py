"""A second stage for size: small frames in, large ones out, and a discriminator that sees both.

The generator works at the small size and turns channels into pixels at its end; what it draws is
added to the bilinear enlargement. The discriminator is the one of a few moments and their times,
with the small frames beside the large ones.

Source: after Shi et al. 2016, https://arxiv.org/abs/1609.05158, sec. 3 (work at the small size),
and Ledig et al. 2017, SRGAN, https://arxiv.org/abs/1609.04802, sec. 2 (residual blocks, the game);
styles of Karras et al. 2020, https://arxiv.org/abs/1912.04958, choose among the textures.
"""

from typing import Any

import keras
from keras import layers, ops

from tfvgan.layers import (
    ModulatedConv,
    depth_to_space,
    fold_frames,
    space_to_depth,
    unfold_frames,
)
from tfvgan.networks.continuous import ContinuousDiscriminator
from tfvgan.networks.network import Inputs, Network, Signature, check_extents, check_width

register = keras.saving.register_keras_serializable(package="tfvgan")


@register
class EnlargerGenerator(Network):
    """Maps small frames and latents to the same frames, `factor` times as large.

    Reads `{"video": float32 (batch, k, size, size, 3) in [-1, 1], "latents": float32
    (batch, latent_dim)}`, any k; returns float32 `(batch, k, factor * size, factor * size, 3)` in
    [-1, 1]. A frame depends on its small frame and on the clip's latents alone: equal frames are
    enlarged to equal ones, and a video can be enlarged in parts. Before it has learnt anything it
    is the bilinear enlargement.

    Args:
        latent_dim: numbers in a latent, which says what the details are like.
        size: height and width of the small frames, a power of two from 8.
        factor: how many times as large, a power of two from 2.
        width: channels.
        depth: residual blocks, of two convolutions each.
    """

    def __init__(
        self,
        latent_dim: int = 16,
        size: int = 64,
        factor: int = 4,
        width: int = 32,
        depth: int = 3,
        **kwargs: Any,
    ):
        super().__init__(**kwargs)
        check_extents(1, size)
        check_width(width)
        self.latent_dim = latent_dim
        self.size = size
        self.factor = factor
        self.doublings = factor_doublings(factor)
        self.width = width
        self.depth = depth
        conv = {"padding": "same", "dtype": self.dtype_policy}
        self.style = layers.Dense(64, "leaky_relu", dtype=self.dtype_policy)
        self.stem = layers.Conv2D(width, 3, **conv)
        self.styled = [ModulatedConv(width, dtype=self.dtype_policy) for _ in range(depth)]
        self.plain = [layers.Conv2D(width, 3, **conv) for _ in range(depth)]
        self.head = layers.Conv2D(3 * factor**2, 3, kernel_initializer="zeros", **conv)
        self.bilinear = layers.UpSampling2D(factor, interpolation="bilinear", dtype="float32")

    def signature(self) -> Signature:
        return {
            "video": ((None, self.size, self.size, 3), "float32"),
            "latents": ((self.latent_dim,), "float32"),
        }

    def call(self, inputs: Inputs, training: bool = False) -> keras.KerasTensor:
        named = self.unpack(inputs)
        video = named["video"]
        style = self.style(named["latents"])
        style = fold_frames(style[:, None] + ops.cast(0.0 * video[:, :, 0, 0, :1], style.dtype))
        small = fold_frames(video)
        x = self.stem(small)
        for styled, plain in zip(self.styled, self.plain, strict=True):
            x = x + plain(styled(x, style))
        x = self.head(x)
        for _ in range(self.doublings):
            x = depth_to_space(x)
        large = towards(self.bilinear(small), ops.tanh(ops.cast(x, "float32")))
        return unfold_frames(large, ops.shape(video)[1])

    def shrink(self, video: keras.KerasTensor) -> keras.KerasTensor:
        """Returns what a large video would have been made from: the mean of every square of pixels.

        Args:
            video: float32 `(batch, k, factor * height, factor * width, 3)`.
        """
        small = ops.average_pool(fold_frames(video), self.factor, self.factor)
        return unfold_frames(small, ops.shape(video)[1])

    def get_config(self) -> dict:
        return {
            **super().get_config(),
            "latent_dim": self.latent_dim,
            "size": self.size,
            "factor": self.factor,
            "width": self.width,
            "depth": self.depth,
        }


@register
class EnlargerDiscriminator(ContinuousDiscriminator):
    """Maps large frames, the small ones and their times to logits, as `ContinuousDiscriminator`.

    Reads `{"video": float32 (batch, samples, factor * size, factor * size, 3), "small": float32
    (batch, samples, size, size, 3), "times": float32 (batch, samples)}`, and judges features of
    the large frames with the small ones beside them.

    Args:
        frames: frames in the clips that are sampled from, 1 or more.
        size: height and width of the small frames, a power of two from 8.
        factor: how many times as large the judged ones are, a power of two from 2.
        width: channels at the small size, halved by every doubling above it, and at half of it,
            doubled by every halving down to 8x8.
        samples: frames that are seen of a clip, 2 or more.
    """

    def __init__(
        self,
        frames: int = 16,
        size: int = 64,
        factor: int = 4,
        width: int = 24,
        samples: int = 3,
        **kwargs: Any,
    ):
        super().__init__(frames, size, width, samples, **kwargs)
        self.factor = factor
        conv = {"padding": "same", "kernel_initializer": "he_normal", "dtype": self.dtype_policy}
        above = factor_doublings(factor) - 1
        self.details = [layers.Conv2D(max(width >> above, 8), 3, **conv)]
        self.details += [
            layers.Conv2D(max(width >> n, 8), 4, 2, **conv) for n in reversed(range(above))
        ]

    def signature(self) -> Signature:
        large = self.factor * self.size
        small = super().signature()
        return {
            "video": ((self.samples, large, large, 3), "float32"),
            "small": small["video"],
            "times": small["times"],
        }

    def call(self, inputs: Inputs, training: bool = False) -> keras.KerasTensor:
        named = self.unpack(inputs)
        x = space_to_depth(fold_frames(named["video"]))
        for conv in self.details:
            x = self.relu(conv(x))
        x = ops.concatenate([x, ops.cast(fold_frames(named["small"]), x.dtype)], axis=-1)
        return super().call({"video": unfold_frames(x, self.samples), "times": named["times"]})

    def get_config(self) -> dict:
        config = {**super().get_config(), "factor": self.factor}
        del config["num_classes"]  # The small frames say more than a class would.
        return config


def towards(base, change):
    """Returns `base`, moved by the share `change` of the way to white, or to black where negative.

    Args:
        base: float32, in [-1, 1].
        change: float32, in [-1, 1]; what comes out is in [-1, 1] then, and `base` itself at 0.
    """
    return base + change - ops.abs(change) * base


def small_size(size, factor):
    """Returns the height and width of the frames that are enlarged to `size`.

    Raises:
        ValueError: when they would be no power of two from 8, or the factor is none from 2.
    """
    factor_doublings(factor)
    if size < 8 * factor or size & (size - 1):
        raise ValueError(
            f"`size` must be a power of two from {8 * factor} to be reached by a `factor` of "
            f"{factor}, but is {size}: resize the videos to 64, 128, 256, ..."
        )
    return size // factor


def factor_doublings(factor):
    """Returns how many doublings an enlargement by `factor` takes.

    Raises:
        ValueError: when it is no power of two from 2.
    """
    if factor < 2 or factor & (factor - 1):
        raise ValueError(f"`factor` must be a power of two from 2, but is {factor}: take 2 or 4.")
    return factor.bit_length() - 1
