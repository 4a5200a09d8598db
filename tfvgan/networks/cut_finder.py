"""A finder of cuts: where a shot ends, and what is gradual, by thumbnails of the frames around.

How much each frame resembles those some steps before and behind it is computed: by its colours, by
its pixels, and by its means in a few large places. What that says of cuts is learnt, by
convolutions over time.

Source: Souček and Lokoč 2020, TransNetV2, https://arxiv.org/abs/2008.04838, sec. 3: thumbnails of
27x48, histograms of colours compared within a window, two heads, dilated convolutions over time.
What theirs learns over space is left out.
"""

from typing import Any

import keras
import numpy as np
from keras import layers, ops

from tfvgan.networks.network import Network, Signature, check_width

register = keras.saving.register_keras_serializable(package="tfvgan")

HEIGHT, WIDTH = 27, 48  # Of a thumbnail, in pixels.
STEPS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32)  # Frames from one to another that it is compared with.
OFFSETS = (*(-step for step in STEPS), *STEPS)
DILATIONS = (1, 2, 4, 8, 16)  # Of the convolutions over time, whose kernels have three places.
REACH = max(STEPS) + sum(DILATIONS)  # Frames, before and behind, that decide on one.
LEVELS = 4  # Of each colour, in a histogram.
SEEN = 5 * len(OFFSETS) + 2  # Numbers of each frame that are judged.


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
    mean = ops.mean(pixels, axis=-1, keepdims=True)
    seen = [
        _alike(_direction(in_films(_histogram(frames), LEVELS**3))),
        _alike(_direction(pixels - mean)),
        _alike(_direction(places - mean)),
        _apart(pixels),
        _apart(places),
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
    level = ops.clip(ops.floor((small + 1.0) * (LEVELS / 2)), 0.0, LEVELS - 1.0)
    number = level[..., 0] + LEVELS * level[..., 1] + LEVELS**2 * level[..., 2]
    return ops.mean(ops.one_hot(ops.cast(number, "int32"), LEVELS**3), axis=(1, 2))


def _direction(x):
    """Returns vectors of length 1, or 0."""
    return x / ops.sqrt(ops.sum(ops.square(x), axis=-1, keepdims=True) + 1e-6)


def _alike(x):
    """Returns the cosines between each frame and those `OFFSETS` away.

    Args:
        x: float32 `(batch, t, n)`, of length 1.
    """
    return ops.sum(x[:, :, None] * _around(x), axis=-1)


def _apart(x):
    """Returns the mean differences between each frame and those `OFFSETS` away."""
    return ops.mean(ops.abs(x[:, :, None] - _around(x)), axis=-1)


def _around(x):
    """Returns what is `OFFSETS` away, `(batch, t, offsets, n)`; at the ends the end itself."""
    count = ops.shape(x)[1]
    places = ops.arange(count)[:, None] + np.array(OFFSETS, "int32")
    return ops.take(x, ops.clip(places, 0, count - 1), axis=1)
