"""A segmenter: a recurrent generator that says of each pixel how far it is of which class.

Each step reads a frame at a quarter of its sides, in wavelets, beside what the step before has
seen. What the camera's own motion explains is taken away before: the network sees how far each
place has moved beside it, and what differs from the ground as it was, which the state keeps and
moves along. At a sixteenth of the sides, where whole people are a
few places large, it looks around; what it found there joins the finer places again. Out come, at
half of the sides, the coefficients of a function of the colours that is linear around each place:
larger frames are cut along their own edges by it, whatever size the network has seen them at.

Source: motion beside colours, as what tells things apart: Jain et al. 2017, FusionSeg,
https://arxiv.org/abs/1701.05384, sec. 3. A mean of the ground, which what is held for a thing
enters slowly, as an input of a network: Tezcan et al. 2020, BSUV-Net,
https://arxiv.org/abs/1907.11371, sec. 3. Recurrence as of `tfvgan.networks.restorer`; for masks of
people Lin et al. 2021, RVM, https://arxiv.org/abs/2108.11515, sec. 3. Levels: Ronneberger et al.
2015, U-Net, https://arxiv.org/abs/1505.04597, sec. 2. Coefficients at a small size, for a large
one: He and Sun 2015, fast guided filter, https://arxiv.org/abs/1505.00996, eq. 4 to 6, there of
least squares, here learnt, after Gharbi et al. 2017, https://arxiv.org/abs/1707.02880, sec. 3.1.
"""

from typing import Any

import keras
from keras import layers, ops

from tfvgan.layers import depth_to_space, enlarged, fold_pixels, to_wavelets, warp
from tfvgan.networks.ground import (
    CHANNELS,
    COLOURS,
    beside_ground,
    entered,
    movement,
    movements,
    unfolded,
)
from tfvgan.networks.network import Inputs, Network, Signature, check_width
from tfvgan.video import LUMA

FOLDS = 2  # Times that 2 x 2 pixels become channels.
LIMIT = 10.0  # Logits are within it: no share is 0, and its logarithm has a slope.
KEPT = 4 * CHANNELS  # Channels of the state beside the hidden ones; see `tfvgan.networks.ground`.


