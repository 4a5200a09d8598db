"""Waves that pictures are made of, the coarsest first: what a transform begins with.

Source: Ahmed, Natarajan and Rao 1974, https://doi.org/10.1109/T-C.1974.223784.
"""

import numpy as np

# Orthonormal: grey, red against blue, and green against both.
COLOURS = np.array([[1, 1, 1], [1, 0, -1], [1, -2, 1]]) / np.sqrt([[3], [2], [6]])
FINER = 4  # How much finer a wave of grey is than the one of colour that is as early.


def cosines(count, times):
    """Returns the first waves of a square of `2 ** times` pixels, orthonormal rows, float32
    `(count, 3 * 4 ** times)`, in the order of pixels that `times` foldings give.

    Args:
        count: int, of waves.
        times: int.
    """
    side = 2**times
    places = np.arange(side)
    lines = np.cos(np.pi * places[:, None] * (2 * places + 1) / (2 * side)) * np.sqrt(2 / side)
    lines[0] /= np.sqrt(2)
    waves = [(u, v, c) for u in places for v in places for c in range(3)]
    waves.sort(key=lambda wave: wave[0] + wave[1] + FINER * (wave[2] > 0))
    squares = [
        lines[u][:, None, None] * lines[v][:, None] * COLOURS[c] for u, v, c in waves[:count]
    ]
    return np.array([_folded(square, times) for square in squares], "float32")


def _folded(square, times):
    """Returns a square's numbers in the order of `tfvgan.layers.space_to_depth`, so many times."""
    for _ in range(times):
        height, width, channels = square.shape
        square = square.reshape(height // 2, 2, width // 2, 2, channels)
        square = square.transpose(0, 2, 1, 3, 4).reshape(height // 2, width // 2, 4 * channels)
    return square[0, 0]
