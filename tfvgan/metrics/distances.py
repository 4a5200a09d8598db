"""Distances between the rows of two arrays of features."""

import numpy as np

ROWS = 1024  # of the first array at once: memory is that of so many times the second's rows


def squared_distances(x, y):
    """Yields the squared distances from some rows of x to all of y, `(rows, len(y))` at a time.

    What rounding leaves of the distance of equal rows is 0. Centre the rows for the most digits.

    Args:
        x: float64 `(n, dimension)`.
        y: float64 `(m, dimension)`.
    """
    y_lengths = np.einsum("nd,nd->n", y, y)
    for start in range(0, len(x), ROWS):
        part = x[start : start + ROWS]
        lengths = np.einsum("nd,nd->n", part, part)[:, None] + y_lengths
        squares = lengths - 2 * part @ y.T
        yield np.where(squares > 1e-12 * lengths, squares, 0.0)
