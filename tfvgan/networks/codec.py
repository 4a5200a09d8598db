"""A learned video codec: frames to a few whole numbers, and back, one frame after the other.

Analysis reads a frame beside the one that was decoded before it, with how well each place of the
one matches those around it in the other; what it says of the frame are latents at a sixteenth of
the size, rounded. Synthesis reads these, moves the frame before and a hidden state along a flow
that it has found in them, and mends what moved. A first frame has nothing before it: a grey frame,
and a flag. Each latent is multiplied by a gain of its own before it is rounded, which is what a
quality is, so that one network serves all rates.

How many bits latents take is told by tables, one for each context: a context is made of whole
numbers that are known before, and of nothing else, so that every machine finds the same.

Source: conditional rather than residual coding: Li et al. 2021, DCVC,
https://arxiv.org/abs/2109.15047, sec. 3.2; gains: Cui et al. 2021, https://arxiv.org/abs/2003.02012,
sec. 3.2; matching: Dosovitskiy et al. 2015, FlowNet, https://arxiv.org/abs/1504.06852, sec. 3;
noise for rounding in the rate, rounding in what is decoded: Minnen & Singh 2020,
https://arxiv.org/abs/2007.08739, sec. 3.3; two passes like a checkerboard: He et al. 2021,
https://arxiv.org/abs/2103.15306.
"""

import keras
import numpy as np
from keras import layers, ops

from tfvgan.layers import (
    depth_to_space,
    enlarge_flow,
    fold_frames,
    space_to_depth,
    unfold_frames,
    warp,
)
from tfvgan.networks.contexts import GROUPS, PAST, PRESENT, contexts, laplace, scale_of
from tfvgan.networks.continuous import ContinuousDiscriminator
from tfvgan.networks.network import Network, check_width
from tfvgan.networks.restorer import fold, nearest, wavelets

register = keras.saving.register_keras_serializable(package="tfvgan")
QUALITIES = 8
STRIDE = 16  # Pixels of a side that a latent stands for.
REACH = 3  # Eights of the size that squares are matched within, each way.
MATCHED = 16  # Channels by which they are.


