"""A steadier: what it made of the frame before goes on along the motion, where that can be trusted.

The motion is the original video's. A small recurrent network reads both videos, and how far the
processed one is from what was made before; it says what share of that is taken over, of coarse and
of fine differences apart, and adds a little that keeps edges sharp. What goes on to the next frame
is without that: shares are below 1, so that no error can grow.

Source: Lai et al. 2018, https://arxiv.org/abs/1808.00449, sec. 3: the original beside the processed
video, a recurrent network, the change of a frame learnt; there the motion is looked at in training
alone. Coarse and fine apart: Bonneel et al. 2015, https://doi.org/10.1145/2816795.2818107, sec. 4.
"""

from collections.abc import Sequence
from typing import Any

import keras
from keras import layers, ops

from tfvgan.layers import (
    depth_to_space,
    doubled,
    fold_frames,
    fold_pixels,
    from_wavelets,
    to_wavelets,
    unfold_frames,
    warp_sharply,
)
from tfvgan.networks.network import Inputs, Network, Signature, check_width
from tfvgan.networks.registration import registration
from tfvgan.video import LUMA

register = keras.saving.register_keras_serializable(package="tfvgan")

FOLDS = 2  # Times that 2 x 2 pixels become channels.
COLOURS = 3 * 4**FOLDS  # Channels of a folded picture.
MASKS = 4**FOLDS
MISMATCH = 0.1  # Of the original, at which half is trusted.
COARSE = 5  # Folded pixels of a side that coarse differences are the mean of.
TAKEN = 2.0  # Logit of the share that a new network takes over.


