"""The order of samples and their random draws, as pure functions of (seed, epoch, sample)."""

from typing import NamedTuple

import numpy as np

# What a stream of random numbers is for.
STREAMS = (
    *("order", "window", "draw", "moments"),
    *("degrade", "style", "flicker", "composite", "mask", "edit", "versions"),
)


class Draw(NamedTuple):
    """One draw a clip: all its frames are flipped and cut alike."""

    flip: float  # in [0, 1): flip below 1/2
    top: float  # in [0, 1): where the cut lies between the highest and the lowest place
    left: float


def permutation(count, seed, epoch):
    """Returns the order of `count` things in an epoch, int64 `(count,)`."""
    return generator("order", seed, epoch).permutation(count)


def draw(seed, epoch, sample):
    """Returns the `Draw` of the sample with this number in this epoch."""
    return Draw(*generator("draw", seed, epoch, sample).random(3))


def shuffle_window(items, window, seed, epoch):
    """Yields the items of a stream in an order shuffled within `window` items held at once."""
    draws = generator("window", seed, epoch)
    held = []
    for item in items:
        if len(held) < window:
            held.append(item)
            continue
        place = draws.integers(window)
        held[place], chosen = item, held[place]
        yield chosen
    for place in draws.permutation(len(held)):
        yield held[place]


def generator(use, *key):
    """Returns the `np.random.Generator` of one of `STREAMS` for a key of whole numbers."""
    return np.random.default_rng((STREAMS.index(use), *key))
