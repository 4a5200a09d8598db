"""What is seen of a film for its anomaly curve: how its cells move, and how they look."""

from typing import NamedTuple

import numpy as np

from tfvgan.tasks.analysis.measures import GRID

CELL = 4  # Pixels of the grid, the side of a cell.
CELLS = (GRID[0] // CELL, GRID[1] // CELL)  # Down and across.
WINDOW = 0.25  # Seconds.
ANOTHER = 25.0  # Levels that a picture changes by, on average, where another shot begins.
NOISE = 0.5  # Mean squared change that flow need not explain.
MOST = 6e4  # What is kept of a cell at most.
STIFF = 3.0  # Squared slopes, of levels a pixel, below which flow is held to be small.


class Watched(NamedTuple):
    """What was seen of a film.

    `window` says of each frame which window of `WINDOW` seconds it is in, int `(t,)`. The others
    are of windows, float16 `(n, *CELLS)`: `right` and `down` are the flow of cells, in pixels of
    the grid a second; `speed` is how fast they change for how steep they are, likewise, whatever
    the way; `change` is the mean square of changes from frame to frame, in levels, `told` the share
    of it that the flow explains, and `luma` the mean luma in levels.
    """

    window: np.ndarray
    right: np.ndarray
    down: np.ndarray
    speed: np.ndarray
    change: np.ndarray
    told: np.ndarray
    luma: np.ndarray


class Watcher:
    """Looks at the frames of a film, one after the other; of each a few numbers are kept."""

    def __init__(self):
        self._before, self._time, self._number = None, 0.0, None
        self._window, self._windows = [], []
        self._sums, self._count, self._seconds = np.zeros((7, *GRID), "float32"), 0, 0.0

    def __call__(self, grid: np.ndarray, time: float) -> None:
        """Looks at a frame; where all is another picture at once, nothing is held to move.

        Args:
            grid: float32, luma in levels, of `tfvgan.tasks.analysis.measures.GRID`.
            time: seconds.
        """
        if self._before is None:
            self._before, self._time = grid, time
        change = grid - self._before
        if np.abs(change).mean() > ANOTHER:
            self._before, change = grid, np.zeros_like(grid)
        number = int(time / WINDOW + 1e-6)
        if self._count and number != self._number:
            self._windows.append(self._ended())
            self._sums[:], self._count, self._seconds = 0, 0, 0.0
        self._window.append(len(self._windows))
        down, across = np.gradient((grid + self._before) / 2)
        pairs = (across, across), (down, down), (across, down), (across, change), (down, change)
        for total, (one, other) in zip(self._sums, (*pairs, (change, change))):
            total += one * other
        self._sums[-1] += grid
        self._seconds += time - self._time
        self._number, self._count, self._before, self._time = number, self._count + 1, grid, time

    def watched(self) -> Watched:
        """Returns what was `Watched`; more frames may follow."""
        windows = self._windows + ([self._ended()] if self._count else [])
        kept = np.array(windows, "float16").reshape(len(windows), len(Watched._fields) - 1, *CELLS)
        return Watched(np.array(self._window, int), *np.moveaxis(kept, 1, 0))

    def _ended(self):
        """Returns what is kept of the window, float16 `(6, *CELLS)`."""
        *products, change, luma = cells(self._sums / self._count)
        right, down = flow(*products)
        xx, yy, _, xt, yt = products
        rate = self._count / self._seconds if self._seconds > 0 else 0.0
        speed = np.sqrt(change / (xx + yy + 2 * STIFF))
        told = np.clip(-(right * xt + down * yt) / (change + NOISE), 0, 1)
        kept = np.stack([rate * right, rate * down, rate * speed, change, told, luma])
        return kept.clip(-MOST, MOST).astype("float16")


def flow(
    xx: np.ndarray, yy: np.ndarray, xy: np.ndarray, xt: np.ndarray, yt: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Returns how far cells move from frame to frame, right and down, in pixels.

    Source: Lucas and Kanade 1981, one step of least squares.

    Args:
        xx, yy, xy: means of products of slopes, right (x) and down (y), in squared levels a pixel.
        xt, yt: means of products of slopes with the change from the frame before.
    """
    xx, yy = xx + STIFF, yy + STIFF
    whole = xx * yy - xy * xy
    return (xy * yt - yy * xt) / whole, (xy * xt - xx * yt) / whole


def cells(grids: np.ndarray) -> np.ndarray:
    """Returns the means of cells, `(..., *CELLS)`, of grids, `(..., *GRID)`."""
    (down, across), before = CELLS, grids.shape[:-2]
    return grids.reshape(*before, down, CELL, across, CELL).mean((-3, -1))
