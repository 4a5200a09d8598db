"""The order of samples and their random draws, as pure functions of (seed, epoch, sample)."""

from typing import NamedTuple

import numpy as np

_ORDER, _WINDOW, _DRAW = 0, 1, 2  # what a stream of random numbers is for


class Draw(NamedTuple):
    """One draw a clip: all its frames are flipped and cut alike."""

    flip: float  # in [0, 1): flip below 1/2
    top: float  # in [0, 1): where the cut lies between the highest and the lowest place
    left: float


def permutation(count, seed, epoch):
    """Returns the order of `count` things in an epoch, int64 `(count,)`."""
    return _generator(_ORDER, seed, epoch).permutation(count)


def draw(seed, epoch, sample):
    """Returns the `Draw` of the sample with this number in this epoch."""
    return Draw(*_generator(_DRAW, seed, epoch, sample).random(3))


def shuffle_window(items, window, seed, epoch):
    """Yields the items of a stream in an order shuffled within `window` items held at once."""
    generator = _generator(_WINDOW, seed, epoch)
    held = []
    for item in items:
        if len(held) < window:
            held.append(item)
            continue
        place = generator.integers(window)
        held[place], chosen = item, held[place]
        yield chosen
    for place in generator.permutation(len(held)):
        yield held[place]


def _generator(*key):
    return np.random.default_rng(key)
