"""A finder of cuts: where a shot ends, and what is gradual, by thumbnails of the frames around.

How much each frame resembles those some steps before and behind it is computed: by its colours, by
its pixels, and by its means in a few large places. So is whether pictures go on as they went, as in
a dissolve, or back, as behind a flash. What that says of cuts is learnt, by convolutions over time.

Source: Souček and Lokoč 2020, TransNetV2, https://arxiv.org/abs/2008.04838, sec. 3: thumbnails of
27x48, histograms of colours compared within a window, two heads, dilated convolutions over time.
What theirs learns over space is left out.
"""

from typing import Any

import keras
from keras import layers, ops

from tfvgan.networks.network import Network, Signature, check_width

register = keras.saving.register_keras_serializable(package="tfvgan")

HEIGHT, WIDTH = 27, 48  # Of a thumbnail, in pixels.
STEPS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32)  # Frames from one to another that it is compared with.
OFFSETS = (*(-step for step in STEPS), *STEPS)
DILATIONS = (1, 2, 4, 8, 16)  # Of the convolutions over time, whose kernels have three places.
REACH = max(STEPS) + sum(DILATIONS)  # Frames, before and behind, that decide on one.
FAINT = 1e-4  # Of mean squares: changes of some levels out of 255 have a direction.
LEVELS = 4  # Of each colour, in a histogram.
SEEN = 5 * len(OFFSETS) + 2 * len(STEPS) + 2  # Numbers of each frame that are judged.


@register
class CutFinder(Network):
    """Maps thumbnails to logits: a new shot begins with this frame; it is of a gradual transition.

    Reads `thumbnails` float32 `(batch, t, 27, 48, 3)` in [-1, 1]; returns float32 `(batch, t, 2)`.
    Frames decide on those that are at most `REACH` away. Beyond both ends it takes what is compared
    to be the first frame, and the last.

    Args:
        width: channels of the convolutions over time.
    """

    extent = 8

    def __init__(self, width: int = 64, **kwargs: Any):
        super().__init__(**kwargs)
        check_width(width)
        self.width = width
        conv = {"padding": "same", "activation": "relu", "dtype": self.dtype_policy}
        self.stem = layers.Dense(width, activation="relu", dtype=self.dtype_policy)
        self.blocks = [
            layers.Conv1D(width, 3, dilation_rate=dilation, **conv) for dilation in DILATIONS
        ]
        self.head = layers.Dense(2, dtype=self.dtype_policy)

    def signature(self) -> Signature:
        return {"thumbnails": ((None, HEIGHT, WIDTH, 3), "float32")}

    def call(self, thumbnails: keras.KerasTensor, training: bool = False) -> keras.KerasTensor:
        return self.judge(resemblance(thumbnails))

    def judge(self, seen: keras.KerasTensor) -> keras.KerasTensor:
        """Returns the logits, float32 `(batch, t, 2)`.

        Args:
            seen: float32 `(batch, t, SEEN)`, of `resemblance`.
        """
        x = self.stem(seen)
        for block in self.blocks:
            x = x + block(x)
        return ops.cast(self.head(x), "float32")

    def get_config(self) -> dict:
        return {**super().get_config(), "width": self.width}


