"""Whether frames are two moments woven, whatever the file says."""

import numpy as np

STEP = 36.0  # Levels squared: lines that differ from both neighbours by about six.
MOVED = 10.0  # Levels that a pixel changes by where something moves.


def woven_share(before: np.ndarray, now: np.ndarray) -> float:
    """Returns how much more of what moved is combed than of what stood, a share from 0 to 1.

    A pixel is combed where its line is brighter or darker than the lines above and below, both. In
    woven frames that is so where something moves. Fine patterns that stand count against it.

    Args:
        before, now: luma of two frames in a row, float `(h, w)` in [0, 255].

    Source: after the comb detection of "Decomb" (Donald Graft), as in FFmpeg's `idet`.
    """
    before, now = (np.asarray(each, "float32") for each in (before, now))
    combed = _combed(now)
    moved = np.abs(now - before)[1:-1] > MOVED
    if moved.mean() < 0.005:
        return 0.0
    stood = combed[~moved].mean() if (~moved).any() else 0.0
    # The same across columns: what moves and is finely patterned is combed both ways.
    turned = _combed(now.T).T
    across = turned[np.abs(now - before)[:, 1:-1] > MOVED]
    both = max(float(stood), float(across.mean()) if across.size else 0.0)
    return max(float(combed[moved].mean()) - both, 0.0)


def _combed(luma):
    """Returns where lines are combed, bool `(h - 2, w)`."""
    above, below = luma[1:-1] - luma[:-2], luma[1:-1] - luma[2:]
    return above * below > STEP
