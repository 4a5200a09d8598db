"""A learned video codec: frames to a few whole numbers, and back, one frame after the other.

Analysis compares a frame with the one that was decoded before it, and says how it moved: the first
eighth of the latents, at a sixteenth of the size, rounded; two of these are what squares that fit
say, and what is wrong with that is for a network to find. It moves the frame before along the flow
that a decoder finds in them, and says what is left: by waves, as JPEG does, and by what a network
sees beside these. Synthesis adds the waves to the frame that moved, and mends both, with what it
remembers. A first frame has nothing before it: a grey frame, and a flag. Each latent is multiplied
by a gain of its own before it is rounded, which is what a quality is, so that one network serves
all rates.

How many bits latents take is told by tables, one for each context: a context is made of whole
numbers that are known before, and of nothing else, so that every machine finds the same.

Source: motion, and what it leaves: Lu et al. 2019, DVC, https://arxiv.org/abs/1812.00101, sec. 3;
the two frames beside one another: Li et al. 2021, DCVC, https://arxiv.org/abs/2109.15047, sec. 3.2;
gains: Cui et al. 2021, https://arxiv.org/abs/2003.02012, sec. 3.2; matching: Dosovitskiy et al.
2015, FlowNet, https://arxiv.org/abs/1504.06852, sec. 3; noise for rounding in the rate, rounding in
what is decoded: Minnen & Singh 2020, https://arxiv.org/abs/2007.08739, sec. 3.3; two passes like a
checkerboard: He et al. 2021, https://arxiv.org/abs/2103.15306.
"""

import keras
import numpy as np
from keras import layers, ops

from tfvgan.layers import (
    depth_to_space,
    enlarge_flow,
    space_to_depth,
    warp,
)
from tfvgan.layers.wavelets import fold_pixels, wavelets
from tfvgan.networks.contexts import PAST, PRESENT, contexts, log_laplace, scale_of
from tfvgan.networks.cosines import cosines
from tfvgan.networks.flow_guess import along, guessed_flow
from tfvgan.networks.network import Network, check_width

register = keras.saving.register_keras_serializable(package="tfvgan")
QUALITIES = 8
FOLDS = 4
STRIDE = 2**FOLDS  # Pixels of a side that a latent stands for.
FINENESS = 8  # Steps of the flow in a pixel: what hardly moves stays, and is not blurred.
MOTION = 8  # One latent of so many is of motion.
DULLED = 0.15  # What latents lose before they are rounded: few are worth their bits just above 1/2.
REACH = 3  # Eights of the size that squares are matched within, each way.
MATCHED = 16  # Channels by which they are.


