"""The basis of the discrete cosine transform of colour blocks, the lowest frequencies first.

Source: Ahmed, Natarajan and Rao 1974, https://doi.org/10.1109/T-C.1974.223784.
"""

import numpy as np

# Orthonormal: grey, red against blue, and green against both.
COLOUR_BASIS = np.array([[1, 1, 1], [1, 0, -1], [1, -2, 1]]) / np.sqrt([[3], [2], [6]])
GREY_FINER = 4  # How much higher a frequency of grey is than the one of colour that is as early.


def dct_basis(count: int, folds: int) -> np.ndarray:
    """Returns the first functions of the basis, orthonormal rows, float32
    `(count, 3 * 4 ** folds)`.

    Blocks have `2 ** folds` pixels a side. Columns are in the order of pixels that so many foldings
    give.

    Args:
        count: how many functions, at most `3 * 4 ** folds`.
        folds: how many times 2 x 2 pixels are folded into channels.
    """
    side = 2**folds
    places = np.arange(side)
    lines = np.cos(np.pi * places[:, None] * (2 * places + 1) / (2 * side)) * np.sqrt(2 / side)
    lines[0] /= np.sqrt(2)
    order = [(u, v, c) for u in places for v in places for c in range(3)]
    order.sort(key=lambda one: one[0] + one[1] + GREY_FINER * (one[2] > 0))
    blocks = [
        lines[u][:, None, None] * lines[v][:, None] * COLOUR_BASIS[c] for u, v, c in order[:count]
    ]
    return np.array([_in_depth_order(block, folds) for block in blocks], "float32")


def _in_depth_order(block: np.ndarray, folds: int) -> np.ndarray:
    """Returns a block's numbers in the order of `tfvgan.layers.space_to_depth`, so many times."""
    for _ in range(folds):
        height, width, channels = block.shape
        block = block.reshape(height // 2, 2, width // 2, 2, channels)
        block = block.transpose(0, 2, 1, 3, 4).reshape(height // 2, width // 2, 4 * channels)
    return block[0, 0]
