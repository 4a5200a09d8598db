"""Whether frames are two moments woven, whatever the file says."""

import numpy as np

STEP = 36.0  # Levels squared: lines that differ from both neighbours by about six.
MOVED = 10.0  # Levels that a pixel changes by where something moves.
CHANCE = 3.0  # Deviations of how many pixels noise combs: a difference below that is none.


def woven_share(before: np.ndarray, now: np.ndarray) -> float:
    """Returns how much more of what moved is combed by one weaving than by the other, -1 to 1.

    A pixel is combed where its line is brighter or darker than the lines above and below, both.
    Each weaving takes every other line of `before`, and the lines between of `now`. Of whole frames
    both are a frame apart, and comb alike, as fine patterns do. Of woven frames one is half a frame
    apart, and the other is one and a half: it is above 0 where even lines are the earlier ones. It
    is 0 where hardly anything moves, and where noise could be the reason.

    Args:
        before, now: luma of two frames in a row, float `(h, w)` in [0, 255].

    Source: after FFmpeg's `idet`; combs are those of "Decomb" (Donald Graft).
    """
    before, now = (np.asarray(each, "float32") for each in (before, now))
    moved = np.abs(now - before)[1:-1] > MOVED
    if moved.mean() < 0.005:
        return 0.0
    shares = []
    for first in (0, 1):
        mixed = now.copy()
        mixed[first::2] = before[first::2]
        shares.append(float(_combed(mixed)[moved].mean()))
    more, chance = shares[0] - shares[1], CHANCE * (sum(shares) / moved.sum()) ** 0.5
    return more if abs(more) > chance else 0.0


def _combed(luma):
    """Returns where lines are combed, bool `(h - 2, w)`."""
    above, below = luma[1:-1] - luma[:-2], luma[1:-1] - luma[2:]
    return above * below > STEP
