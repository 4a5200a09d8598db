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

    def most(self, query: Vectors) -> np.ndarray:
        """Returns how many seconds may speak for each video, at most; float64 `(videos,)`.

        No alignment is asked for: each window of the query is held against the most similar one
        of each video.

        Args:
            query: of the video that is looked for.
        """
        lasts, sums = lasting(query.times), []
        for numbers, starts in self._blocks:
            sums.append(np.zeros(len(starts)))
            for begin in range(0, len(query.times), ROWS):
                rows = slice(begin, begin + ROWS)
                alike = similarity(query.numbers[rows], numbers)
                best = np.maximum.reduceat(alike, starts, axis=1)
                sums[-1] += lasts[rows] @ np.maximum(best - NEAR, 0) / (1 - NEAR)
        most = np.zeros(self.count)
        most[self._filled] = np.concatenate([*sums, np.empty(0)])
        return most


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
    most, paths = Candidates(videos).most(query), list(entries)
    hits, order = [], [int(n) for n in np.argsort(-most, kind="stable") if most[n] >= LEAST]
    for done, number in enumerate(order):
        if len(hits) >= count and most[number] < (hits[count - 1].score - ROUNDING) * seconds:
            break  # None of those that follow can be better.
        tell(done + 1, len(order))
        found = matches(query, videos[number])
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
        most = candidates.most(video) if len(video.times) else np.zeros(len(videos))
        for other in np.flatnonzero(most >= LEAST):
            if size[number] < size[other] and (found := matches(video, videos[other])):
                yield number, int(other), found
        tell(number + 1, len(videos))
