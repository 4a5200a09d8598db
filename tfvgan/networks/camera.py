"""The camera's motion: what the flow of most places of a frame has in common.

Source: an affine flow of what is dominant, by least squares whose weights fall with the error, from
a wide scale to a narrow one: Black and Anandan 1996, "The robust estimation of multiple motions",
https://doi.org/10.1006/cviu.1996.0006, sec. 3 and 4.
"""

import keras
from keras import ops

from tfvgan.networks.registration import slopes

GRID = 4  # Pixels of a side that count as one place.
SCALES = (4.0, 2.0, 1.0, 0.5, 0.25)  # Pixels of error at which a place counts a quarter, in turn.
TEXTURE = 1e-3  # Squared slopes from which on a place counts half as much as the sharpest.
HELD = 1e-4  # Of a place: how much each of the six numbers is held at 0.


def camera_flow(flow: keras.KerasTensor, frame: keras.KerasTensor) -> keras.KerasTensor:
    """Returns the flow of the camera alone, float32 `(n, h, w, 2)`, in pixels as `flow`.

    It is affine: `a + b x + c y`, right and down. Places without texture, whose flow nobody knows,
    count little, and those that most others do not go with, hardly. It has no slope.

    Args:
        flow: float32 `(n, h, w, 2)`, of `registration`.
        frame: float32 `(n, h, w, 1)`, the grey frame that it is of.
    """
    weights = _texture(frame)
    count = ops.average_pool(weights, GRID, GRID, "same")
    there = ops.average_pool(weights * flow, GRID, GRID, "same") / ops.maximum(count, 1e-9)
    sides = ops.shape(flow)[1:3]
    places = _places(*ops.shape(there)[1:3], GRID, *sides)
    numbers = _fitted(places, there, count)
    for scale in SCALES:
        error = ops.sum(ops.square(there - _flow(places, numbers)), axis=-1, keepdims=True)
        numbers = _fitted(places, there, count / ops.square(1.0 + error / scale**2))
    return ops.stop_gradient(_flow(_places(*sides, 1, *sides), numbers))


def _texture(frame):
    """Returns how far a place's flow can be known, from 0 to 1, `(n, h, w, 1)`."""
    across, down = slopes(frame)
    steep = across * across + down * down
    return steep / (steep + TEXTURE)


def _places(rows, columns, step, height, width):
    """Returns x of columns and y of rows, from about -1 to 1, `(1, 1, columns, 1)` and such.

    Args:
        rows, columns: how many places.
        step: pixels from one to the next.
        height, width: of the picture, in pixels.
    """
    x, y = (
        (step * (ops.arange(count, dtype="float32") + 0.5) / ops.cast(side, "float32") - 0.5) * 2.0
        for count, side in ((columns, width), (rows, height))
    )
    return ops.reshape(x, (1, 1, -1, 1)), ops.reshape(y, (1, -1, 1, 1))


def _flow(places, numbers):
    """Returns the flow of numbers `(n, 3, 2)` at places, `(n, rows, columns, 2)`."""
    one, right, below = ops.split(ops.expand_dims(numbers, 1), 3, axis=2)
    x, y = places
    return one + x * right + y * below


def _fitted(places, flow, weights):
    """Returns the numbers that fit best, `(n, 3, 2)`, by weighted least squares."""
    x, y = places
    along = (1.0, x, y, x * x, x * y, y * y)
    one, a, b, aa, ab, bb = (ops.mean(weights * each, axis=(1, 2)) for each in along)
    one, aa, bb = one + HELD, aa + HELD, bb + HELD
    means = [ops.mean(weights * each * flow, axis=(1, 2)) for each in (1.0, x, y)]
    # The inverse of a symmetric matrix of three rows, by its cofactors.
    first = [aa * bb - ab * ab, ab * b - a * bb, a * ab - aa * b]
    second = [first[1], one * bb - b * b, a * b - one * ab]
    third = [first[2], second[2], one * aa - a * a]
    whole = one * first[0] + a * first[1] + b * first[2]
    rows = [
        sum(factor * mean for factor, mean in zip(row, means, strict=True)) / whole
        for row in (first, second, third)
    ]
    return ops.stack(rows, axis=1)
