"""Videos that are copies of one another, in groups; excerpts, and those that share a part."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from tfvgan.library.embedding import Vectors
from tfvgan.library.find import compared
from tfvgan.library.match import Match, lasting

MOST = 0.8  # Share of the shorter that is found, in a copy and in an excerpt,
HALF = 0.5  # and of the longer, in a copy.
SURE = 0.4  # Of each second that copies and excerpts share, what speaks for it.
TOGETHER = 0.5  # Of a match: below it both only look alike, as two people before one wall do.
KINDS = ("copy", "excerpt", "part")


class Relation(NamedTuple):
    """What two videos of a list share: the numbers of the shorter and the longer one; `kind`,
    "copy" where nearly all of the shorter is most of the longer, "excerpt" where nearly all of it
    is less of the longer, else "part", as where what they share is hardly alike; the shares of
    both, in [0, 1]; and the stretches."""

    shorter: int
    longer: int
    kind: str
    shares: tuple[float, float]
    matches: list[Match]


def relations(
    videos: list[Vectors], tell: Callable[[int, int], None] = lambda done, of: None
) -> list[Relation]:
    """Returns the `Relation` of each two videos that share something.

    Args:
        videos: list of `Vectors`.
        tell: as of `tfvgan.library.find.compared`.
    """
    found = []
    for shorter, longer, matched in compared(videos, tell):
        if matched := [match for match in matched if match.together >= TOGETHER]:
            found.append(_relation(videos, shorter, longer, matched))
    return found


def grouped(count: int, related: list[Relation]) -> list[list[int]]:
    """Returns the groups of two videos or more that copies lead from one to the other in.

    Args:
        count: int, how many videos there are.
        related: of `relations`.
    """
    root = list(range(count))

    def top(number):
        while root[number] != number:
            root[number] = number = root[root[number]]
        return number

    for relation in related:
        if relation.kind == "copy":
            root[top(relation.shorter)] = top(relation.longer)
    groups = {}
    for number in range(count):
        groups.setdefault(top(number), []).append(number)
    return [group for group in groups.values() if len(group) > 1]


def _relation(videos, shorter, longer, found):
    spans = [(match.begin, match.end) for match in found]
    others = [(match.start, match.stop) for match in found]
    shares = (
        covered_share(videos[shorter].times, spans),
        covered_share(videos[longer].times, others),
    )
    evidence = sum(match.evidence for match in found)
    if shares[0] < MOST or evidence < SURE * sum(match.alike for match in found):
        kind = "part"
    else:
        kind = "copy" if shares[1] >= HALF else "excerpt"
    return Relation(shorter, longer, kind, shares, found)


def covered_share(times: np.ndarray, spans: list[tuple[float, float]]) -> float:
    """Returns the share of a video that lies in spans of seconds, in [0, 1].

    Args:
        times: float32 `(n,)`, of its windows.
        spans: pairs of their first and last second.
    """
    middle = times + lasting(times) / 2
    inside = np.zeros(len(times), bool)
    for begin, end in spans:
        inside |= (middle >= begin) & (middle <= end)
    return float(lasting(times)[inside].sum() / lasting(times).sum())
