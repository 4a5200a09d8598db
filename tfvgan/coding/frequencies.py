"""Frequencies that an entropy coder can use, from weights, in whole numbers alone."""

import numpy as np

TOTAL = 1 << 24  # What a row sums to: the precision that the range coder has inside.
WIDEST_ROW = 1 << 16  # entries in a row


def apportioned(weights):
    """Returns frequencies as near to the weights as can be, int32 `(n, m)`; rows sum to `TOTAL`.

    Each entry gets 1, and what is left of `TOTAL` is shared in proportion to the weights, by the
    method of the largest remainder; of equal remainders the first is the largest.

    Args:
        weights: whole numbers >= 0 of any size, `(n, m)`, `2 <= m <= WIDEST_ROW`.

    Raises:
        ValueError: when weights are negative, a row is all 0, or the shape is another.
    """
    # Python's own integers: weights of any size, times `TOTAL`, may exceed 64 bits.
    weights = np.array(weights, dtype=object)
    if weights.ndim != 2 or not 2 <= weights.shape[1] <= WIDEST_ROW:
        raise ValueError(
            f"Weights should be rows of 2 to {WIDEST_ROW} numbers, but their shape is "
            f"{weights.shape}: give `(n, m)`."
        )
    sums = weights.sum(axis=1, keepdims=True)
    if (weights < 0).any() or not sums.all():
        raise ValueError(
            "Weights should be at least 0, and not all 0 in a row, but some are not: count again."
        )
    free = TOTAL - weights.shape[1]
    shares, remainders = weights * free // sums, weights * free % sums
    missing = free - shares.sum(axis=1)
    # Stable, so that equal remainders are served in one order on every machine.
    largest_first = np.argsort(-remainders, axis=1, kind="stable")
    for row, places, count in zip(shares, largest_first, missing):
        row[places[:count]] += 1
    return (shares + 1).astype(np.int32)
