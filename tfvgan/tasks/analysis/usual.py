"""What is usual in each cell of the picture, and how unlike it is what was watched.

Of normal films is learnt, cell by cell: all flow and luma that was seen there; how fast what moves
goes, and its spread; and which way. So what goes backwards is told from what goes on, and what is
fast from what is near. Patches beside all that were normal are odd, as in Roth et al. 2022,
https://doi.org/10.1109/CVPR52688.2022.01392, of flow here.
"""

from typing import NamedTuple

import numpy as np

from tfvgan.tasks.analysis.watched import CELLS, Watched

MOVING = 1.0  # Mean squared change of a cell, in levels, from which on it moves.
CLEAR = 10.0  # That above it from which on a cell counts fully.
SLOWEST = 0.5  # Pixels a second, below which speeds are alike.
WORST = 4  # Cells whose distances make a score.
WINDOWS = 4000  # That are looked at at most to learn what is usual.
SAMPLES = 600  # Of a cell's flow, and of its luma, that are kept at most.
SPREAD = 0.1  # The least deviation of log speed.
BESIDE = 5.0  # Frames' worth of all cells, which speak for a cell where little was seen.
FEW = 5.0  # Cells that must move before a mean over them counts.


class Usual(NamedTuple):
    """What is usual, cell by cell.

    `flow` is a list of float32 `(n, 2)`, of one cell after the other: what was seen in it and in
    those around it, bent as logarithms. `luma` is float32 `(n, *CELLS)` in levels; `speed` and
    `spread` are float32 `CELLS`, mean and deviation of log pixels a second. `way` is float32
    `(2, *CELLS)`, the mean direction, the shorter the more directions there are.
    """

    flow: list
    luma: np.ndarray
    speed: np.ndarray
    spread: np.ndarray
    way: np.ndarray


class Unlikeness(NamedTuple):
    """How unlike: a number of each window, float32 `(n,)`, and of each cell, `(n, *CELLS)`."""

    whole: np.ndarray
    cells: np.ndarray


def usual_of(film: Watched) -> Usual:
    """Returns what is `Usual` by what was watched, of one window at least; of many, by some."""
    film = _whole(film._make([film.window, *map(_thinned, film[1:])]))
    flow, weight = _bent(film), _weight(film)
    moves = np.pad(weight > 0, ((0, 0), (1, 1), (1, 1)))
    wide = np.pad(flow, ((0, 0), (1, 1), (1, 1), (0, 0)))
    samples = []
    for row in range(CELLS[0]):
        for column in range(CELLS[1]):
            near = np.s_[:, row : row + 3, column : column + 3]
            seen = _thinned(wide[near][moves[near]], SAMPLES)
            samples.append(np.concatenate([np.zeros((1, 2), "float32"), seen]))
    total, everywhere = _around(weight.sum(0)), weight.sum() + 1e-6

    def mean(values):
        of_all = (weight * values).sum() / everywhere
        return (_around((weight * values).sum(0)) + BESIDE * of_all) / (total + BESIDE)

    logs = np.log(film.speed + SLOWEST)
    speed = mean(logs)
    spread = np.sqrt(np.maximum(mean(logs**2) - speed**2, SPREAD**2))
    way = np.stack([mean(part) for part in _direction(film)])
    return Usual(samples, _thinned(film.luma, SAMPLES), speed, spread, way)


def unlike(film: Watched, usual: Usual) -> dict[str, Unlikeness]:
    """Returns how unlike what is usual each window is, an `Unlikeness` of 0 or more by measure.

    "flow" is how far the flow of the `WORST` cells is from all that was seen in them and beside
    them, where flow explains what changes; "rush" how much faster than usual the fastest cell is,
    in deviations, and "fast" all that moves, on average; "against" is the mean cosine of what
    moves with the usual way there, where it is negative; "look" the mean distance of luma from the
    nearest that was seen, in levels.

    Args:
        film: `Watched`.
        usual: `Usual`.
    """
    film = _whole(film)
    flow, weight = _bent(film), _weight(film)
    far = np.zeros(weight.shape, "float32")
    for number, samples in enumerate(usual.flow):
        row, column = divmod(number, CELLS[1])
        moves = weight[:, row, column] > 0
        if moves.any():
            asked = flow[moves, row, column]
            least = (np.square(samples).sum(-1) - 2 * asked @ samples.T).min(-1)
            far[moves, row, column] = np.sqrt(np.maximum(least + np.square(asked).sum(-1), 0))
    far *= weight * film.told
    other = np.full(weight.shape, np.inf, "float32")
    for luma in usual.luma:
        np.minimum(other, np.abs(film.luma - luma), out=other)
    fast = weight * (np.log(film.speed + SLOWEST) - usual.speed) / usual.spread
    right, down = _direction(film)
    against = -weight * (right * usual.way[0] + down * usual.way[1])
    moving = weight.sum((1, 2)) + FEW
    worst = np.sort(far.reshape(len(far), -1), axis=1)[:, -WORST:].mean(1)
    found = {
        "flow": (worst, far),
        "rush": (fast.max((1, 2)), fast),
        "fast": (fast.sum((1, 2)) / moving, fast),
        "against": (against.sum((1, 2)) / moving, against),
        "look": (other.mean((1, 2)), other),
    }
    return {
        name: Unlikeness(*(np.maximum(each, 0) for each in pair)) for name, pair in found.items()
    }


def _thinned(seen, most=WINDOWS):
    """Returns at most so many of what was seen, evenly in time."""
    places = np.linspace(0, len(seen) - 1, min(len(seen), most)).round().astype(int)
    return seen[places]


def _whole(film):
    """Returns what was watched in float32, in which sums are right."""
    return film._make([film.window, *(each.astype("float32") for each in film[1:])])


def _weight(film):
    """Returns how much cells move, float32 `(n, *CELLS)` in [0, 1]."""
    return np.clip((film.change - MOVING) / CLEAR, 0, 1)


def _bent(film):
    """Returns the flow of cells, float32 `(n, *CELLS, 2)`, bent: large as logarithms are."""
    return np.arcsinh(np.stack([film.right, film.down], -1) / (2 * SLOWEST))


def _direction(film):
    """Returns the direction of cells' flow, two of `(n, *CELLS)`, the shorter the slower."""
    far = np.hypot(film.right, film.down) + SLOWEST
    return film.right / far, film.down / far


def _around(values):
    """Returns the sum of each cell and those around it."""
    wide = np.pad(values, 1)
    rows, columns = CELLS
    return sum(wide[y : y + rows, x : x + columns] for y in range(3) for x in range(3))
