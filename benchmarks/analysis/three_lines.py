"""Three cheap curves of what is unusual: a background, motion, and how unlike flow is to normal.

Each is divided by what one frame of a hundred of normal films exceeds; "three lines" is the largest
of them. The anomaly curve of `tfvgan analyze` is measured beside them.
"""

from typing import NamedTuple

import numpy as np

from tfvgan.tasks.analysis.measures import BLOCKS, blocks
from tfvgan.tasks.analysis.watched import flow

SLOW = 0.02  # Share of a frame that a background takes up.
WINDOW = 0.25  # Seconds that flow is averaged over.
APART = 2.0  # Seconds from which on moments of one film may be compared.
MOST = 2000  # Moments of normal films that are kept.
USUAL = 99  # Percentile of normal frames.
FLOORS = {"background": 1.0, "motion": 1.0, "flow": 0.02}  # Of limits: levels, and pixels.


class Watched(NamedTuple):
    """What was seen of a film.

    `background` is the mean difference from a slow average of the frames before, in levels, and
    `motion` the difference from the frame before in the block where it is largest, both float32
    `(t,)`. `flow` is the mean flow of blocks, in pixels of the grid, float32 `(n, 2 * blocks)`,
    one for each `WINDOW`; `window` says of each frame which it is in, int `(t,)`.
    """

    background: np.ndarray
    motion: np.ndarray
    flow: np.ndarray
    window: np.ndarray


class Watcher:
    """Looks at the frames of a film, one after the other; of each a few numbers are kept."""

    def __init__(self):
        self._slow, self._before = None, None
        self._background, self._motion, self._window = [], [], []
        self._flow, self._sum, self._count = [], None, 0

    def __call__(self, grid: np.ndarray, time: float) -> None:
        """Looks at a frame.

        Args:
            grid: float32, luma in levels, of `tfvgan.tasks.analysis.measures.GRID`.
            time: seconds.
        """
        if self._before is None:
            self._slow = self._before = grid
        motion = blocks(np.abs(grid - self._before)).max()
        number = int(time / WINDOW)
        if self._count and number != self._number:
            self._end_window()
        self._number = number
        self._background.append(np.abs(grid - self._slow).mean())
        self._motion.append(motion)
        self._window.append(len(self._flow))
        flow = block_flow(self._before, grid)
        self._sum, self._count = (flow if self._sum is None else self._sum + flow), self._count + 1
        self._slow = self._slow + SLOW * (grid - self._slow)
        self._before = grid

    def watched(self) -> Watched:
        """Returns what was `Watched`."""
        if self._count:
            self._end_window()
        flow = np.array(self._flow, "float32").reshape(len(self._flow), -1)
        curves = (np.array(each, "float32") for each in (self._background, self._motion))
        return Watched(*curves, flow, np.array(self._window, int))

    def _end_window(self):
        self._flow.append((self._sum / self._count).astype("float16"))
        self._sum, self._count = None, 0


def block_flow(before: np.ndarray, now: np.ndarray) -> np.ndarray:
    """Returns how far each block moves, right and down in pixels, float32 `(2 * blocks,)`.

    Args:
        before, now: float32 grids of luma in levels.
    """
    (down, across), change = np.gradient(before), now - before
    pairs = (across, across), (down, down), (across, down), (across, change), (down, change)
    return np.stack(flow(*(blocks(one * other) for one, other in pairs))).ravel()


def lines_of(film, normal=None):
    """Returns the curves of a film by name, float32 `(t,)`: 1 is what few normal frames exceed.

    Args:
        film: `Watched`.
        normal: `Watched` of a normal film; None for the film itself.
    """
    usual = film if normal is None else normal
    own = own_distance(usual)
    far = own if normal is None else flow_distance(film.flow, normal.flow)
    pairs = {
        "background": (film.background, usual.background),
        "motion": (film.motion, usual.motion),
        "flow": (far[film.window], own[usual.window]),
    }
    found = {
        name: values / max(np.percentile(normals, USUAL), FLOORS[name])
        for name, (values, normals) in pairs.items()
    }
    return {"three lines": np.max(list(found.values()), axis=0), **found}


def own_distance(film: Watched) -> np.ndarray:
    """Returns how unlike each moment is to those of its film that are `APART`, float32 `(n,)`."""
    numbers = np.arange(len(film.flow))
    return flow_distance(film.flow, film.flow, numbers, APART / WINDOW)


def flow_distance(
    flow: np.ndarray, normal: np.ndarray, numbers: np.ndarray | None = None, apart: float = 0.0
) -> np.ndarray:
    """Returns the distance of each moment's flow to the nearest normal one, float32 `(n,)`.

    It is the root of the mean square, in pixels. Where all are too near in time, it is 0.

    Args:
        flow: float32 `(n, 2 * blocks)`.
        normal: likewise, of other films or of this one.
        numbers: int `(n,)` of moments, where `normal` is the film's own; None of others.
        apart: how far numbers must be from each other, at least.
    """
    places = np.linspace(0, len(normal) - 1, min(len(normal), MOST)).round().astype(int)
    kept, found = normal[places], np.zeros(len(flow), "float32")
    squares = np.square(kept).sum(-1)
    for begin in range(0, len(flow), MOST):
        part = flow[begin : begin + MOST]
        far = np.square(part).sum(-1)[:, None] - 2 * part @ kept.T + squares
        if numbers is not None:
            near = np.abs(numbers[begin : begin + MOST, None] - numbers[places]) < apart
            far = np.where(near, np.inf, far)
        least = far.min(-1)
        found[begin : begin + MOST] = np.where(np.isfinite(least), least, 0.0).clip(0)
    return np.sqrt(found / (2 * np.prod(BLOCKS)))