@register
class CodecGenerator(Network):
    """Maps a video to what is decoded of it.

    Reads `{"video": float32 (batch, t, h, w, 3) in [-1, 1], "quality": float32 (batch,) from 1 to
    8}`; returns float32 `(batch, t, h, w, 3)`. Height and width are multiples of 16. `analyze` and
    `synthesize` are its two halves, of a frame.

    Args:
        channels: latents of a place, a multiple of 8; an eighth of them is of motion.
        width: channels at a quarter and an eighth of the size; 4/3 of it at a sixteenth.
        depth: residual blocks at a quarter of the size.
        memory: channels of the hidden state.
    """

    extent = STRIDE
    steps = 1

    def __init__(self, channels=128, width=36, depth=2, memory=24, **kwargs):
        super().__init__(**kwargs)
        check_width(width)
        if channels % MOTION or channels < 2 * MOTION:
            raise ValueError(f"`channels` must be 16, 24 and so on, but is {channels!r}.")
        self.channels, self.width, self.depth, self.memory = channels, width, depth, memory
        self.motions = channels // MOTION
        wide = 4 * width // 3
        self.relu = layers.LeakyReLU(negative_slope=0.1, dtype=self.dtype_policy)
        self.seeing = [self._conv(32), self._conv(width, 1)]
        # Of motion: what is said, and the flow that is found in it.
        self.joining = self._conv(width)
        self.weighing = self._block(width)
        small = keras.initializers.VarianceScaling(0.01, "fan_avg", "uniform")
        self.pointing = [self._conv(wide, 1), self._conv(self.motions, kernel_initializer=small)]
        self.heeding = [self._conv(width), self._conv(96, 1), self._conv(64, 1)]
        self.steering = self._block(24)
        self.moving = self._conv(2, kernel_initializer="zeros")
        # Of what is left: what is said, and what is made of it.
        waves = cosines(channels - self.motions, FOLDS)
        self.adding = self.add_weight(waves.shape, _constant(waves), name="adding")
        self.comparing = self._conv(width)
        self.deciding = [self._block(width), self._block(wide)]
        self.saying = [self._conv(wide, 1), self._conv(len(waves), kernel_initializer=small)]
        self.hearing = self._conv(wide)
        self.thinking = self._block(wide)
        self.growing = [self._conv(4 * width, 1), self._conv(4 * memory, 1)]
        self.drawing = self._block(width)
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
        small = fold_pixels(frame, 2)
        return 0.0 * frame, ops.repeat(0.0 * small[..., :1], self.memory, axis=-1)

    def analyze(self, frame, previous, first, quality):
        """Returns latents, float32 `(batch, h / 16, w / 16, channels)`, to be rounded.

        Args:
            frame: float32 `(batch, h, w, 3)`.
            previous: likewise, what was decoded of the frame before.
            first: float32 `(batch,)`, 1 for a first frame, else 0.
            quality: float32 `(batch,)`, from 1 to 8.
        """
        gain, seen = ops.exp(self._of(self.gains, first, quality)), self._seen(frame)
        told = self._told(seen, first, quality)
        motion = self._pointed(seen, self._seen(previous), told)
        motion = along(motion, guessed_flow(frame, previous)) * gain[..., : self.motions]
        motion = (1.0 - first)[:, None, None, None] * motion
        moved = warp(previous, enlarge_flow(self._flow(rounded(motion), first, quality)))
        left = self._left(frame - moved, seen, self._seen(moved), told)
        return ops.concatenate([motion, dulled(left * gain[..., self.motions :])], axis=-1)

    def _pointed(self, seen, before, told):
        """Returns what is said of motion."""
        x = ops.concatenate([seen, before, self._matches(seen, before), told], axis=-1)
        x = self._through(self.weighing, self.relu(self.joining(x)))
        x = self.pointing[1](self.relu(self.pointing[0](space_to_depth(x))))
        return ops.cast(x, "float32")

    def _flow(self, motion, first, quality):
        """Returns the flow, in quarters of the size, that is found in what was said of motion."""
        undoing = ops.exp(self._of(self.undoings, first, quality))[..., : self.motions]
        motion = motion * undoing
        x = self.relu(self.heeding[0](self._cast(motion)))
        x = self._through(self.steering, self.relu(depth_to_space(self.heeding[1](x))))
        x = self.relu(depth_to_space(self.heeding[2](x)))
        flow = enlarge_flow(motion[..., :2]) / STRIDE + ops.cast(self.moving(x), "float32")
        return rounded(4.0 * FINENESS * flow) / (4.0 * FINENESS)

    def _left(self, difference, seen, moved, told):
        """Returns what is said of what is left: of its waves, and of what is seen beside them."""
        x = ops.concatenate([seen, moved, told], axis=-1)
        x = self._through(self.deciding[0], self.relu(self.comparing(x)))
        x = self.relu(self.saying[0](space_to_depth(x)))
        x = self.saying[1](self._through(self.deciding[1], x))
        waves = cosines(self.channels - self.motions, FOLDS)
        waves = ops.matmul(fold_pixels(difference, FOLDS), ops.convert_to_tensor(waves.T))
        return waves + ops.cast(x, "float32")

    def synthesize(self, symbols, previous, state, first, quality):
        """Returns the decoded frame, `previous` where it moved to, both float32 `(batch, h, w, 3)`,
        and the next state.

        Args:
            symbols: float32 `(batch, h / 16, w / 16, channels)`, whole numbers.
            previous, first, quality: as for `analyze`.
            state: float32 `(batch, h / 4, w / 4, memory)`.
        """
        flow = self._flow(symbols[..., : self.motions], first, quality)
        moved = warp(previous, enlarge_flow(flow))
        said = symbols * ops.exp(self._of(self.undoings, first, quality))
        waves = ops.matmul(said[..., self.motions :], ops.convert_to_tensor(self.adding))
        for _ in range(FOLDS):
            waves = depth_to_space(waves)
        x = ops.concatenate([said, self._told(said, first, quality)], axis=-1)
        x = self._through(self.thinking, self.relu(self.hearing(self._cast(x))))
        x = self._through(self.drawing, self.relu(depth_to_space(self.growing[0](x))))
        x = self.relu(depth_to_space(self.growing[1](x)))
        known = [ops.matmul(fold_pixels(moved + waves, 2), wavelets(2)[0]), warp(state, flow)]
        x = ops.concatenate([self._cast(each) for each in known] + [x], axis=-1)
        x = self.relu(self.mixing(x))
        for block in self.mending:
            x = self._through(block, x)
        change = ops.matmul(ops.cast(self.head(x), "float32"), wavelets(2)[1])
        change = depth_to_space(depth_to_space(change))
        state = ops.tanh(ops.cast(self.remembering(x), "float32"))
        return moved + waves + change, moved, state

    def _cast(self, x):
        return ops.cast(x, self.compute_dtype)

    def _seen(self, frame):
        x = self._cast(ops.matmul(fold_pixels(frame, 2), wavelets(2)[0]))
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
        likely = log_laplace(latents + noise, scale)
        return ops.sum(-likely, axis=(1, 2, 3)) / np.log(2.0)

    def get_config(self):
        names = ("channels", "width", "depth", "memory")
        return {**super().get_config(), **{name: getattr(self, name) for name in names}}


def rounded(x):
    """Returns the nearest whole numbers; its slope is that of `x`."""
    return x + ops.stop_gradient(ops.round(x) - x)


def dulled(x):
    """Returns numbers nearer to 0; their slope is that of `x`."""
    return x - ops.stop_gradient(ops.clip(x, -DULLED, DULLED))


def _constant(value):
    return lambda shape, dtype=None: ops.convert_to_tensor(value, dtype)


def _coarse_to_fine(shape, dtype=None):
    return ops.convert_to_tensor(_ramp(shape), dtype)


def _fine_to_coarse(shape, dtype=None):
    return ops.convert_to_tensor(-_ramp(shape), dtype)


def _ramp(shape):
    """Logarithms of gains, a factor of 1.35 from a quality to the next; a first frame, which others
    are made of, is told more finely."""
    lines = 1.2 + np.log(1.35) * (np.arange(QUALITIES) - 4.0)[:, None]
    lines = np.broadcast_to(lines + np.reshape([1.2, 0.0], (2, 1, 1)), shape).astype("float32")
    motion = np.arange(shape[-1]) < shape[-1] // MOTION
    return np.where(motion, 0.5 * lines, lines)  # In pixels, or half of them.
