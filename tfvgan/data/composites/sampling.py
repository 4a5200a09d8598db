"""Pictures between their pixels."""

import numpy as np


def sampled(picture: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Returns what a picture has at places, between four pixels bilinearly, float32 `(..., c)`.

    Beyond its borders it goes on mirrored.

    Args:
        picture: `(h, w, c)`.
        x, y: arrays of one shape, in pixels right and down; the first pixel's centre is at 0.5.
    """
    height, width = picture.shape[:2]
    rows = picture.reshape(height * width, -1)
    left, right, across = _between(x, width)
    top, low, down = _between(y, height)
    across, down = across[..., None], down[..., None]

    def row(place):
        first = rows.take(place * np.int32(width) + left, axis=0).astype("float32")
        second = rows.take(place * np.int32(width) + right, axis=0) - first
        second *= across
        second += first
        return second

    upper, lower = row(top), row(low)
    lower -= upper
    lower *= down
    lower += upper
    return lower


def _between(place, length):
    """Returns the numbers of the pixels on both sides of places, and the share of the second."""
    place = np.asarray(place, "float32") - np.float32(0.5)
    first = np.floor(place)
    share = place - first
    first = first.astype(np.int32)
    return _mirrored(first, length), _mirrored(first + 1, length), share


def _mirrored(number, length):
    if number.size and (number.min() < 0 or number.max() >= length):
        number = number % (2 * length)
        number = np.minimum(number, 2 * length - 1 - number)
    return number
