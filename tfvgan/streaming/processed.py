"""A video and what was made of it frame by frame, read side by side."""

import os

import numpy as np

from tfvgan.data.errors import say_once
from tfvgan.data.opening import opened
from tfvgan.data.pyav import raw_frames
from tfvgan.data.stamps import with_next
from tfvgan.streaming.about import besides
from tfvgan.streaming.outputs import PIPE
from tfvgan.streaming.pictures import MOST
from tfvgan.streaming.sound import KEPT
from tfvgan.streaming.source import PIPED, Source

NAMES = {"audio": "sound", "subtitle": "subtitles"}  # Of the kinds in `KEPT`.


class Processed:
    """A processed video and, beside it, the original that it was made from frame by frame.

    Tools that go frame by frame lose much. Where sound or all of it was lost, or frames are images,
    the original says all that pixels don't.

    Args:
        path: of the processed video, as of `Source`.
        beside: of the original.
        deinterlace, partial: as of `Source`, for both. With `partial` either may have more frames.
        fps: as of `Source`, where the original is no file either.

    Attributes:
        source: `Source` of the processed video.
        original: `Source` of the original.
        film: that of the two whose times of frames, shape of pixels, sound and metadata are kept.
        waits: whether frames of either come through a pipe.
        look: `Look` of the processed frames, with the shape of the film's.

    Raises:
        ValueError: when both are one, or of different sizes, or lengths that differ by more than a
            frame; as `Source` does.
    """

    def __init__(
        self,
        path: str | os.PathLike,
        beside: str | os.PathLike,
        deinterlace: str = "auto",
        fps: float | None = None,
        partial: bool = False,
    ):
        _check_two(path, beside)
        self.source = Source(path, deinterlace, fps, partial)
        rate = fps if self.source.is_folder else None
        self.original = Source(beside, deinterlace, rate, partial)
        self.waits = self.source.piped or self.original.piped
        self._partial, self._told, self._stopped = partial, False, False
        self._names = [PIPED if each.piped else each.path for each in (self.source, self.original)]
        self._check_sizes()
        self._check_lengths()
        self._had, self._has = _tracks(self.original), _tracks(self.source)
        self.film = self._film()
        self.look = self.source.look._replace(aspect=self.film.look.aspect)

    def pictures(self, deep=False):
        """Yields `(frame, picture)`, as `tfvgan.streaming.pictures` does.

        The picture is uint8, or uint16 with `deep`, `(h, w, 6)`: the original, then the processed
        frame. `frame` is the processed one, at the time that the film says.

        Raises:
            ValueError: when the original ends two frames or more before the processed video.
        """
        others, done = self.original.frames(deep), 0
        for frame, behind in with_next(self.source.frames(deep)):
            other = next(others, None)
            if other is None:
                if behind is not None and not self._partial:
                    raise ValueError(
                        f"The original {self._names[1]} must have a frame for each of the "
                        f"processed {self._names[0]}, but has {done} frames alone: "
                        "`partial` (--partial) ends with it."
                    )
                self._tell("more", done)
                return
            if self.film is self.original:
                frame = frame._replace(time=other.time)
            yield frame, np.concatenate([other.rgb, frame.rgb], axis=-1)
            done += 1
        if next(others, None) is not None:
            count = self.original.count
            self._stopped = count is None or count > done + 1
            self._tell(done, count or "more")

    def tell(self):
        """Warns where sound is that of the original, for when a file is written that has it."""
        if not self._has_lost_tracks():
            return
        lost = f"{self._names[0]} has no {NAMES[sorted(self._had - self._has)[0]]}"
        lost = "Of a pipe the picture alone is read" if self.source.piped else lost
        say_once(
            f"{lost}: {' and '.join(NAMES[kind] for kind in sorted(self._had))}, metadata, times "
            f"of frames and shape of pixels are those of {self._names[1]}{_and_lost(self.source)}."
        )

    @property
    def until(self):
        """Returns the seconds at which the film's sound is to end; None where its own end is.

        It is for when `pictures` has yielded all.
        """
        cut = self._stopped and self.film is self.original
        return self.film.timeline.end if cut else None

    def _check_sizes(self):
        """Raises ValueError unless upright frames of both are of one size."""
        sizes = [f"{width}x{height}" for height, width in (self.source.size, self.original.size)]
        if sizes[0] != sizes[1]:
            raise ValueError(
                f"The original must be of the processed video's {sizes[0]} pixels, but "
                f"{self._names[1]} is of {sizes[1]}: bring it to that size first, such as by "
                f"FFmpeg's filter scale={sizes[0].replace('x', ':')}."
            )

    def _check_lengths(self):
        """Raises ValueError where it is known that frames can't belong together."""
        counts = [self.source.count, self.original.count]
        if None in counts or counts[0] == counts[1]:
            return
        if min(counts) >= MOST * max(counts):  # A decoder may leave out some that a file counts.
            counts = [
                sum(1 for _ in raw_frames(each.info)) for each in (self.source, self.original)
            ]
        if counts[0] == counts[1]:
            return
        if abs(counts[0] - counts[1]) > 1 and not self._partial:
            raise ValueError(
                f"Each frame must be made of one of the original, but {self._names[0]} has "
                f"{counts[0]} frames and {self._names[1]} {counts[1]}: process all frames, as "
                "FFmpeg hands them out with -fps_mode passthrough, or give the images that were "
                "processed as the original."
            )
        self._tell(*counts)

    def _tell(self, count, original):
        """Warns, once, that lengths differ."""
        if not self._told:
            say_once(
                f"{self._names[0]} has {count} frames and {self._names[1]} {original}: both are "
                "taken to begin together, and the rest is left out."
            )
        self._told = True

    def _film(self):
        """Returns the `Source` of all but pixels: the original, where its own was lost."""
        lost = self._has_lost_tracks() or (self.source.is_folder and not self.original.is_folder)
        return self.original if lost else self.source

    def _has_lost_tracks(self):
        """Returns whether the original alone has sound, or it alone has anything that is kept."""
        return "audio" in self._had - self._has or (self._had and not self._has)


def _check_two(path, beside):
    """Raises ValueError when the original and the processed video are one."""
    both = [os.fspath(path), os.fspath(beside)]
    if both == [PIPE, PIPE]:
        raise ValueError("One pipe can't bring two videos: name a file for the original.")
    if all(map(os.path.exists, both)) and os.path.samefile(*both):
        raise ValueError(
            f"`{path}` is given as the original and as what was made of it: name two videos."
        )


def _tracks(source):
    """Returns the kinds of tracks that can be kept of a source, a set."""
    if source.piped or source.is_folder:
        return set()
    with opened(source.path) as container:
        return {stream.type for stream in container.streams} & set(KEPT)


def _and_lost(source):
    """Returns a clause on what a source has beside its picture; "" for nothing."""
    if source.piped or source.is_folder:
        return ""
    with opened(source.path) as container:
        names = besides(container)
    return f"; of {source.path} its picture alone is kept (not {', '.join(names)})" if names else ""
