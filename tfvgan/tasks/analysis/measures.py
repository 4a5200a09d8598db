"""Measures of single frames: light, sharpness, motion."""

from typing import NamedTuple

import numpy as np

from tfvgan.data.resize import resize
from tfvgan.video import LUMA

BLACK, WHITE = 2, 253  # Levels up to which, and from which on, a pixel is clipped.
BLOCKS = (4, 8)  # That motion is looked for in, down and across.
GRID = (36, 64)  # Pixels that motion is looked for among.


class Measured(NamedTuple):
    """The measures of a frame.

    `brightness` is the mean luma, in levels from 0 to 255. `black` and `white` are the shares of
    pixels that are clipped: all colours at most 2, or one at least 253. `sharpness` is how much of
    the picture's contrast is in its finest detail: the variance of the Laplacian by that of luma,
    0 of a plain picture. `motion` is the mean difference of luma from the frame before, in levels,
    `moving` that of the block of 4x8 in which it is largest; both are 0 of the first frame.

    Source of the Laplacian's variance: Pech-Pacheco et al. 2000, "Diatom autofocusing in
    brightfield microscopy", https://doi.org/10.1109/ICPR.2000.903548.
    """

    brightness: float
    black: float
    white: float
    sharpness: float
    motion: float
    moving: float


class Measures:
    """Measures frames, one after the other; of each the one before is remembered."""

    def __init__(self):
        self._before = None

    def __call__(self, picture: np.ndarray, grid: np.ndarray) -> Measured:
        """Returns what is `Measured` of a frame.

        Args:
            picture: uint8 `(h, w, 3)`.
            grid: float32 `GRID`, its luma in levels, of a few pixels.
        """
        luma = (picture @ LUMA)[..., 0]
        change = 0 * grid if self._before is None else np.abs(grid - self._before)
        self._before = grid
        return Measured(
            brightness=float(luma.mean()),
            black=float((picture.max(-1) <= BLACK).mean()),
            white=float((picture.max(-1) >= WHITE).mean()),
            sharpness=sharpness(luma),
            motion=float(change.mean()),
            moving=float(blocks(change).max()),
        )


def sharpness(luma: np.ndarray) -> float:
    """Returns the variance of the Laplacian by that of luma; 0 where there is no contrast.

    Args:
        luma: float `(h, w)`.
    """
    around = luma[:-2, 1:-1] + luma[2:, 1:-1] + luma[1:-1, :-2] + luma[1:-1, 2:]
    contrast = luma.var()
    return float((around - 4 * luma[1:-1, 1:-1]).var() / contrast) if contrast > 1e-3 else 0.0


def blocks(grid: np.ndarray) -> np.ndarray:
    """Returns the mean of each block, `BLOCKS`.

    Args:
        grid: float `GRID`.
    """
    (down, across), (height, width) = BLOCKS, GRID
    return grid.reshape(down, height // down, across, width // across).mean((1, 3))


def luma_grid(picture: np.ndarray, size: tuple[int, int] = GRID) -> np.ndarray:
    """Returns the luma of a frame by means over a grid, float32 levels, of that size.

    Args:
        picture: uint8 `(h, w, 3)`.
        size: `(rows, columns)`.
    """
    return (resize(picture[None], size, "area")[0] @ LUMA)[..., 0]
