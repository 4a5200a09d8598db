"""How strong the noise of frames is, from their flat places."""

import numpy as np

BLOCK = 8  # Coefficients of a side of the blocks that are flat or not: 16 pixels.
FLATTEST = 0.2  # Share of the blocks that is measured.
ROUNDING = 1 / 12  # Variance of what rounding to whole levels adds.
CLIPPED = (2, 253)  # Levels beyond which noise is cut off: black bars and burnt skies show none.


def noise_deviation(frame: np.ndarray) -> float:
    """Returns the deviation of fine noise in levels of 255, the mean of that of the channels.

    It is the deviation of the diagonal coefficients of Haar wavelets in the flattest blocks, the
    median over these. How flat a block is follows from its averages, on which the diagonal
    coefficients of white noise do not depend.

    Args:
        frame: uint8 or float `(h, w, c)` or `(h, w)` in [0, 255], of 32 pixels a side or more.

    Source: after Donoho & Johnstone 1994, "Ideal spatial adaptation by wavelet shrinkage", sec.
        4.2: the finest coefficients tell the noise.
    """
    found = []
    for plane in _planes(frame):
        average, diagonal = _haar(plane)
        found.append(_deviation(_blocks(diagonal)[_flattest(average)]))
    return float(np.mean(found))


def grain_deviation(before: np.ndarray, now: np.ndarray) -> float:
    """Returns the deviation of noise that is coarser than a pixel and changes from frame to frame.

    Film grain, and noise that was enlarged or smeared by a codec, has a size: the diagonal
    coefficients of `noise_deviation` miss it. It shows in how averages of 2x2 pixels change in
    flat places, where motion does not show. White noise of deviation s gives s, too.

    Args:
        before, now: two frames in a row, as of `noise_deviation`; 0 where both are the same.
    """
    found = []
    for first, second in zip(_planes(before), _planes(now), strict=True):
        averages = [_haar(plane)[0] for plane in (first, second)]
        change = _blocks(averages[1] - averages[0])[_flattest(averages[0] + averages[1])]
        change = change - change.mean(axis=1, keepdims=True)  # A fade is no grain.
        found.append(_deviation(change / np.sqrt(2)))
    return float(np.mean(found))


def _deviation(blocks):
    """Returns the median of the deviations of blocks, without what rounding adds; 0 of none."""
    if not len(blocks):
        return 0.0
    return float(np.sqrt(max(np.median(np.mean(blocks**2, axis=1)) - ROUNDING, 0)))


def _planes(frame):
    """Returns the channels of a frame, float32 `(h, w)` each."""
    frame = np.asarray(frame, "float32")
    return [frame] if frame.ndim == 2 else list(np.moveaxis(frame, -1, 0))


def _haar(plane):
    """Returns averages and diagonal coefficients of 2x2 pixels, normed: of noise both have its."""
    height, width = (side // 2 * 2 for side in plane.shape)
    a, b = plane[0:height:2, 0:width:2], plane[0:height:2, 1:width:2]
    c, d = plane[1:height:2, 0:width:2], plane[1:height:2, 1:width:2]
    return (a + b + c + d) / 2, (a - b - c + d) / 2


def _blocks(coefficients):
    """Returns the coefficients block by block, `(blocks, BLOCK * BLOCK)`."""
    rows, columns = (side // BLOCK for side in coefficients.shape)
    cut = coefficients[: rows * BLOCK, : columns * BLOCK]
    cut = cut.reshape(rows, BLOCK, columns, BLOCK).swapaxes(1, 2)
    return cut.reshape(rows * columns, BLOCK * BLOCK)


def _flattest(average):
    """Returns the numbers of the flattest blocks, without those whose noise was cut off."""
    blocks = _blocks(average)
    scale = average.max() / 510 if average.max() > 510 else 1.0  # A sum of two frames has twice.
    levels = blocks / 2 / scale
    inside = ((levels > CLIPPED[0]) & (levels < CLIPPED[1])).mean(axis=1) > 0.95
    kept = np.flatnonzero(inside)
    flatness = blocks.std(axis=1)[kept]
    count = max(round(FLATTEST * len(kept)), min(len(kept), 4))
    return kept[np.argsort(flatness, kind="stable")[:count]]
