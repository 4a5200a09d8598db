"""Frames made smooth: by a Gaussian, and by one that stops at edges."""

import numpy as np


def blurred(frames: np.ndarray, sigma: float) -> np.ndarray:
    """Returns the frames blurred by a Gaussian, float32 `(..., h, w, c)`; borders are repeated.

    Args:
        frames: float32 `(..., h, w, c)`.
        sigma: deviation in pixels, above 0.
    """
    reach = max(1, round(3 * sigma))
    taps = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    taps = (taps / taps.sum()).astype("float32")
    for axis in (-3, -2):
        frames = _summed(frames, taps, axis)
    return frames


def kuwahara(frames: np.ndarray, reach: int) -> np.ndarray:
    """Returns the frames smoothed within edges, float32 `(..., h, w, 3)`.

    Each pixel is the mean of one of the four squares that it is a corner of: the one that varies
    least, which lies on its side of an edge.

    Source: Kuwahara et al. 1976, "Processing of RI-angiocardiographic images".

    Args:
        frames: float32 `(..., h, w, 3)`.
        reach: int, a square's side less one, 1 or more.
    """
    side = reach + 1
    pad = [(0, 0)] * (frames.ndim - 3) + [(reach, reach), (reach, reach), (0, 0)]
    wide = np.pad(frames, pad, "edge")
    mean = _boxes(wide, side)
    spread = (_boxes(wide**2, side) - mean**2).sum(-1, keepdims=True)
    height, width = frames.shape[-3:-1]
    best, least = None, None
    for top in (0, reach):
        for left in (0, reach):
            part = (..., slice(top, top + height), slice(left, left + width), slice(None))
            if best is None:
                best, least = mean[part], spread[part]
                continue
            closer = spread[part] < least
            best, least = np.where(closer, mean[part], best), np.where(closer, spread[part], least)
    return best


def _boxes(frames, side):
    """Returns the means of all squares of that side, `(..., h - side + 1, w - side + 1, c)`."""
    taps = np.full(side, 1 / side, "float32")
    for axis in (-3, -2):
        frames = _weighed(frames, taps, axis)
    return frames


def _summed(frames, taps, axis):
    pad = [(0, 0)] * frames.ndim
    pad[axis] = (len(taps) // 2, len(taps) // 2)
    return _weighed(np.pad(frames, pad, "edge"), taps, axis)


def _weighed(frames, taps, axis):
    """Returns the weighed sums of as many in a row as there are taps, where all are there."""
    count = frames.shape[axis] - len(taps) + 1
    axis += frames.ndim
    total = 0.0
    for first, weight in enumerate(taps):
        total = total + weight * frames[(slice(None),) * axis + (slice(first, first + count),)]
    return total