@register
class SteadierGenerator(Network):
    """Maps a video and what a tool made of it, frame by frame, to the latter without its flicker.

    Reads `{"video": float32 (batch, t, h, w, 3) in [-1, 1], "processed": the like}`; returns
    float32 `(batch, t, h, w, 3)`. Height and width are multiples of 4. The first frame is the
    processed one, but for what keeps edges sharp.

    Args:
        width: channels, of the hidden state too.
        depth: residual blocks, of two convolutions each.
    """

    extent = 16
    steps = 1
    folds = FOLDS
    factor = 1

    def __init__(self, width: int = 32, depth: int = 3, **kwargs: Any):
        super().__init__(**kwargs)
        check_width(width)
        self.width = width
        self.depth = depth
        conv = {"padding": "same", "dtype": self.dtype_policy}
        self.stem = layers.Conv2D(width, 3, **conv)
        self.first = [layers.Conv2D(width, 3, **conv) for _ in range(depth)]
        # Blocks begin near the identity: a state that is fed back could grow with each of them.
        small = keras.initializers.VarianceScaling(0.01, "fan_avg", "uniform")
        self.second = [
            layers.Conv2D(width, 3, kernel_initializer=small, **conv) for _ in range(depth)
        ]
        # From zeros, an untrained network takes over a fixed share, and adds nothing.
        self.head = layers.Conv2D(COLOURS + 2 * MASKS, 3, kernel_initializer="zeros", **conv)
        self.relu = layers.LeakyReLU(negative_slope=0.1, dtype=self.dtype_policy)

    def signature(self) -> Signature:
        shape = (None, None, None, 3)
        return {"video": (shape, "float32"), "processed": (shape, "float32")}

    @property
    def state_channels(self) -> int:
        """Channels of the state: the hidden ones, and how far a frame was from the processed."""
        return self.width + COLOURS

    def start(self, frame: keras.KerasTensor) -> keras.KerasTensor:
        """Returns the state before the first step: zeros, `(batch, h / 4, w / 4, channels)`.

        Args:
            frame: float32 `(batch, h, w, ...)`, the first one.
        """
        small = fold_pixels(frame, FOLDS)
        return ops.repeat(0.0 * small[..., :1], self.state_channels, axis=-1)

    def step(
        self,
        frames: Sequence[keras.KerasTensor],
        state: keras.KerasTensor,
        flow: keras.KerasTensor | None = None,
    ) -> tuple[keras.KerasTensor, keras.KerasTensor]:
        """Returns the steady frame, and the state for the next step.

        Args:
            frames: two of float32 `(batch, h, w, 6)`, the one before and this one, the original's
                channels first; at the beginning of a scene twice the same.
            state: of the step before, or of `start`.
            flow: float32 `(batch, h, w, 2)`, of `registration`; None to find it.
        """
        (original_before, processed_before), (original, processed) = (
            (frame[..., :3], frame[..., 3:]) for frame in frames
        )
        hidden, change = state[..., : self.width], state[..., self.width :]
        made_before = processed_before + _unfolded(change)
        flow = registration(original, original_before) if flow is None else flow
        grey, grey_before = (ops.matmul(each, LUMA) for each in (original, original_before))
        moved = warp_sharply(ops.concatenate([made_before, grey_before], axis=-1), flow)
        lag, mismatch = moved[..., :3] - processed, grey - moved[..., 3:]
        trust = _trust(mismatch)
        added, fine, coarse, hidden = self._read(original, processed, lag, mismatch, hidden)
        coarse_lag = _coarse(lag, trust)
        taken = processed + coarse * coarse_lag + fine * trust * (lag - coarse_lag)
        state = ops.concatenate([hidden, fold_pixels(taken - processed, FOLDS)], axis=-1)
        return taken + added, state

    def _read(self, original, processed, lag, mismatch, hidden):
        """Returns what is added, the shares of fine and coarse differences, and the hidden state.

        Shares are float32 `(batch, h, w, 1)`, in (0, 1).
        """
        folded = [to_wavelets(each, FOLDS) for each in (processed, lag, original)]
        folded = [*folded, fold_pixels(mismatch, FOLDS), hidden]
        folded = [ops.cast(each, self.compute_dtype) for each in folded]
        x = self.relu(self.stem(ops.concatenate(folded, axis=-1)))
        for first, second in zip(self.first, self.second, strict=True):
            x = x + second(self.relu(first(x)))
        # The head reads the frame, too: what a linear filter sharpens is learnt first.
        made = ops.cast(self.head(ops.concatenate([x, *folded[:2]], axis=-1)), "float32")
        added = from_wavelets(made[..., :COLOURS], FOLDS)
        shares = ops.sigmoid(TAKEN + made[..., COLOURS:])
        fine = _unfolded(shares[..., :MASKS])
        coarse = doubled(doubled(ops.mean(shares[..., MASKS:], axis=-1, keepdims=True)))
        # Held within (-1, 1): states of RLSP grow without bound in long still scenes.
        return added, fine, coarse, ops.cast(ops.tanh(x), "float32")

    def call(self, inputs: Inputs, training: bool = False) -> keras.KerasTensor:
        named = self.unpack(inputs)
        original, count = named["video"], named["video"].shape[1]
        before = ops.concatenate([original[:, :1], original[:, :-1]], axis=1)
        # Of all frames at once: it needs nothing that is made.
        flow = registration(fold_frames(original), fold_frames(before))
        flows = ops.unstack(unfold_frames(flow, count), count, axis=1)
        frames = ops.concatenate([original, named["processed"]], axis=-1)
        frames = ops.unstack(frames, count, axis=1)
        state, made = self.start(frames[0]), []
        for number, flow in enumerate(flows):
            window = [frames[max(number - 1, 0)], frames[number]]
            frame, state = self.step(window, state, flow)
            made.append(frame)
        return ops.stack(made, axis=1)

    def get_config(self) -> dict:
        return {**super().get_config(), "width": self.width, "depth": self.depth}


def _unfolded(x):
    """Returns channels as squares of pixels: undoes `fold_pixels`."""
    for _ in range(FOLDS):
        x = depth_to_space(x)
    return x


def _trust(mismatch):
    """Returns how far what was fetched is to be trusted, `(batch, h, w, 1)` in (0, 1]."""
    far = ops.average_pool(ops.abs(mismatch), 3, 1, "same")
    return 1.0 / (1.0 + ops.square(far / MISMATCH))


def _coarse(lag, trust):
    """Returns the mean difference around, of what is trusted: also for what was hidden before."""
    both = ops.average_pool(ops.concatenate([trust * lag, trust], axis=-1), 4, 4)
    both = ops.average_pool(both, COARSE, 1, "same")
    return doubled(doubled(both[..., :3] / (both[..., 3:] + 0.01)))