def resemblance(thumbnails: keras.KerasTensor) -> keras.KerasTensor:
    """Returns how each frame resembles those around it, float32 `(batch, t, SEEN)`.

    Args:
        thumbnails: float32 `(batch, t, 27, 48, 3)` in [-1, 1].
    """
    count = ops.shape(thumbnails)[1]
    frames = ops.reshape(thumbnails, (-1, HEIGHT, WIDTH, 3))

    def in_films(x, number):
        return ops.reshape(x, (-1, count, number))

    small = ops.average_pool(frames, 3, 3)
    large = ops.average_pool(small, (3, 4), (3, 4))
    pixels = in_films(small, HEIGHT // 3 * (WIDTH // 3) * 3)
    places = in_films(large, HEIGHT // 9 * (WIDTH // 12) * 3)
    greys = in_films(ops.mean(small, axis=-1), HEIGHT // 3 * (WIDTH // 3))
    mean = ops.mean(pixels, axis=-1, keepdims=True)
    seen = [
        _alike(_direction(in_films(_histogram(frames), LEVELS**3))),
        _alike(_direction(pixels - mean)),
        _alike(_direction(places - mean)),
        _apart(pixels),
        _apart(places),
        _onward(greys),
        _onward(places),
        mean,
        ops.std(pixels, axis=-1, keepdims=True),
    ]
    return ops.concatenate(seen, axis=-1)


def _histogram(frames):
    """Returns how often each colour is there, float32 `(n, LEVELS ** 3)`, in shares.

    Args:
        frames: float32 `(n, h, w, 3)` in [-1, 1].
    """
    small = ops.average_pool(frames, 2, 2)
    level = ops.cast(ops.clip(ops.floor((small + 1.0) * (LEVELS / 2)), 0, LEVELS - 1), "int32")
    number = level[..., 0] + LEVELS * level[..., 1] + LEVELS**2 * level[..., 2]
    pixels, colours = number.shape[1] * number.shape[2], LEVELS**3
    count = ops.shape(number)[0]
    number = ops.reshape(number, (-1, pixels)) + colours * ops.arange(count)[:, None]
    number = ops.reshape(number, (-1,))
    one = ops.cast(number >= 0, "float32")  # Ones that no converter writes out as a constant.
    times = ops.segment_sum(one, number, count * colours)
    return ops.reshape(times, (-1, colours)) / pixels


def _direction(x):
    """Returns vectors of length 1, or 0."""
    return x / ops.sqrt(ops.sum(ops.square(x), axis=-1, keepdims=True) + 1e-6)


def _alike(x):
    """Returns the cosines between each frame and those `OFFSETS` away.

    Args:
        x: float32 `(batch, t, n)`, of length 1.
    """
    return _around(x, lambda one, other: ops.sum(one * other, axis=-1))


def _apart(x):
    """Returns the mean differences between each frame and those `OFFSETS` away."""
    return _around(x, lambda one, other: ops.mean(ops.abs(one - other), axis=-1))


def _onward(x):
    """Returns the cosines between the change to each frame, of `STEPS`, and the next such change.

    It is 1 where pictures change evenly into others, -1 where they change back, and near 0 where
    they hardly change.

    Args:
        x: float32 `(batch, t, n)`.
    """
    x, far, found = _with_ends(x), max(STEPS), []
    for step in STEPS:
        change = x[:, step:] - x[:, :-step]
        power = ops.mean(ops.square(change), axis=-1)
        both = ops.mean(change[:, :-step] * change[:, step:], axis=-1)
        cosine = both / (ops.sqrt(power[:, :-step] * power[:, step:]) + FAINT)
        found.append(cosine[:, far - step : (step - far) or None])
    return ops.stack(found, axis=-1)


def _around(x, compare):
    """Returns how each frame compares with those `OFFSETS` away, `(batch, t, offsets)`.

    At the ends it is compared with the end itself. Each pair is compared once.

    Args:
        x: float32 `(batch, t, n)`.
        compare: function of two of these to `(batch, t)`, the same when they change places.
    """
    x, far = _with_ends(x), max(STEPS)
    pairs = {step: compare(x[:, :-step], x[:, step:]) for step in STEPS}
    before = [pair[:, far - step : -far] for step, pair in pairs.items()]
    behind = [pair[:, far : (step - far) or None] for step, pair in pairs.items()]
    return ops.stack(before + behind, axis=-1)


def _with_ends(x):
    """Returns `(batch, t, n)` with both ends repeated, as far as `STEPS` go."""
    first, last = (ops.repeat(end, max(STEPS), axis=1) for end in (x[:, :1], x[:, -1:]))
    return ops.concatenate([first, x, last], axis=1)
