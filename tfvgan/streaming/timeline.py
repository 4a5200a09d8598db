"""When frames and sounds of a file are due, from its first frame on, whatever its stamps do."""

from fractions import Fraction
from typing import NamedTuple

from tfvgan.data.pyav import LONGEST_FRAME

BACK = 1  # Second: what goes back by more begins anew; by less, it is a damaged stamp.
LEAST = Fraction(1, 1000)  # Seconds that a frame stays at least.


class Span(NamedTuple):
    """A stretch of a film whose stamps go on: from `begin` to `end`, `shift` above the time."""

    begin: Fraction
    end: Fraction
    shift: Fraction

    def holds(self, stamp):
        """Returns whether the stamp is in it, or nearly."""
        return self.begin - BACK <= stamp <= self.end + BACK


class Timeline:
    """Tells the times of frames by their stamps; they begin at 0 and grow.

    Where stamps jump, as in files put one behind the other, the next frame comes right behind.

    Args:
        step: Fraction, seconds to the second frame where its stamp does not say; later ones are
            as far from each other as those before them.

    Attributes:
        spans: list of `Span`, of the frames so far.
    """

    def __init__(self, step):
        self._step = step
        self.spans = []
        self._last = None

    def __call__(self, stamp):
        """Returns the time of the next frame, in seconds, of its stamp in seconds or None."""
        time = Fraction(0) if self._last is None else self._last + self._step
        if stamp is not None:
            time = self._of(stamp, time)
        self._last = time
        return time

    def _of(self, stamp, behind):
        """Returns the time of a stamp; `behind` where it begins a span."""
        if self.spans:
            begin, end, shift = self.spans[-1]
            step = stamp - shift - self._last
            if not jumps(step):
                self.spans[-1] = Span(begin, max(end, stamp), shift)
                step = max(step, LEAST)
                self._step = min(step, Fraction(BACK)) if step > LEAST else self._step
                return self._last + step
        self.spans.append(Span(stamp, stamp, stamp - behind))
        return behind

    def follower(self):
        """Returns a function from stamps of another stream, one after the other, to their times.

        Where they jump, they are taken to do so with the frames; where frames did not, they stay.
        """
        spans = self.spans or [Span(Fraction(0), Fraction(0), Fraction(0))]
        last, number = None, 0

        def time(stamp):
            nonlocal last, number
            if last is not None and jumps(stamp - last):
                ahead = stamp > last and spans[number].holds(stamp)  # It only was silent.
                later = [n for n in range(number + 1, len(spans)) if spans[n].holds(stamp)]
                number = number if ahead or not later else later[0]
            last = stamp
            return stamp - spans[number].shift

        return time


def jumps(step):
    """Returns whether two stamps, so many seconds apart, can't be of neighbours."""
    return not -BACK < step <= LONGEST_FRAME
