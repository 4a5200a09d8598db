"""Trees that ask one sign after the other, grown on what each choice costs in each cell."""

import numpy as np

LEAST, CLIPS, GAIN = 5, 2, 0.02  # Cells and clips of a leaf; what a question gains a cell.


def grown(signs, cost, clips, depth):
    """Returns a tree: a leaf is the number of a choice, else `(sign, threshold, below, above)`.

    A question counts what it gains with the best question after it, since noise alone, say, helps
    little where a screen with text has as much of it.

    Args:
        signs: float `(cells, signs)`.
        cost: float `(cells, choices)`.
        clips: array `(cells,)` of names.
        depth: int, how often it may ask.
    """
    best = int(cost.sum(axis=0).argmin())
    least, split = cost[:, best].sum() - GAIN * len(cost), None
    for plain, sign, threshold in _questions(signs, cost, clips) if depth else ():
        total, below = plain, signs[:, sign] < threshold
        if depth > 1:
            total = sum(_with_one_more(signs[p], cost[p], clips[p]) for p in (below, ~below))
        if total < least:
            least, split = total, (sign, threshold, below)
    if split is None:
        return best
    sign, threshold, below = split
    parts = [grown(signs[p], cost[p], clips[p], depth - 1) for p in (below, ~below)]
    return parts[0] if parts[0] == parts[1] else (sign, threshold, *parts)


def _with_one_more(signs, cost, clips):
    """Returns what cells cost with the best choice, or with the best question if that gains."""
    asking = min((total for total, *_ in _questions(signs, cost, clips)), default=np.inf)
    return min(cost.sum(axis=0).min(), asking + GAIN * len(cost))


def _questions(signs, cost, clips):
    """Yields `(cost, sign, threshold)` of each question that leaves enough on both sides."""
    for sign in range(signs.shape[1]):
        order = np.argsort(signs[:, sign], kind="stable")
        values, names = signs[order, sign], clips[order]
        before = np.cumsum(cost[order], axis=0)[:-1]
        totals = before.min(axis=1) + (cost.sum(axis=0) - before).min(axis=1)
        many = np.minimum(_distinct(names)[:-1], _distinct(names[::-1])[-2::-1]) >= CLIPS
        many[: LEAST - 1] = many[len(many) - LEAST + 1 :] = False
        for last in np.flatnonzero(many & (np.diff(values) > 0)):
            yield totals[last], sign, float(values[last] + values[last + 1]) / 2


def _distinct(names):
    """Returns how many different names there are up to each, int array."""
    new = np.zeros(len(names), int)
    new[np.unique(names, return_index=True)[1]] = 1
    return np.cumsum(new)


def asked(tree, row):
    """Returns the number of the choice of a tree for a cell's signs."""
    while isinstance(tree, tuple):
        sign, threshold, below, above = tree
        tree = below if row[sign] < threshold else above
    return tree


def left_out(signs, cost, clips, depth):
    """Returns the mean cost of clips that a tree of this depth was not grown on."""
    total = 0.0
    for clip in set(clips):
        out = clips == clip
        tree = grown(signs[~out], cost[~out], clips[~out], depth)
        total += sum(c[asked(tree, row)] for row, c in zip(signs[out], cost[out], strict=True))
    return total / len(cost)