@register
class CodecGenerator(Network):
    """Maps a video to what is decoded of it.

    Reads `{"video": float32 (batch, t, h, w, 3) in [-1, 1], "quality": float32 (batch,) from 1 to
    8}`; returns float32 `(batch, t, h, w, 3)`. Height and width are multiples of 16. `analyze` and
    `synthesize` are its two halves, of a frame.

    Args:
        channels: latents of a place, a multiple of 4.
        width: channels at a quarter and an eighth of the size; 4/3 of it at a sixteenth.
        depth: residual blocks at a quarter of the size.
        memory: channels of the hidden state.
    """

    extent = STRIDE
    steps = 1

    def __init__(self, channels=48, width=48, depth=2, memory=32, **kwargs):
        super().__init__(**kwargs)
        check_width(width)
        if channels % GROUPS or channels < GROUPS:
            raise ValueError(f"`channels` must be a multiple of {GROUPS}, but is {channels!r}.")
        self.channels, self.width, self.depth, self.memory = channels, width, depth, memory
        wide = 4 * width // 3
        self.relu = layers.LeakyReLU(negative_slope=0.1, dtype=self.dtype_policy)
        self.seeing = [self._conv(32), self._conv(width, 1)]
        self.joining = self._conv(width)
        self.weighing = self._block(width)
        self.shrinking = self._conv(wide, 1)
        self.deciding = self._block(wide)
        self.saying = self._conv(channels)
        self.hearing = self._conv(wide)
        self.thinking = self._block(wide)
        self.growing = [self._conv(4 * width, 1), self._conv(4 * memory, 1)]
        self.drawing = self._block(width)
        self.moving = self._conv(2, kernel_initializer="zeros")
        self.mixing = self._conv(width)
        self.mending = [self._block(width) for _ in range(depth)]
        self.remembering = self._conv(memory, 1)
        self.head = self._conv(48, kernel_initializer="zeros")
        # Logarithms, of a quality in a first frame, and in the others.
        shape = (2, QUALITIES, channels)
        self.gains = self.add_weight(shape, _coarse_to_fine, name="gains")
        self.undoings = self.add_weight(shape, _fine_to_coarse, name="undoings")
        # Of the scales of Laplace's distribution: first or not, pass, and contexts; see `scale_of`.
        shape = (2, 2, channels, len(PAST) + 1, len(PRESENT) + 1)
        self.scales = self.add_weight(shape, "zeros", name="scales")

    def _conv(self, channels, extent=3, **kwargs):
        return layers.Conv2D(channels, extent, padding="same", dtype=self.dtype_policy, **kwargs)

    def _block(self, width):
        small = keras.initializers.VarianceScaling(0.01, "fan_avg", "uniform")
        return [self._conv(width), self._conv(width, kernel_initializer=small)]

    def _through(self, block, x):
        return x + block[1](self.relu(block[0](x)))

    def signature(self):
        return {"video": ((None, None, None, 3), "float32"), "quality": ((), "float32")}

    def start(self, frame):
        """Returns the frame before the first, grey, and the state: `(batch, h / 4, w / 4, memory)`.

        Args:
            frame: float32 `(batch, h, w, 3)`.
        """
        small = fold(frame, 2)
        return 0.0 * frame, ops.repeat(0.0 * small[..., :1], self.memory, axis=-1)

    def analyze(self, frame, previous, first, quality):
        """Returns latents, float32 `(batch, h / 16, w / 16, channels)`, to be rounded.

        Args:
            frame: float32 `(batch, h, w, 3)`.
            previous: likewise, what was decoded of the frame before.
            first: float32 `(batch,)`, 1 for a first frame, else 0.
            quality: float32 `(batch,)`, from 1 to 8.
        """
        seen, before = self._seen(frame), self._seen(previous)
        told = self._told(seen, first, quality)
        x = ops.concatenate([seen, before, self._matches(seen, before), told], axis=-1)
        x = self._through(self.weighing, self.relu(self.joining(x)))
        x = self.relu(self.shrinking(space_to_depth(x)))
        x = self.saying(self._through(self.deciding, x))
        return ops.cast(x, "float32") * ops.exp(self._of(self.gains, first, quality))

    def synthesize(self, symbols, previous, state, first, quality):
        """Returns the decoded frame, `previous` where it moved to, both float32 `(batch, h, w, 3)`,
        and the next state.

        Args:
            symbols: float32 `(batch, h / 16, w / 16, channels)`, whole numbers.
            previous, first, quality: as for `analyze`.
            state: float32 `(batch, h / 4, w / 4, memory)`.
        """
        x = symbols * ops.exp(self._of(self.undoings, first, quality))
        x = ops.concatenate([x, self._told(x, first, quality)], axis=-1)
        x = self._through(self.thinking, self.relu(self.hearing(self._cast(x))))
        x = self._through(self.drawing, self.relu(depth_to_space(self.growing[0](x))))
        x = self.relu(depth_to_space(self.growing[1](x)))
        flow = ops.cast(self.moving(x), "float32")  # In quarters of the size.
        moved = warp(previous, enlarge_flow(flow))
        known = [ops.matmul(fold(moved, 2), wavelets(2)[0]), warp(state, flow)]
        x = ops.concatenate([self._cast(each) for each in known] + [x], axis=-1)
        x = self.relu(self.mixing(x))
        for block in self.mending:
            x = self._through(block, x)
        change = ops.matmul(ops.cast(self.head(x), "float32"), wavelets(2)[1])
        state = ops.tanh(ops.cast(self.remembering(x), "float32"))
        return moved + depth_to_space(depth_to_space(change)), moved, state

    def _cast(self, x):
        return ops.cast(x, self.compute_dtype)

    def _seen(self, frame):
        x = self._cast(ops.matmul(fold(frame, 2), wavelets(2)[0]))
        x = self.relu(self.seeing[0](x))
        return self.seeing[1](space_to_depth(x))

    def _matches(self, seen, before):
        """Returns how well each place fits those around it in the frame before."""
        _, height, width, _ = ops.shape(seen)
        seen, before = seen[..., :MATCHED], before[..., :MATCHED]
        wide = ops.pad(before, [(0, 0), (REACH, REACH), (REACH, REACH), (0, 0)])
        found = [
            ops.mean(seen * wide[:, y : y + height, x : x + width], axis=-1)
            for y in range(2 * REACH + 1)
            for x in range(2 * REACH + 1)
        ]
        return ops.stack(found, axis=-1)

    def _told(self, like, first, quality):
        told = ops.stack([first, (quality - 4.5) / 3.5], axis=-1)
        return ops.cast(0.0 * like[..., :2], self.compute_dtype) + self._cast(told[:, None, None])

    def _of(self, table, first, quality):
        """Returns a quality's line, between whole ones a mixture: `(batch, 1, 1, channels)`."""
        places = ops.arange(1, QUALITIES + 1, dtype="float32")
        near = ops.maximum(1.0 - ops.abs(quality[:, None] - places), 0.0)
        lines = ops.einsum("bq,fqc->bfc", near, ops.convert_to_tensor(table))
        return (first[:, None] * lines[:, 0] + (1.0 - first[:, None]) * lines[:, 1])[:, None, None]

    def call(self, inputs, training=False):
        named = self.unpack(inputs)
        frames = ops.unstack(named["video"], axis=1)
        previous, state = self.start(frames[0])
        made, first = [], ops.ones_like(named["quality"])
        for frame in frames:
            latents = self.analyze(frame, previous, first, named["quality"])
            previous, _, state = self.synthesize(
                rounded(latents), previous, state, first, named["quality"]
            )
            first = 0.0 * first
            made.append(previous)
        return ops.stack(made, axis=1)

    def bits(self, latents, noise, before, first):
        """Returns how many bits latents take, about, float32 `(batch,)`, with a slope everywhere.

        Args:
            latents: float32 `(batch, h, w, channels)`, of `analyze`.
            noise: likewise, uniform from -1/2 to 1/2, which stands for rounding.
            before: likewise, the whole numbers of the frame before; zeros for a first one.
            first: float32 `(batch,)`.
        """
        symbols = ops.stop_gradient(ops.round(latents))
        past, present, passes = contexts(ops.abs(symbols), ops.abs(before))
        index = ((1 - ops.cast(first, "int32"))[:, None, None, None] * 2 + passes) * self.channels
        index = index + ops.arange(self.channels, dtype="int32")
        index = (index * (len(PAST) + 1) + past) * (len(PRESENT) + 1) + present
        scale = scale_of(ops.take(ops.reshape(self.scales, (-1,)), index, axis=0))
        likely = laplace(latents + noise, scale)
        return ops.sum(-ops.log(likely), axis=(1, 2, 3)) / np.log(2.0)

    def get_config(self):
        names = ("channels", "width", "depth", "memory")
        return {**super().get_config(), **{name: getattr(self, name) for name in names}}


