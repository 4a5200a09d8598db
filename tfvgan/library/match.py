"""Where two videos show the same: from where to where in each, and how fast.

What is shown again lies on a line: a second of the one is an offset and a speed times a second of
the other. Pairs of windows that are alike vote for lines, as in Hough's transform (Duda and Hart,
1972). The best are fitted again to the pairs near them, and the stretch that fits best is a match.

Two people before the same wall are alike in all their windows, but do not move at the same moments.
So a match counts as far as both change together: by the correlation of their vectors, each less its
mean over the stretch. Where nothing changes, as in a still, it counts as it is.
"""

from typing import NamedTuple

import numpy as np

from tfvgan.library.embedding import Vectors
from tfvgan.library.windows import FRAMES, LENGTH, RATE

NEAR = 0.6  # The cosine above which two windows speak for each other; below it, against.
LEAST = 0.5  # Seconds of windows that are the same that must speak for a match, all in all.
SPEEDS = 1.04 ** np.arange(-19.0, 20.0)  # From half as fast to twice.
SLOWEST, FASTEST = 0.45, 2.2
VOTES = 16  # Windows of the other video that one votes for.
AT_ONCE = 512  # Windows whose votes are counted at once.
BIN = 0.5  # Seconds between offsets that are told apart by votes.
LINES = 6  # that are looked at closely,
ROUNDS = 6  # so often fitted again,
WITHIN = 1.0  # to what is so many seconds near.
SPREAD = 1.5  # Seconds that must lie between what tells a speed.
REACH = 0.51  # Seconds from the line to the windows that it is judged by.
GAP = -0.05  # What speaks for a match where the other video shows nothing,
OUTSIDE = -4.0  # or has ended.
SIMPLE = 0.97  # Share of the best that the same speed needs to be preferred.
MOST = 8  # Matches of two videos.
TRIES = 16  # Stretches that are looked at for them.
CHANGE = 0.003  # Mean square of what vectors of length 1 change by, below which little is change.
ENOUGH = 0.5  # The correlation from which on changes are the same.
FEW = 3  # Windows from which on there is a correlation.
WINDOW = FRAMES / RATE  # seconds


class Match(NamedTuple):
    """A stretch that two videos share.

    `begin` to `end` are seconds in the one, `start` to `stop` in the other; `speed` is how many
    seconds of the other are a second of the one: 2 where the one is twice as fast. `score` is the
    mean cosine of what is alike, `evidence` the seconds that speak for it, and `alike` the seconds
    of the one whose windows are alike. `together` is the share that `evidence` was multiplied with
    since both do not change together, in [0, 1]: see `changes_together`.
    """

    begin: float
    end: float
    start: float
    stop: float
    speed: float
    score: float
    evidence: float
    alike: float
    together: float = 1.0


def matches(one: Vectors, other: Vectors, near: np.ndarray | float = NEAR) -> list[Match]:
    """Returns the stretches that two videos share, the best first; they share no window of `one`.

    Args:
        one: of a video, of any hop.
        other: of another.
        near: float32 `(n,)`, or a number: the cosine above which a window of the other speaks for
            a match with each of the one; below it, against.
    """
    if not len(one.times) or not len(other.times):
        return []
    near = np.broadcast_to(np.asarray(near, np.float32), one.times.shape)
    pair, found = _Pair(one, other, near), []
    for _ in range(TRIES):
        if len(found) == MOST or (best := pair.best()) is None:
            break
        if best.evidence >= LEAST:
            found.append(best)
        pair.leave(best.begin, best.end)
    return sorted(found, key=lambda match: -match.evidence)


