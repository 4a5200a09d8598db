"""Stretches that come again, in another shot: hashes of thumbnails that are nearly equal in order.

Source of the hash: difference hash, Krawetz 2013, "Kind of like that".
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

STEP = 0.5  # Seconds from one hash to the next.
LEAST = 2.0  # Seconds of a stretch.
DIFFERENT = 6  # Bits of 64 by which equal pictures differ, at most.
PLAIN = 24.0  # Levels between a picture's darkest and brightest place, below which it is plain.
MOST = 8000  # Hashes of a film; of a longer one fewer a second are taken.
SIZE = (8, 9)  # Pixels of what is hashed.


class Repeat(NamedTuple):
    """A stretch from `begin` to `end` that comes again from `again` on, in seconds."""

    begin: float
    end: float
    again: float


def picture_hash(grid: np.ndarray) -> np.ndarray | None:
    """Returns the hash of a picture, bool `(64,)`; None of one that is too plain.

    Args:
        grid: float `(8, 9)`, luma in levels.
    """
    if np.ptp(grid) < PLAIN:
        return None
    return (grid[:, 1:] > grid[:, :-1]).ravel()


def repeats(
    hashes: Sequence[np.ndarray | None], times: Sequence[float], shots: Sequence[int]
) -> list[Repeat]:
    """Returns what comes again in another shot, the longest first; nothing is in two of them.

    Args:
        hashes: list of `picture_hash`, one each `STEP` or so.
        times: seconds of each.
        shots: number of the shot that each is in.
    """
    every = -(-len(hashes) // MOST) or 1
    known = [number for number in range(0, len(hashes), every) if hashes[number] is not None]
    if not known:
        return []
    signs = np.where([hashes[number] for number in known], 1.0, -1.0).astype("float32")
    shot, time = (np.array([of[number] for number in known]) for of in (shots, times))
    follows = np.append(False, np.diff(known) == every)
    step = STEP if len(times) < 2 else every * float(np.median(np.diff(times)))
    taken, made = np.zeros(len(known), bool), []
    for length, first, again in sorted(_runs(signs, shot, follows), reverse=True):
        stretch = slice(again, again + length)
        if length * step < LEAST or taken[stretch].any():
            continue
        taken[stretch] = True
        end = time[first + length - 1] + step
        made.append(Repeat(float(time[first]), float(end), float(time[again])))
    return made


def _runs(signs, shot, follows):
    """Yields `(length, first, again)` of stretches that look alike in two shots, in order.

    Of those that end at one place the longest is taken.

    Args:
        signs: float32 `(n, 64)`, 1 and -1.
        shot: int `(n,)`.
        follows: bool `(n,)`, whether a place is the moment after the one before.
    """
    count = len(signs)
    lengths = np.zeros(count, int)  # Of the runs that end with the place before, and with each.
    for place in range(count + 1):
        now = np.zeros(count, int)
        if place < count:
            alike = signs @ signs[place] >= signs.shape[1] - 2 * DIFFERENT
            alike &= shot[place] < shot
            before = np.append(0, lengths[:-1]) * (follows & follows[place])
            now = np.where(alike, before + 1, 0)
        goes_on = np.append(now[1:] > 1, False)
        ended = np.where(goes_on, 0, lengths)
        best = int(np.argmax(ended))
        if ended[best]:
            length = int(ended[best])
            yield length, place - length, best - length + 1
        lengths = now
