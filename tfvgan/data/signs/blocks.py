"""What transforms of a codec leave: edges between its blocks, and waves beside edges."""

import numpy as np

GRID = 8  # Pixels between the edges of blocks: of MPEG-2, MPEG-4 and JPEG; H.264 filters its own.
STRONG = 40.0  # Levels that neighbours differ by at an edge that rings.
NEAR, FAR = 2, 6  # Pixels from the edge, between which it rings.


def blockiness(luma: np.ndarray) -> float:
    """Returns how much larger steps are on a grid of 8 pixels than beside it, in levels.

    The grid may begin anywhere. 0 or a little more where there is none.

    Args:
        luma: float `(h, w)` in [0, 255], of 32 pixels a side or more.

    Source: after Wang, Bovik & Evans 2000, "Blind measurement of blocking artifacts in images".
    """
    return float(np.mean([_steps(luma), _steps(luma.T)]))


def _steps(luma):
    """Returns it across columns."""
    step = np.abs(np.diff(np.asarray(luma, "float32"), axis=1))
    # More than at both neighbours: an edge of the picture is no narrower than that by chance.
    more = step[:, 1:-1] - (step[:, :-2] + step[:, 2:]) / 2
    # Of each column the middle of the rows' values: a post of the picture counts but once.
    columns = np.clip(more, -STRONG / 4, STRONG / 4).mean(axis=0)
    phases = np.array([columns[phase::GRID].mean() for phase in range(GRID)])
    best = phases.argmax()
    rest = np.delete(phases, best)
    return max(float(phases[best] - np.median(rest) - 2 * rest.std()), 0.0)


def ringing(luma: np.ndarray) -> float:
    """Returns how much stronger fine waves are beside edges than in flat places, in levels.

    Args:
        luma: as of `blockiness`. 0 where nothing has strong edges.
    """
    luma = np.asarray(luma, "float32")
    edges = np.zeros(luma.shape, bool)
    edges[:, 1:] |= np.abs(np.diff(luma, axis=1)) > STRONG
    edges[1:] |= np.abs(np.diff(luma, axis=0)) > STRONG
    beside = _grown(edges, FAR) & ~_grown(edges, NEAR)
    flat = ~_grown(edges, FAR)
    fine = np.zeros_like(luma)
    middle = luma[1:-1, 1:-1]
    around = luma[:-2, 1:-1] + luma[2:, 1:-1] + luma[1:-1, :-2] + luma[1:-1, 2:]
    fine[1:-1, 1:-1] = np.abs(middle - around / 4)
    if beside.sum() < GRID**2:
        return 0.0
    rest = float(np.median(fine[flat])) if flat.sum() >= GRID**2 else 0.0
    return max(float(np.median(fine[beside])) - rest, 0.0)


def _grown(mask, reach):
    """Returns a mask with all that is within a square of `reach` pixels around it."""
    for axis in (0, 1):
        grown = mask.copy()
        for by in range(1, reach + 1):
            ahead, behind = [slice(None)] * 2, [slice(None)] * 2
            ahead[axis], behind[axis] = slice(by, None), slice(None, -by)
            grown[tuple(ahead)] |= mask[tuple(behind)]
            grown[tuple(behind)] |= mask[tuple(ahead)]
        mask = grown
    return mask
