"""Times of a file's frames and sound, from its first frame on, for stamps that may jump."""

from fractions import Fraction
from typing import NamedTuple

from tfvgan.data.stamps import BACK, LONGEST_FRAME, LONGEST_STAND, is_stray, jumps

LEAST = Fraction(1, 1000)  # Seconds that a frame stays at least.
SAME = Fraction(1, 200)  # Seconds: lengths that differ by less are the same but for rounding.
PREROLL = Fraction(1, 10)  # Second of sound before the first frame, which its decoder may need.


class Span(NamedTuple):
    """A stretch of a film whose stamps go on: from `begin` to `end`, `shift` above the time."""

    begin: Fraction
    end: Fraction
    shift: Fraction

    def holds(self, stamp):
        """Returns whether the stamp lies in the stretch, or nearly."""
        return self.begin - BACK <= stamp <= self.end + BACK


class Timeline:
    """Tells the times of frames by their stamps; they grow, and begin at 0 or where sound is heard.

    Where stamps jump, as in files put one behind the other, the next frame comes right behind. What
    only goes far ahead is a picture that stands, unless `jumped` says that all else jumps with it.

    Args:
        step: Fraction, seconds to the second frame where its stamp does not say; later ones are
            as far from each other as those before them.
        jumped: function that is asked of two stamps whether the film jumps from one to the other.
        say: function that is called with what was changed, and the time in seconds.
        heard: Fraction, the stamp at which sound begins; that which is heard before the picture is
            part of the film. None for no sound.

    Attributes:
        spans: list of `Span`, of the frames so far.
        last: Fraction, when the last of them comes; None while there is none.
    """

    def __init__(
        self, step, jumped=lambda begin, end: False, say=lambda what, time: None, heard=None
    ):
        self._step, self._jumped, self._say, self._heard = step, jumped, say, heard
        self.spans = []
        self.last, self._length, self._trusted = None, None, True

    def __call__(self, stamp, behind=None, length=None):
        """Returns the time of the next frame, in seconds.

        Args:
            stamp: Fraction, what the frame says, in seconds; or None.
            behind: that of the frame behind it, if it is known.
            length: Fraction, how long the frame is said to stay; or None.
        """
        time = self._lead(stamp) if self.last is None else self.last + self._step
        if stamp is not None:
            time = self._of(stamp, behind, time)
        if self._length is not None and self.last is not None:
            self._trusted = abs(self.last + self._length - time) < SAME
        self.last, self._length = time, length
        return time

    @property
    def end(self):
        """Returns the end of the last frame, in seconds; None without frames.

        What it says is taken for true if the one before it said the truth, or said nothing.
        """
        if self.last is None:
            return None
        trusted = self._length is not None and self._trusted and 0 < self._length <= LONGEST_STAND
        return self.last + (self._length if trusted else self._step)

    def _lead(self, stamp):
        """Returns the seconds of sound before the first frame, whose stamp may be None."""
        if stamp is None or self._heard is None or stamp - self._heard <= PREROLL:
            return Fraction(0)
        if stamp - self._heard > LONGEST_FRAME:
            self._say(
                f"{float(stamp - self._heard):.6g} seconds of sound before it are left out", 0
            )
            return Fraction(0)
        return stamp - self._heard

    def _of(self, stamp, behind, next_time):
        """Returns the time of a stamp; `next_time` where it begins a span, or says nothing."""
        if self.spans:
            begin, end, shift = self.spans[-1]
            before = self.last + shift
            if behind is not None and is_stray(before, stamp, behind):
                self._say("a damaged time stamp was left out", next_time)
                return next_time
            step = stamp - before
            stands = jumps(step) and 0 < step <= LONGEST_STAND and not self._jumped(before, stamp)
            if stands or not jumps(step):
                self.spans[-1] = Span(begin, max(end, stamp), shift)
                step = max(step, LEAST)
                self._step = min(step, Fraction(BACK)) if step > LEAST else self._step
                return self.last + step
            self._say(
                f"a jump of {float(step):.6g} seconds in its time stamps was left out", next_time
            )
        self.spans.append(Span(stamp, stamp, stamp - next_time))
        return next_time

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
