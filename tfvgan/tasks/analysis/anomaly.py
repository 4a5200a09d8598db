"""An anomaly curve: how unlike normal films a film moves and looks, and where.

What is normal is learnt from films of the same camera, or from the other parts of the film itself.
Each measure is divided by what one of twenty moments of normal films exceeds, parts of which are
held against the other parts. The curve is the root of a weighted sum of their squares, divided by
what one normal moment of a hundred exceeds. So 1 is what few normal moments exceed.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from tfvgan.tasks.analysis.usual import Usual, unlike, usual_of
from tfvgan.tasks.analysis.watched import CELLS, WINDOW, Watched

PARTS = 8  # Of normal films, each of which is held against the others.
MOST = 2000  # Windows that are held against normal ones at once.
AROUND = 1.0  # Seconds before and behind a moment, over which measures are averaged.
OFTEN, USUAL = 95, 99  # Percentiles of normal moments: of measures, and of the curve.
# The least that measures are divided by, and their weights: chosen by benchmarks/analysis/anomaly.
FLOORS = {"flow": 1.0, "rush": 1.0, "fast": 0.2, "against": 0.1, "look": 8.0}
WEIGHTS = {"flow": 0.5, "rush": 2.0, "fast": 2.0, "against": 1.0, "look": 1.0}
LEAST = 0.5  # That the curve is divided by at least.
NEAR = 0.5  # Share of the oddest cell's number, from which on others belong to it.


class Normal(NamedTuple):
    """What is normal: what is `Usual`, limits by measure, and that of the curve."""

    usual: Usual
    limits: dict
    limit: float


class Anomaly(NamedTuple):
    """How unusual a film is.

    `curve` is of each frame, float32 `(t,)`; `measures` likewise, by name, each divided by its
    limit. `box` is where it is most unusual, by the measure that adds most to the curve, float
    `(t, 4)`: left, top, width and height, as shares of the picture.
    """

    curve: np.ndarray
    measures: dict
    box: np.ndarray


class _Parted(NamedTuple):
    """Of windows: numbers by measure, `(n,)`, and the oddest cells by measure, `(n, 4)`."""

    whole: dict
    boxes: dict


def normal_of(films: Sequence[Watched]) -> Normal:
    """Returns what is `Normal` by some films.

    Args:
        films: list of `Watched`, of one camera.
    """
    whole = _joined(films)
    return Normal(usual_of(whole), *_limits(_held_out(whole).whole))


def anomaly(film: Watched, normal: Normal | None = None) -> Anomaly:
    """Returns how unusual a film is, an `Anomaly`.

    Args:
        film: `Watched`.
        normal: `Normal`; None for the film itself, each part of which is held against the others.
    """
    if normal is None:
        found = _held_out(film)
        limits, limit = _limits(found.whole)
    else:
        numbers = np.arange(len(film.luma))
        parts = np.array_split(numbers, -(-len(numbers) // MOST))
        found = _parted(film, [(part, normal.usual) for part in parts])
        limits, limit = normal.limits, normal.limit
    ratios = _ratios(found.whole, limits)
    weighed = _weighed(ratios)
    curve = (np.sqrt(np.sum(weighed, axis=0)) / limit).astype("float32")
    by = np.argmax(weighed, axis=0)
    boxes = np.stack(list(found.boxes.values()))[by, np.arange(len(by))]
    window = film.window
    measures = {name: values[window] for name, values in ratios.items()}
    return Anomaly(curve[window], measures, boxes[window])


def _joined(films):
    """Returns films as one, `Watched`; frames are of no film."""
    windows = (np.concatenate(each) for each in list(zip(*films))[1:])
    return Watched(np.zeros(0, int), *windows)


def _at(film, places):
    return Watched(film.window, *(each[places] for each in film[1:]))


def _held_out(film):
    """Returns what is `_Parted` of a film whose `PARTS` are each held against the others."""
    numbers = np.arange(len(film.luma))
    parts = np.array_split(numbers, min(PARTS, len(numbers)))
    others = [np.setdiff1d(numbers, part) for part in parts]
    others = others if len(parts) > 1 else parts  # There is nothing else to compare with.
    pairs = ((part, usual_of(_at(film, other))) for part, other in zip(parts, others))
    return _parted(film, pairs)


def _parted(film, pairs):
    """Returns what is `_Parted` of a film's parts, of pairs `(numbers of windows, Usual)`."""
    whole, boxes = {name: [] for name in FLOORS}, {name: [] for name in FLOORS}
    for places, usual in pairs:
        for name, score in unlike(_at(film, places), usual).items():
            whole[name].append(score.whole)
            boxes[name].append(oddest(score.cells))
    return _Parted(
        *({name: np.concatenate(each[name]) for name in FLOORS} for each in (whole, boxes))
    )


def _limits(whole):
    """Returns the limits of measures, and that of the curve."""
    limits = {
        name: max(float(np.percentile(_averaged(whole[name]), OFTEN)), floor)
        for name, floor in FLOORS.items()
    }
    weighed = _weighed(_ratios(whole, limits))
    limit = float(np.percentile(np.sqrt(np.sum(weighed, axis=0)), USUAL))
    return limits, max(limit, LEAST)


def _ratios(whole, limits):
    return {name: _averaged(whole[name]) / limits[name] for name in FLOORS}


def _weighed(ratios):
    """Returns the weighted square of each measure, in the order of `FLOORS`."""
    return [WEIGHTS[name] * values**2 for name, values in ratios.items()]


def _averaged(values):
    """Returns the mean of each window's number and those `AROUND` it, float32 `(n,)`."""
    reach = round(AROUND / WINDOW)
    sums = np.cumsum(np.pad(values.astype("float64"), (1, 0)))
    places = np.arange(len(values))
    begin, end = np.maximum(places - reach, 0), np.minimum(places + reach + 1, len(values))
    return ((sums[end] - sums[begin]) / (end - begin)).astype("float32")


def oddest(cells: np.ndarray) -> np.ndarray:
    """Returns the box around the oddest cells: left, top, width, height, float `(n, 4)`, as shares.

    Args:
        cells: float32 `(n, *CELLS)`, 0 or more.
    """
    most = cells.max((1, 2), keepdims=True)
    odd = cells >= np.maximum(NEAR * most, 1e-6)
    boxes = []
    for axis, count in ((1, CELLS[1]), (2, CELLS[0])):
        there = odd.any(axis)
        first, last = there.argmax(1), count - there[:, ::-1].argmax(1)
        empty = ~there.any(1)
        boxes.append((np.where(empty, 0, first) / count, np.where(empty, count, last) / count))
    (left, right), (top, bottom) = boxes
    return np.stack([left, top, right - left, bottom - top], axis=1)