def similarity(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Returns the cosines between vectors, float32 `(n, m)`.

    Args:
        one, other: int8 `(n, 64)` and `(m, 64)`.
    """
    return one.astype(np.float32) @ other.astype(np.float32).T / LENGTH**2


def changes_together(one: np.ndarray, other: np.ndarray) -> float:
    """Returns whether two videos change at the same moments, in [0, 1].

    It is the correlation of both, by `ENOUGH`; and nearer to 1 the less they change.

    Args:
        one: float32 `(n, 64)`, vectors of length 1 or less, in the order of time.
        other: likewise, of the same moments.
    """
    if len(one) < FEW:
        return 1.0
    one, other = one - one.mean(0), other - other.mean(0)
    squares = np.square(one).sum(1).mean(), np.square(other).sum(1).mean()
    correlation = (one * other).sum(1).mean() / max(np.sqrt(squares[0] * squares[1]), 1e-9)
    changing = np.mean(squares) / (np.mean(squares) + CHANGE)
    return float(1 - changing + changing * np.clip(correlation / ENOUGH, 0, 1))


def lasting(times: np.ndarray) -> np.ndarray:
    """Returns the seconds that each window stands for, up to half of one, float32 `(n,)`.

    Args:
        times: float32 `(n,)`, that windows begin at.
    """
    return np.minimum(np.diff(times, append=times[-1:] + WINDOW), WINDOW)


class _Votes(NamedTuple):
    """Pairs of windows that are alike: rows of the one, times of both, what they speak for."""

    rows: np.ndarray
    times: np.ndarray
    others: np.ndarray
    weights: np.ndarray

    def where(self, chosen):
        return _Votes(*(part[chosen] for part in self))


class _Pair:
    """Two videos, of one of which less and less is left to be matched."""

    def __init__(self, one, other, near):
        self.one, self.other, self.near = one, other, near
        self.lasts = lasting(one.times)
        self.left = np.ones(len(one.times), bool)
        self.votes = self._votes()

    def leave(self, begin, end):
        """Takes away what lies between two seconds of the one."""
        self.left &= (self.one.times < begin - 1e-3) | (self.one.times > end - 1e-3)
        self.votes = self.votes.where(self.left[self.votes.rows])

    def best(self):
        """Returns the best `Match` of what is left, or None."""
        if not len(self.votes.rows):
            return None
        lines = [self._fitted(line) for line in self._lines()]
        lines += [self._fitted((line[0], 1.0), free=False) for line in lines]
        found = [(*self._stretch(line), line) for line in lines]
        sums = [each[0] * (1 if each[-1][1] == 1 else SIMPLE) for each in found]
        evidence, first, last, along, line = found[int(np.argmax(sums))]
        return self._match(evidence, first, last, along, line) if evidence >= LEAST else None

    def _match(self, evidence, first, last, along, line):
        """Returns the `Match` of the rows from the first to the last along a line."""
        begin, end = float(self.one.times[first]), float(self.one.times[last]) + WINDOW
        seen = along[first : last + 1]
        near = seen > self.near[first : last + 1]
        start, stop = (self._at(line, second) for second in (begin, end))
        together = self._together(line, first, last)
        return Match(
            begin=begin,
            end=end,
            start=max(0.0, float(start)),
            stop=float(stop),
            speed=float(line[1]),
            score=float(seen[near].mean()),
            evidence=float(evidence * together),
            alike=float(self.lasts[first : last + 1][near].sum()),
            together=together,
        )

    def _together(self, line, first, last):
        """Returns what `changes_together` says of the rows from the first to the last; the other's
        vectors between two of its windows are a mix of both."""
        rows, times = slice(first, last + 1), self.other.times
        if len(times) < 2:
            return 1.0
        wanted = np.clip(self._at(line, self.one.times[rows]), times[0], times[-1])
        after = np.clip(np.searchsorted(times, wanted), 1, len(times) - 1)
        share = (wanted - times[after - 1]) / np.maximum(times[after] - times[after - 1], 1e-6)
        before, then = (self.other.numbers[places] / LENGTH for places in (after - 1, after))
        there = before + share[:, None] * (then - before)
        return changes_together(self.one.numbers[rows] / LENGTH, there)

    def _votes(self):
        """Returns the `_Votes` of each window for those most like it."""
        count, parts = min(VOTES, len(self.other.times)), []
        for begin in range(0, len(self.one.times), AT_ONCE):
            alike = similarity(self.one.numbers[begin : begin + AT_ONCE], self.other.numbers)
            near = self.near[begin : begin + AT_ONCE, None]
            places = np.argpartition(-alike, count - 1, axis=1)[:, :count]
            rows, weights = np.arange(len(alike))[:, None], np.take_along_axis(alike, places, 1)
            rows, places, weights = (
                part[weights > near]
                for part in (np.broadcast_to(rows, places.shape), places, weights)
            )
            rows = rows + begin
            weights = (weights - self.near[rows]) * self.lasts[rows]
            parts.append((rows, self.one.times[rows], self.other.times[places], weights))
        return _Votes(*(np.concatenate(part) for part in zip(*parts)))

    def _lines(self):
        """Returns the lines with the most votes, each by its offset at 0 and its speed."""
        votes = self.votes
        middle = np.average(votes.times, weights=votes.weights)
        offsets = votes.others - SPEEDS[:, None] * (votes.times - middle)
        least = offsets.min()
        bins = np.round((offsets - least) / BIN).astype(int)
        width = bins.max() + 3
        places = bins + 1 + width * np.arange(len(SPEEDS))[:, None]
        weights = np.broadcast_to(votes.weights, places.shape)
        counts = np.bincount(places.ravel(), weights.ravel(), width * len(SPEEDS))
        counts = counts.reshape(len(SPEEDS), width)
        counts[:, 1:-1] += (counts[:, :-2] + counts[:, 2:]) / 2
        lines = []
        while len(lines) < LINES and counts.max() > 0:
            speed, place = np.unravel_index(counts.argmax(), counts.shape)
            offset = least + (place - 1) * BIN - SPEEDS[speed] * middle
            lines.append((float(offset), float(SPEEDS[speed])))
            counts[max(0, speed - 3) : speed + 4, max(0, place - 2) : place + 3] = 0
        return lines

    def _fitted(self, line, free=True):
        """Returns a line that is fitted to the votes near it; only its offset if it is not free."""
        for _ in range(ROUNDS):
            near = self.votes.where(
                abs(self.votes.others - self._at(line, self.votes.times)) < WITHIN
            )
            if not len(near.rows):
                break
            centre = np.average(near.times, weights=near.weights)
            level, speed = np.average(near.others, weights=near.weights), line[1]
            if free and np.ptp(near.times) >= SPREAD:
                apart = near.times - centre
                speed = (near.weights * apart * (near.others - level)).sum()
                speed = speed / (near.weights * apart**2).sum()
                speed = min(max(speed, SLOWEST), FASTEST)
            line = (level - speed * centre, speed)
        return line

    def _stretch(self, line):
        """Returns what speaks for the best stretch along a line, its first and last row, and the
        cosines along the line."""
        along, inside = self._along(line)
        gains = np.where(
            np.isfinite(along),
            (along - self.near) / (1 - self.near),
            np.where(inside, GAP, OUTSIDE),
        )
        gains = np.where(self.left, gains, OUTSIDE * 1e3) * self.lasts
        sums = np.concatenate([[0], np.cumsum(gains)])
        lowest = np.minimum.accumulate(sums[:-1])
        last = int(np.argmax(sums[1:] - lowest))
        first = int(np.argmin(sums[: last + 1]))
        return float(sums[last + 1] - sums[first]), first, last, along

    def _along(self, line):
        """Returns the cosines along a line, NaN where the other has no window, and whether the
        line is inside the other there."""
        wanted, times = self._at(line, self.one.times), self.other.times
        after = np.searchsorted(times, wanted)
        best = np.full(len(wanted), np.nan, np.float32)
        for places in (np.maximum(after - 1, 0), np.minimum(after, len(times) - 1)):
            numbers = self.other.numbers[places].astype(np.float32)
            alike = (self.one.numbers.astype(np.float32) * numbers).sum(axis=1) / LENGTH**2
            best = np.fmax(best, np.where(abs(times[places] - wanted) <= REACH, alike, np.nan))
        return best, (wanted > times[0] - REACH) & (wanted < times[-1] + REACH)

    @staticmethod
    def _at(line, seconds):
        """Returns the seconds of the other that a line leads to."""
        return line[0] + line[1] * seconds
