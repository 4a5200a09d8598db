"""A restorer: a recurrent generator that mends a video frame by frame, at the small size.

Each step reads a frame, mostly with its two neighbours, and what the step before has seen (a
hidden state), all side by side as channels of small pictures, in wavelets; a few convolutions later
pixels are taken out of channels, and added to the frame, enlarged bicubically. The last convolution
reads the frames, too: what can be mended by a linear filter is learnt first.

Source: Fuoli et al. 2019, RLSP, https://arxiv.org/abs/1909.08080, sec. 3: the state fed back, no
optical flow (the last output is not fed back here: it is a linear function of the state); Shi et
al. 2016, https://arxiv.org/abs/1609.05158, sec. 3, and Wang et al. 2021, Real-ESRGAN,
https://arxiv.org/abs/2107.10833, sec. 4.1: pixels as channels, at both ends. States of RLSP grow
without bound in long still scenes (Chiche et al. 2022, https://arxiv.org/abs/2112.08950): here they
are held within (-1, 1), and blocks begin near the identity.
"""

from collections.abc import Sequence
from typing import Any

import keras
from keras import layers, ops

from tfvgan.layers import (
    bicubic,
    fold_frames,
    fold_pixels,
    from_wavelets,
    nearest,
    to_wavelets,
    unfold_frames,
)
from tfvgan.networks.continuous import ContinuousDiscriminator
from tfvgan.networks.network import Inputs, Network, Signature, check_width

register = keras.saving.register_keras_serializable(package="tfvgan")


@register
class RestorerGenerator(Network):
    """Maps a degraded video to a restored one, `factor` times as large.

    Reads `{"video": float32 (batch, t, h, w, 3) in [-1, 1]}`, and where it knows them `"mask":
    float32 (batch, t, h, w, 1)`, above 0 where pixels were missing, as `tfvgan.data.fill` says, and
    `"level": float32 (batch,)`, the strength of noise, of a base layer its level; returns float32
    `(batch, t, factor * h, factor * w, 3)` in [-1, 1]. Height and width are multiples of `2 **
    folds`. Before it has learnt anything it is the bicubic enlargement.

    Args:
        factor: how many times as large, 1, 2 or 4.
        width: channels, of the hidden state too.
        depth: residual blocks, of two convolutions each.
        folds: how many times 2 x 2 pixels are folded into channels before the first convolution:
            each makes a step about four times cheaper.
        masked: whether it is told where pixels were missing; it changes no others then, and those
            by as much as the mask says that they are not known.
        leveled: whether it is told how strong the noise is.
        neighbours: whether it reads the frames before and after, too; without them a frame can be
            made as it comes.
    """

    extent = 8
    steps = 1

    def __init__(
        self,
        factor: int = 2,
        width: int = 48,
        depth: int = 4,
        folds: int = 1,
        masked: bool = False,
        leveled: bool = False,
        neighbours: bool = True,
        **kwargs: Any,
    ):
        super().__init__(**kwargs)
        check_width(width)
        if factor not in (1, 2, 4):
            raise ValueError(f"`factor` must be 1, 2 or 4, but is {factor!r}.")
        self.factor = factor
        self.width = width
        self.depth = depth
        self.folds = folds
        self.masked = masked
        self.leveled = leveled
        self.neighbours = neighbours
        conv = {"padding": "same", "dtype": self.dtype_policy}
        self.stem = layers.Conv2D(width, 3, **conv)
        self.first = [layers.Conv2D(width, 3, **conv) for _ in range(depth)]
        # Blocks begin near the identity: a state that is fed back could grow with each of them.
        small = keras.initializers.VarianceScaling(0.01, "fan_avg", "uniform")
        self.second = [
            layers.Conv2D(width, 3, kernel_initializer=small, **conv) for _ in range(depth)
        ]
        self.unfolds = folds + (factor.bit_length() - 1)
        # From zeros, an untrained network is the bicubic enlargement.
        self.head = layers.Conv2D(3 * 4**self.unfolds, 3, kernel_initializer="zeros", **conv)
        self.relu = layers.LeakyReLU(negative_slope=0.1, dtype=self.dtype_policy)

    def signature(self) -> Signature:
        named: Signature = {"video": ((None, None, None, 3), "float32")}
        if self.masked:
            named["mask"] = ((None, None, None, 1), "float32")
        if self.leveled:
            named["level"] = ((), "float32")
        return named

    @property
    def state_channels(self) -> int:
        """Channels of the state."""
        return self.width

    @property
    def numbers(self) -> str:
        """What it is made from, in words."""
        folds = f"{self.folds} fold{'s' if self.folds != 1 else ''}"
        return f"{self.width} channels, {self.depth} blocks, {folds}"

    def start(self, frame: keras.KerasTensor) -> keras.KerasTensor:
        """Returns the state before the first step: zeros, `(batch, h, w, width)`, folded.

        Args:
            frame: float32 `(batch, h, w, 3)`, the first one.
        """
        small = fold_pixels(frame, self.folds)
        return ops.repeat(0.0 * small[..., :1], self.width, axis=-1)

    def step(
        self,
        frames: Sequence[keras.KerasTensor],
        state: keras.KerasTensor,
        mask: keras.KerasTensor | None = None,
        level: keras.KerasTensor | None = None,
    ) -> tuple[keras.KerasTensor, keras.KerasTensor]:
        """Returns the restored frame, and the state for the next step.

        Args:
            frames: three of float32 `(batch, h, w, 3)`: the one before, the one to restore, and the
                one after; at the ends of a video the nearest that there is. Without `neighbours`
                the first and the last are not looked at.
            state: of the step before, or of `start`.
            mask: float32 `(batch, h, w, 1)`, of the frame to restore.
            level: float32 `(batch,)`.
        """
        change, state = self.change(frames, state, mask, level)
        return bicubic(frames[1], self.factor) + change, state

    def change(
        self,
        frames: Sequence[keras.KerasTensor],
        state: keras.KerasTensor,
        mask: keras.KerasTensor | None = None,
        level: keras.KerasTensor | None = None,
    ) -> tuple[keras.KerasTensor, keras.KerasTensor]:
        """Returns what is added to the enlarged frame, and the state, as `step` reads them."""
        # Wavelets: of pixels as channels each holds the mean, which every training step then moves.
        read = frames if self.neighbours else frames[1:2]
        inputs = [to_wavelets(frame, self.folds) for frame in read]
        if self.masked:
            inputs.append(fold_pixels(mask, self.folds))
        if self.leveled:
            inputs.append(0.0 * inputs[0][..., :1] + level[:, None, None, None])
        inputs = [ops.cast(each, self.compute_dtype) for each in inputs]
        x = ops.concatenate([*inputs, ops.cast(state, self.compute_dtype)], axis=-1)
        x = self.relu(self.stem(x))
        for first, second in zip(self.first, self.second, strict=True):
            x = x + second(self.relu(first(x)))
        # The head reads the frames, too: what a linear filter mends is learnt first.
        change = ops.cast(self.head(ops.concatenate([x, *inputs], axis=-1)), "float32")
        # Held within (-1, 1): states of RLSP grow without bound in long still scenes.
        state = ops.cast(ops.tanh(x), "float32")
        change = from_wavelets(change, self.unfolds)
        if self.masked:
            change *= nearest(mask, self.factor)
        return change, state

    def call(self, inputs: Inputs, training: bool = False) -> keras.KerasTensor:
        named = self.unpack(inputs)
        frames = ops.unstack(named["video"], axis=1)
        masks = ops.unstack(named["mask"], axis=1) if self.masked else [None] * len(frames)
        state, made = self.start(frames[0]), []
        for n, mask in enumerate(masks):
            window = [frames[max(n - 1, 0)], frames[n], frames[min(n + 1, len(frames) - 1)]]
            frame, state = self.step(window, state, mask, named.get("level"))
            made.append(frame)
        return ops.stack(made, axis=1)

    def get_config(self) -> dict:
        config = {"factor": self.factor, "width": self.width, "depth": self.depth}
        return {
            **super().get_config(),
            **config,
            "folds": self.folds,
            "masked": self.masked,
            "leveled": self.leveled,
            "neighbours": self.neighbours,
        }


