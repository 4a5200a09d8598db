"""Which videos of a library show what is in another."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from tfvgan.library.embedding import Vectors
from tfvgan.library.entry import VideoEntry
from tfvgan.library.match import LEAST, NEAR, Match, lasting, matches, similarity

AT_ONCE = 1 << 16  # Vectors of the library that are compared at once,
ROWS = 256  # with so many of a query.
ROUNDING = 1e-6  # of scores
ENOUGH = 8  # Videos that tell what windows that differ have in common,
ABOVE = 0.2  # so much above which is alike,
LIMITS = 0.55, 0.9  # within these.


class Hit(NamedTuple):
    """A video of a library: its `path`, the `score`, which is the share of the query that speaks
    for it, in [0, 1], and the stretches that both share, the best first."""

    path: str
    score: float
    matches: list[Match]


class Candidates:
    """The vectors of many videos, to tell quickly which may share anything with another.

    Args:
        videos: list of `Vectors`.
    """

    def __init__(self, videos: list[Vectors]):
        self.count = len(videos)
        self._filled = [n for n, video in enumerate(videos) if len(video.times)]
        self._blocks = list(_blocks([videos[n].numbers for n in self._filled]))

    def look(self, query: Vectors) -> tuple[np.ndarray, np.ndarray]:
        """Returns what is alike of each window, and how many seconds may speak for each video.

        The first, float32 `(n,)`, is the cosine above which a window speaks for a match. Where
        there are enough videos to tell, it is so much above what half of them reach: a window that
        is like everything says little. The second, float64 `(videos,)`, is the most that any
        alignment may come to: each window is held against the one of each video that is most
        similar.

        Args:
            query: of the video that is looked for.
        """
        lasts, most = lasting(query.times), np.zeros(self.count)
        near = np.full(len(query.times), NEAR, np.float32)
        for begin in range(0, len(near) if self._blocks else 0, ROWS):
            rows = slice(begin, begin + ROWS)
            best = self._best(query.numbers[rows])
            if len(self._filled) >= ENOUGH:
                near[rows] = np.clip(np.median(best, axis=1) + ABOVE, *LIMITS)
            above = (best - near[rows, None]) / (1 - near[rows, None])
            most[self._filled] += lasts[rows] @ np.maximum(above, 0)
        return near, most

    def _best(self, numbers):
        """Returns the cosine of what is most similar to each vector in each video that has any."""
        each = [
            np.maximum.reduceat(similarity(numbers, others), starts, axis=1)
            for others, starts in self._blocks
        ]
        return np.concatenate(each, axis=1)


def _blocks(numbers):
    """Yields vectors of several videos in one array each, and where each video begins in it."""
    held, starts, size = [], [], 0
    for each in numbers:
        if held and size + len(each) > AT_ONCE:
            yield np.concatenate(held), starts
            held, starts, size = [], [], 0
        held, starts, size = [*held, each], [*starts, size], size + len(each)
    if held:
        yield np.concatenate(held), starts


def find_hits(
    query: Vectors,
    entries: dict[str, VideoEntry],
    count: int,
    tell: Callable[[int, int], None] = lambda done, of: None,
) -> list[Hit]:
    """Returns the videos that share something with another, the best `Hit` first; exact.

    Args:
        query: of what is looked for.
        entries: of a library, by their paths.
        count: int, how many to return at most.
        tell: is called with how many candidates were looked at, and how many there are.
    """
    videos, seconds = [entry.vectors for entry in entries.values()], lasting(query.times).sum()
    paths, (near, most) = list(entries), Candidates(videos).look(query)
    hits, order = [], [int(n) for n in np.argsort(-most, kind="stable") if most[n] >= LEAST]
    for done, number in enumerate(order):
        if len(hits) >= count and most[number] < (hits[count - 1].score - ROUNDING) * seconds:
            break  # None of those that follow can be better.
        tell(done + 1, len(order))
        found = matches(query, videos[number], near)
        if found:
            evidence = sum(match.evidence for match in found)
            hits.append(Hit(paths[number], min(1.0, float(evidence / seconds)), found))
            hits.sort(key=lambda hit: -hit.score)
    return hits[:count]


def compared(
    videos: list[Vectors], tell: Callable[[int, int], None] = lambda done, of: None
) -> Iterator[tuple[int, int, list[Match]]]:
    """Yields two videos' numbers and what they share, for each pair that shares something.

    The first is the one with fewer windows.

    Args:
        videos: list of `Vectors`.
        tell: is called with how many videos were looked for, and how many there are.
    """
    candidates = Candidates(videos)
    size = [(len(video.times), number) for number, video in enumerate(videos)]
    for number, video in enumerate(videos):
        near, most = candidates.look(video)
        for other in np.flatnonzero(most >= LEAST):
            if size[number] < size[other] and (found := matches(video, videos[other], near)):
                yield number, int(other), found
        tell(number + 1, len(videos))
