"""Image registration: how far each place of a frame is from where it was in the frame before.

Nothing here is learnt. The smallest of a pyramid of grey pictures is searched for what fits best;
every larger one refines that by the slope of the picture, in steps of least squares.

Source: Lucas and Kanade 1981, "An iterative image registration technique with an application to
stereo vision", sec. 3; slopes are those of the frame itself, which are the same in all steps, after
Baker and Matthews 2004, https://doi.org/10.1023/B:VISI.0000011205.11775.fd, sec. 3.
"""

import keras
import numpy as np
from keras import ops

from tfvgan.layers import bordered, doubled, warp
from tfvgan.video import LUMA

SEARCH = 3  # Pixels of the smallest picture that a place may have moved by, each way.
WINDOW = 5  # Pixels of a side that move as one.
STEPS = (2, 2, 2, 1)  # Of least squares, from an eighth of the sides to the whole picture.
STIFF = 2e-5  # Squared slopes below which a place hardly moves: noise has as many.
FARTHEST = 1.0  # Pixels that one step may go.
FARNESS = 2e-3  # How much less the difference must be for each pixel that a search goes farther,
STILL = 4e-3  # and for what moves than for what stays.


def registration(frame: keras.KerasTensor, before: keras.KerasTensor) -> keras.KerasTensor:
    """Returns the flow from a frame to the one before, float32 `(n, h, w, 2)`.

    In pixels, right and down: what is at `(x, y)` was at `(x, y) + flow`. It is exactly 0 where
    a place that stays fits as well. It has no slope: nothing is learnt through it.

    Args:
        frame, before: float32 `(n, h, w, 3)` in [-1, 1].
    """
    now, then = (ops.matmul(each, LUMA) for each in (frame, before))
    flow = searched_for(now, then)
    moves = far(now, warp(then, flow)) + STILL < far(now, then)
    return ops.stop_gradient(flow * ops.cast(moves, "float32"))


def searched_for(now: keras.KerasTensor, then: keras.KerasTensor) -> keras.KerasTensor:
    """Returns the flow as of `registration`, of grey pictures, whether they stay or move.

    Where nothing moves it is about 0, but not exactly. What is learnt through it is wrong.
    """
    pyramid = [(now, then)]
    for _ in STEPS[1:]:
        pyramid.append(tuple(_half(each) for each in pyramid[-1]))
    flow = _searched(*pyramid[-1])
    for number, (now, then) in enumerate(reversed(pyramid)):
        if number:
            flow = 2.0 * _cut(doubled(flow), now)
        flow = _refined(flow, now, then, STEPS[number])
    return flow


def _half(picture):
    """Returns the picture at half its sides, rounded up."""
    return ops.average_pool(picture, 2, 2, "same")


def _cut(larger, picture):
    """Returns the part of the larger one that has the picture's sides."""
    return larger[:, : ops.shape(picture)[1], : ops.shape(picture)[2]]


def _around(x):
    """Returns the mean of each place's window."""
    return ops.average_pool(x, WINDOW, 1, "same")


def far(picture: keras.KerasTensor, other: keras.KerasTensor) -> keras.KerasTensor:
    """Returns how far two pictures are from each other around each place, `(n, h, w, c)`."""
    return _around(ops.abs(picture - other))


def _searched(now, then):
    """Returns the flow by whole pixels that leaves the least difference, float32 `(n, h, w, 2)`."""
    around = range(-SEARCH, SEARCH + 1)
    places = np.array([(right, down) for right in around for down in around], "float32")
    # Rows beside each other become channels, then columns of those.
    shifted = bordered(then, SEARCH, SEARCH)
    ends = [slice(by, by - 2 * SEARCH or None) for by in range(2 * SEARCH + 1)]
    shifted = ops.concatenate([shifted[:, end] for end in ends], axis=-1)
    shifted = ops.concatenate([shifted[:, :, end] for end in ends], axis=-1)
    farness = (FARNESS * np.linalg.norm(places, axis=-1)).astype("float32")
    cost = far(now, shifted) + farness
    # LiteRT lacks `argmax` of floats; of equals the mean is taken.
    least = ops.cast(cost <= ops.min(cost, axis=-1, keepdims=True), "float32")
    return ops.matmul(least, places) / ops.sum(least, axis=-1, keepdims=True)


def _refined(flow, now, then, steps):
    """Returns the flow after steps of least squares in each window."""
    across, down = slopes(now)
    products = ops.concatenate([across * across, across * down, down * down], axis=-1)
    xx, xy, yy = ops.split(_around(products), 3, axis=-1)
    xx, yy = xx + STIFF, yy + STIFF
    whole = xx * yy - xy * xy
    for _ in range(steps):
        apart = now - warp(then, flow)
        x, y = ops.split(
            _around(ops.concatenate([across * apart, down * apart], axis=-1)), 2, axis=-1
        )
        both = ops.concatenate([yy * x - xy * y, xx * y - xy * x], axis=-1)
        flow = flow + ops.clip(both / whole, -FARTHEST, FARTHEST)
    return flow


def slopes(picture: keras.KerasTensor) -> tuple[keras.KerasTensor, keras.KerasTensor]:
    """Returns how much brighter a picture becomes to the right and downwards, a pixel.

    Both are of the picture's shape: central differences, half of one where a border is.

    Args:
        picture: float32 `(n, h, w, c)`.
    """
    wide = bordered(picture, 1, 1)
    across = 0.5 * (wide[:, 1:-1, 2:] - wide[:, 1:-1, :-2])
    return across, 0.5 * (wide[:, 2:, 1:-1] - wide[:, :-2, 1:-1])