@keras.saving.register_keras_serializable(package="tfvgan")
class SegmenterGenerator(Network):
    """Maps a video to the shares that classes have in each of its pixels.

    Reads `{"video": float32 (batch, t, h, w, 3) in [-1, 1]}`; returns float32 `(batch, t, h, w,
    classes)`, above 0, which sum to 1. Height and width are multiples of 4. No frame is looked at
    before its turn. Before it has learnt anything all shares are equal.

    Args:
        classes: 2 or more; the first is what is of no other.
        width: channels at a quarter of the sides, of the hidden state too; twice as many at a
            sixteenth.
        depth: residual blocks at a sixteenth of the sides, of two convolutions each.
    """

    extent = 16
    steps = 1
    folds = FOLDS
    factor = 1

    def __init__(self, classes: int = 2, width: int = 16, depth: int = 3, **kwargs: Any):
        super().__init__(**kwargs)
        check_width(width)
        if classes < 2:
            raise ValueError(
                f"`classes` must be 2 or more, but is {classes}: what is of no class is one, too."
            )
        self.classes = classes
        self.width = width
        self.depth = depth
        conv = {"padding": "same", "dtype": self.dtype_policy}
        # Blocks begin near the identity: a state that is fed back could grow with each of them.
        small = keras.initializers.VarianceScaling(0.01, "fan_avg", "uniform")
        self.stem = layers.Conv2D(width, 3, **conv)
        self.downs = [layers.Conv2D(count, 3, 2, **conv) for count in (width, 2 * width)]
        # Of blocks: those at a sixteenth of the sides, one at an eighth, and one at a quarter.
        counts = [2 * width] * depth + [width, width]
        self.first = [layers.Conv2D(count, 3, **conv) for count in counts]
        self.second = [
            layers.Conv2D(count, 3, kernel_initializer=small, **conv) for count in counts
        ]
        self.up = layers.Conv2D(width, 1, **conv)
        # Of each class but the first, at 2 x 2 places: a logit, and its slopes by the colours.
        count = 4 * (1 + COLOURS) * (classes - 1)
        self.head = layers.Conv2D(count, 3, kernel_initializer="zeros", **conv)
        self.relu = layers.LeakyReLU(negative_slope=0.1, dtype=self.dtype_policy)

    def signature(self) -> Signature:
        return {"video": ((None, None, None, COLOURS), "float32")}

    @property
    def state_channels(self) -> int:
        """Channels of the state: the hidden ones, and what is kept of frames."""
        return self.width + KEPT

    def start(self, frame: keras.KerasTensor, shrink: int = 1) -> keras.KerasTensor:
        """Returns the state before the first step: zeros, `(batch, h / 4, w / 4, channels)`.

        Args:
            frame: float32 `(batch, h, w, 3)`, the first one.
            shrink: as of `step`.
        """
        small = fold_pixels(_shrunk(frame, shrink), FOLDS)
        return ops.repeat(0.0 * small[..., :1], self.state_channels, axis=-1)

    def step(
        self, frame: keras.KerasTensor, state: keras.KerasTensor, shrink: int = 1
    ) -> tuple[keras.KerasTensor, keras.KerasTensor]:
        """Returns the shares of a frame's pixels, and the state for the next step.

        Args:
            frame: float32 `(batch, h, w, 3)`.
            state: of the step before, or of `start`.
            shrink: how many times smaller the network sees the frame, whose sides are multiples of
                4 times that; masks are as large as the frame.
        """
        small = _shrunk(frame, shrink)
        colours = ops.average_pool(small, 2, 2)
        hidden, kept = self._parted(state, colours)
        moves = movement(ops.matmul(colours, LUMA), kept.before)
        return self._step(frame, small, colours, moves, hidden, kept, shrink)

    def _parted(self, state, colours):
        """Returns what a state holds: the hidden channels, and `Kept`."""
        return state[..., : self.width], unfolded(state[..., self.width :], colours)

    def _step(self, frame, small, colours, moves, hidden, kept, shrink):
        """Returns shares and the state; see `step`.

        Args:
            frame: of which pixels are told.
            small: the same as the network sees it.
            colours: that at half the sides.
            moves: `Movement` of it.
            hidden, kept: of the state of the step before, as `_parted` returns them.
            shrink: as of `step`.
        """
        kept, beside = beside_ground(kept, moves, colours)
        along = 0.5 * ops.average_pool(moves.camera + moves.own, 2, 2)
        hidden = warp(hidden, along)
        lines, hidden = self._read(small, colours, fold_pixels(beside, 1), hidden)
        there = _shares(_bounded(_on_colours(lines, colours)))[..., :1]
        logits = _bounded(_on_colours(enlarged(lines, 2 * shrink), frame))
        state = ops.concatenate([hidden, entered(kept, colours, there)], axis=-1)
        return _shares(logits), state

    def _read(self, small, colours, beside, hidden):
        """Returns constants and slopes of each class but the first, and the hidden state.

        The former are float32 `(batch, h / 2, w / 2, 4 * (classes - 1))`, constants first.

        Args:
            small: the frame.
            colours: the same at half the sides.
            beside: what differs from the ground, and moves, at half the sides, folded once.
            hidden: of the step before, moved along.
        """
        inputs = ops.concatenate([to_wavelets(small, FOLDS), beside, hidden], axis=-1)
        inputs = ops.cast(inputs, self.compute_dtype)
        quarter = self.relu(self.stem(inputs))
        eighth = self.relu(self.downs[0](quarter))
        x = self.relu(self.downs[1](eighth))
        for number in range(self.depth):
            x = self._block(number, x)
        x = self._block(self.depth, _joined(eighth, self.up(x)))
        x = self._block(self.depth + 1, _joined(quarter, x))
        made = depth_to_space(ops.cast(self.head(x), "float32"))
        count = self.classes - 1
        logits, slopes = made[..., :count], made[..., count:]
        # A function through the logit at the colours of the place, with these slopes.
        constants = logits - _products(slopes, colours, count)
        # Held within (-1, 1): states of RLSP grow without bound in long still scenes.
        hidden = ops.cast(ops.tanh(x), "float32")
        return ops.concatenate([constants, slopes], axis=-1), hidden

    def _block(self, number, x):
        return x + self.second[number](self.relu(self.first[number](x)))

    def call(self, inputs: Inputs, training: bool = False) -> keras.KerasTensor:
        frames = ops.unstack(self.unpack(inputs)["video"], axis=1)
        halves = [ops.average_pool(frame, 2, 2) for frame in frames]
        state, made = self.start(frames[0]), []
        for frame, colours, moves in zip(frames, halves, movements(halves), strict=True):
            parted = self._parted(state, colours)
            shares, state = self._step(frame, frame, colours, moves, *parted, 1)
            made.append(shares)
        return ops.stack(made, axis=1)

    def get_config(self) -> dict:
        config = {"classes": self.classes, "width": self.width, "depth": self.depth}
        return {**super().get_config(), **config}


def _shrunk(frame, times):
    """Returns the frame as many times smaller, of means."""
    return ops.average_pool(frame, times, times) if times > 1 else frame


def _joined(fine, coarse):
    """Returns places, and what was found at half of their sides, rounded up, added to them."""
    _, height, width, _ = ops.shape(fine)
    return fine + enlarged(coarse, 2)[:, :height, :width]


def _on_colours(lines, frame):
    """Returns logits at a frame's colours, of constants and slopes; see `_read`."""
    count = lines.shape[-1] // (1 + COLOURS)
    return lines[..., :count] + _products(lines[..., count:], frame, count)


def _bounded(logits):
    return LIMIT * ops.tanh(logits / LIMIT)


def _products(slopes, colours, count):
    """Returns the sum over colours of slopes times them, `(batch, h, w, count)`."""
    parts = [
        slopes[..., n * count : (n + 1) * count] * colours[..., n : n + 1] for n in range(COLOURS)
    ]
    return sum(parts[1:], parts[0])


def _shares(logits):
    """Returns softmax of logits, of which that of the first class is 0 and left out."""
    if logits.shape[-1] == 1:
        # The same, but faster on edge devices: a softmax of two is done row by row there.
        share = ops.sigmoid(logits)
        return ops.concatenate([1.0 - share, share], axis=-1)
    return ops.softmax(ops.concatenate([0.0 * logits[..., :1], logits], axis=-1))