@register
class RestorerDiscriminator(ContinuousDiscriminator):
    """Maps three frames in a row, and what they were restored from, to two logits.

    Reads `{"video": float32 (batch, 3, size, size, channels), "degraded": float32 (batch, 3, size
    / factor, size / factor, 3)}`; returns float32 `(batch, 2)`: of the frames together, and of each
    alone. Both are seen at the large size, side by side.

    Source: the frames and what they were made of, in space and time, after Chu et al. 2020,
    TecoGAN, https://arxiv.org/abs/1811.09393, sec. 3.1.

    Args:
        size: height and width of the large frames, a power of two from 8.
        factor: how many times as large as the degraded ones they are, 1, 2 or 4.
        width: channels at half the size, doubled by every halving down to 8x8.
        channels: of the video that is judged: 3 colours, or of masks one for each class.
    """

    def __init__(
        self, size: int = 128, factor: int = 2, width: int = 16, channels: int = 3, **kwargs: Any
    ):
        super().__init__(frames=3, size=size, width=width, samples=3, **kwargs)
        self.factor = factor
        self.channels = channels

    def signature(self) -> Signature:
        small = self.size // self.factor
        return {
            "video": ((3, self.size, self.size, self.channels), "float32"),
            "degraded": ((3, small, small, 3), "float32"),
        }

    def call(self, inputs: Inputs, training: bool = False) -> keras.KerasTensor:
        video = self.seen(**self.unpack(inputs))
        times = 0.0 * video[:, :, 0, 0, 0] + ops.arange(3, dtype="float32")
        return super().call({"video": video, "times": times})

    def seen(self, video: keras.KerasTensor, degraded: keras.KerasTensor) -> keras.KerasTensor:
        """Returns both side by side, as `features` reads them: `(batch, 3, size, size, c)`."""
        beside = unfold_frames(bicubic(fold_frames(degraded), self.factor), 3)
        return ops.concatenate([video, beside], axis=-1)

    def get_config(self) -> dict:
        config = {**super().get_config(), "factor": self.factor, "channels": self.channels}
        return {name: config[name] for name in config.keys() - {"frames", "samples", "num_classes"}}
