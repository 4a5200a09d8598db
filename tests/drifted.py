"""Grids of luma that drift, for the tests of what watches them."""

import numpy as np

from tfvgan.tasks.analysis.measures import GRID
from tfvgan.tasks.analysis.watched import Watcher

FPS = 20
Y, X = np.mgrid[: GRID[0], : GRID[1]].astype("float32")


def waves(right=0.0, down=0.0, extra=0.0):
    """Returns smooth waves, moved by some pixels."""
    found = 120 + 40 * np.sin((X - right) / 3) + 40 * np.sin((Y - down) / 4) + extra
    return found.astype("float32")


def drift(frames, right=0.0, down=0.0, begin=0):
    """Returns grids of waves that move by some pixels a frame."""
    return [waves(right * n, down * n) for n in range(begin, begin + frames)]


def seen(grids, watcher=None):
    """Returns what was `Watched` of some grids."""
    watcher = watcher or Watcher()
    for number, grid in enumerate(grids):
        watcher(grid, number / FPS)
    return watcher.watched()
