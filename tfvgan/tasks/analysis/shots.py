"""From probabilities to shots: where cuts are, which frames are of gradual transitions."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

CUT, GRADUAL = 0.2, 0.3  # Probabilities from which on there is one; films of known cuts chose them.
LEAST = 3  # Frames of a gradual transition.
GAP = 4  # Frames that are missing in one, at most.


class Transition(NamedTuple):
    """A transition, `kind` "cut" or "gradual".

    `begin` is the first frame of the new shot, or of what is gradual; `end` is the frame behind
    what is gradual, and of a cut its `begin`.
    """

    kind: str
    begin: int
    end: int


class Shot(NamedTuple):
    """A shot, from frame `begin` to the one before `end`."""

    begin: int
    end: int


def transitions(scores: np.ndarray, cut: float = CUT, gradual: float = GRADUAL) -> list[Transition]:
    """Returns the transitions of a film, in order.

    Of frames side by side that may all begin a shot, the likeliest does. Cuts within what is
    gradual, or at its ends, are of it.

    Args:
        scores: float `(t, 2)` in [0, 1], of a `Finder`.
        cut, gradual: probabilities from which on there is a cut, or a frame of a transition.
    """
    slow = [
        Transition("gradual", begin, end)
        for begin, end in runs(scores[:, 1] >= gradual, GAP)
        if end - begin >= LEAST
    ]
    cuts = []
    for begin, end in runs(scores[:, 0] >= cut):
        best = begin + int(np.argmax(scores[begin:end, 0]))
        if best and not any(each.begin <= best <= each.end for each in slow):
            cuts.append(Transition("cut", best, best))
    return sorted(slow + cuts, key=lambda each: each.begin)


def shots(found: Sequence[Transition], count: int) -> list[Shot]:
    """Returns the shots between transitions, which together are all frames of the film.

    What is gradual is parted in its middle.

    Args:
        found: list of `Transition`, in order.
        count: int, frames of the film.
    """
    places = sorted({(each.begin + each.end) // 2 for each in found} - {0, count})
    return [Shot(*pair) for pair in zip([0, *places], [*places, count])]


def runs(chosen: np.ndarray, gap: int = 0) -> list[tuple[int, int]]:
    """Returns the stretches that are chosen, as `(begin, end)`, `end` not among them.

    Args:
        chosen: bool `(t,)`.
        gap: int, stretches that are so far from each other, or less, are one.
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[False], chosen, [False]]).astype(np.int8)))
    found = []
    for begin, end in zip(edges[::2].tolist(), edges[1::2].tolist()):
        if found and begin - found[-1][1] <= gap:
            found[-1] = (found[-1][0], end)
        else:
            found.append((begin, end))
    return found