@register
class CodecDiscriminator(ContinuousDiscriminator):
    """Maps three frames in a row, and what the decoder knows of them, to two logits.

    Reads `{"video": float32 (batch, 3, size, size, 3), "latents": float32 (batch, 3, size / 16,
    size / 16, channels)}`, whole numbers; returns float32 `(batch, 2)`: of the frames together, and
    of each alone. Latents become 12 channels, as large as the frames, beside these.

    Source: Mentzer et al. 2020, HiFiC, https://arxiv.org/abs/2006.09965, sec. 3.2.

    Args:
        size: height and width of the frames, a power of two from 16.
        channels: latents of a place.
        width: channels at half the size, doubled by every halving down to 8x8.

    Raises:
        ValueError: when a number is out of its range.
    """

    def __init__(self, size=128, channels=48, width=16, **kwargs):
        super().__init__(frames=3, size=size, width=width, samples=3, **kwargs)
        if size < STRIDE:
            raise ValueError(f"`size` must be {STRIDE} or more, but is {size}.")
        self.channels = channels
        self.reading = layers.Conv2D(12, 1, dtype=self.dtype_policy)

    def signature(self):
        small = self.size // STRIDE
        return {
            "video": ((3, self.size, self.size, 3), "float32"),
            "latents": ((3, small, small, self.channels), "float32"),
        }

    def call(self, inputs, training=False):
        video = self.seen(**self.unpack(inputs))
        times = 0.0 * video[:, :, 0, 0, 0] + ops.arange(3, dtype=video.dtype)
        return super().call({"video": video, "times": times})

    def seen(self, video, latents):
        """Returns both side by side, `(batch, 3, size, size, 15)`, as `features` reads them."""
        beside = nearest(self.relu(self.reading(fold_frames(latents))), STRIDE)
        beside = unfold_frames(beside, 3)
        return ops.concatenate([ops.cast(video, beside.dtype), beside], axis=-1)

    def get_config(self):
        config = {**super().get_config(), "channels": self.channels}
        return {name: config[name] for name in config.keys() - {"frames", "samples", "num_classes"}}


def rounded(x):
    """Returns the nearest whole numbers; its slope is that of `x`."""
    return x + ops.stop_gradient(ops.round(x) - x)


def _coarse_to_fine(shape, dtype=None):
    return ops.convert_to_tensor(_ramp(shape), dtype)


def _fine_to_coarse(shape, dtype=None):
    return ops.convert_to_tensor(-_ramp(shape), dtype)


def _ramp(shape):
    """Logarithms of gains, a factor of 1.35 from a quality to the next, that fill whole numbers."""
    lines = 2.0 + np.log(1.35) * (np.arange(QUALITIES) - 4.0)[:, None]
    return np.broadcast_to(lines, shape).astype("float32")
