"""Stretches of a film as a film of their own, with their sound."""

import tempfile
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np

from tfvgan.data.colours import DEEP, YUV420
from tfvgan.streaming.about import NOTHING
from tfvgan.streaming.attached import Beside
from tfvgan.streaming.encoders import encoder, writable_look
from tfvgan.streaming.joining import check_held, join
from tfvgan.streaming.sink import EncodedFile, format_of
from tfvgan.streaming.source import Source
from tfvgan.streaming.timeline import Timeline

NEVER = Fraction(-(10**6))  # Seconds: what comes so early is left out.


class Moved:
    """The times of a film's stretches, put one behind the other.

    Args:
        timeline: `Timeline` of the film.
        stretches: list of `(begin, end)`, seconds of the film as `Fraction`, in order.
    """

    def __init__(self, timeline: Timeline, stretches: Sequence[tuple[Fraction, Fraction]]):
        self.timeline, self.stretches = timeline, stretches

    @property
    def length(self) -> Fraction:
        """Returns the seconds of all stretches."""
        return sum((end - begin for begin, end in self.stretches), Fraction(0))

    def __call__(self, time: Fraction) -> Fraction:
        """Returns the new time of one of the film's; `NEVER` of what is in no stretch."""
        before = Fraction(0)
        for begin, end in self.stretches:
            if begin <= time < end:
                return time - begin + before
            before += end - begin
        return NEVER

    def follower(self) -> Callable[[Fraction], Fraction]:
        """Returns a function from stamps of another stream to new times, as `Timeline` does."""
        follow = self.timeline.follower()
        return lambda stamp: self(follow(stamp))


class Excerpts:
    """Writes films that are stretches of another, all in one look at it.

    Pictures are encoded anew, at their own times; sound and subtitles are copied, and encoded anew
    or left out where a file can't hold them, as a warning says.

    Args:
        source: `Source`; its sound is kept, unless it is a pipe or a folder of images.
        codec, crf: FFmpeg's encoder and its quality; as of `tfvgan.streaming.process`.
        ending: of the files, such as ".mp4".

    Raises:
        ValueError: when there is no such encoder, or such a file can't hold the frames.
    """

    def __init__(
        self, source: Source, codec: str | None = None, crf: float | None = None, ending=".mp4"
    ):
        self.source = source
        self._heard = None if source.piped or source.is_folder else source.path
        named, out = codec is not None, f"x{ending}"
        look = source.look if named else source.look._replace(chroma=YUV420)
        codec = encoder(codec, out, crf, look.depth)
        look = writable_look(look, codec, format_of(out))
        self._how = {"codec": codec, "crf": crf, "fps": source.fps, "look": look}
        check_held(out, self._heard, source.size, NOTHING, **self._how)

    def write(
        self,
        films: Iterable[tuple[Path, Sequence[tuple[int, int]]]],
        progress: Callable[[int, int | None], object] = lambda done, count: None,
    ) -> None:
        """Writes films.

        Args:
            films: pairs of a path and its stretches, `(begin, end)` by the numbers of frames, `end`
                not among them, in order; a frame may be in one film alone.
            progress: function of the frames that were read, and of all.
        """
        films = list(films)
        with tempfile.TemporaryDirectory(dir=films[0][0].parent, prefix=".parts-") as folder:
            parts = [Path(folder, f"{number}") for number in range(len(films))]
            times = self._write_pictures([each for _, each in films], parts, progress)
            for (path, stretches), part in zip(films, parts):
                seconds = [(times[begin], times[end]) for begin, end in stretches]
                moved = Moved(self.source.timeline, seconds)
                beside = Beside(self._heard, moved) if self._heard else None
                look, fps = self._how["look"], self._how["fps"]
                film = NOTHING._replace(end=moved.length)
                join([part], beside, path, None, look, film, fps, until=float(moved.length))

    def _write_pictures(self, films, parts, progress):
        """Returns the times of all frames, and the end; each film's pictures are in its part.

        Args:
            films: list of the stretches of each.
            parts: paths.
            progress: as of `write`.
        """
        deep, times, sinks = self._how["look"].depth > DEEP, [], {}
        film_of = np.full(max(stretches[-1][1] for stretches in films) + 1, -1)
        for number, stretches in enumerate(films):
            for begin, end in stretches:
                film_of[begin:end] = number
        begins = {begin for stretches in films for begin, _ in stretches}
        shifts, lasts = {}, {stretches[-1][1] - 1 for stretches in films}
        for place, frame in enumerate(self.source.frames(deep)):
            times.append(frame.time)
            number = int(film_of[min(place, len(film_of) - 1)])
            if number >= 0:
                if place in begins:
                    before = [
                        times[end] - times[begin] for begin, end in films[number] if end <= place
                    ]
                    shifts[number] = sum(before, Fraction(0)) - frame.time
                if number not in sinks:
                    sinks[number] = EncodedFile(parts[number], **self._how)
                sinks[number].write(frame.rgb, frame.alpha, frame.time + shifts[number])
                if place in lasts:
                    sinks.pop(number).close()
            progress(place + 1, self.source.count)
        for sink in sinks.values():  # A file may give a frame less when it is read again.
            sink.close()
        return [*times, self.source.timeline.end]
