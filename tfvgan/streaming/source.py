"""Sources of frames: a file, images or a pipe, read upright and with times."""

import itertools
import os
import sys
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from tfvgan.data.colours import DEEP, Reformatter, depth_of, has_alpha, location_of, to_rgb
from tfvgan.data.deinterlacing import check_deinterlace, deinterlaced
from tfvgan.data.errors import CutOff, say_once
from tfvgan.data.hdr import others, static
from tfvgan.data.opening import open_input, opened
from tfvgan.data.orientation import orientation_of
from tfvgan.data.pyav import decoded, probe, raw_frames
from tfvgan.data.stamps import with_next
from tfvgan.data.streams import video_stream
from tfvgan.streaming.about import besides
from tfvgan.streaming.hearing import SoundStamps
from tfvgan.streaming.look import Look, look_of, tell_hdr
from tfvgan.streaming.outputs import PIPE
from tfvgan.streaming.timeline import Timeline
from tfvgan.streaming.unfinished import identity

PIPED = "standard input"  # What errors name it.


class Frame(NamedTuple):
    """A frame: `rgb` uint8 or uint16 `(h, w, 3)`, `alpha` uint8 `(h, w, 1)` or None, `time` in
    seconds."""

    rgb: np.ndarray
    alpha: np.ndarray | None
    time: Fraction


class Source:
    """A file, a folder of numbered images, or what comes through a pipe.

    Args:
        path: of a file or folder; "-" for standard input, in any format that can be read so, of
            which the picture alone is read.
        deinterlace: "auto" makes whole frames of those that say they are two moments woven; "yes"
            of all, "no" of none.
        fps: frames a second of a folder of images, which says none; None takes 25.
        partial: bool, whether to take what is there of a file that is cut off.

    Attributes:
        count: int, frames; None while nobody knows.
        fps: Fraction, frames a second, on average.
        tick: Fraction, seconds: times of frames are whole numbers of it; None where they are those
            of a constant rate.
        size: `(height, width)` of upright frames.
        look: `Look` of the frames.
        timeline: `Timeline` of the frames that `frames` has yielded.

    Raises:
        ValueError: when `deinterlace` is none of these, or `fps` is given of what has times.
        UnreadableVideo: when there is no video in it, or it is cut off and that is not to be.
    """

    def __init__(
        self,
        path: str | os.PathLike,
        deinterlace: str = "auto",
        fps: float | None = None,
        partial: bool = False,
    ):
        check_deinterlace(deinterlace)
        self.path, self.deinterlace = os.fspath(path), deinterlace
        self.piped = self.path == PIPE
        self.info = None if self.piped else _probed(self.path, partial)
        self.count, self.timeline, self._warned, self.tick = None, None, False, None
        if fps is not None and not self.is_folder:
            raise ValueError(
                f"`fps` (--fps) is for folders of images, but `{path}` is none: leave it out."
            )
        if self.piped:
            self._begin()
            return
        self.count, self.size = self.info.frames, (self.info.height, self.info.width)
        self._location = self.info.location
        self.fps = simple_rate(fps or self.info.fps)
        self.look = self._look()._replace(hdr=self.info.hdr)

    @property
    def is_folder(self) -> bool:
        """Whether the source is a folder of images."""
        return not self.piped and self.info.codec == "images"

    @property
    def identity(self) -> str:
        """Returns a text unique to this source; a pipe has none."""
        return identity(self.path)

    @property
    def settings(self) -> dict[str, str]:
        """Returns the settings that decide frames and times beside the file, a dict."""
        return {"deinterlace": self.deinterlace, "fps": str(self.fps)}

    def frames(self, deep: bool = False, size: tuple[int, int] | None = None) -> Iterator[Frame]:
        """Yields each `Frame`, all of the first one's size; times grow, behind sound that leads.

        Args:
            deep: bool, whether `rgb` is uint16, of 0 to 65535.
            size: `(height, width)` that upright frames are scaled to, whatever their aspect; None
                keeps theirs.
        """
        sound = None if self.piped or self.is_folder else SoundStamps(self.path)
        hearing = {"jumped": sound.jump, "heard": sound.begin} if sound else {}
        self.timeline = Timeline(1 / self.fps, say=self._tell, **hearing)
        whole, kept = deinterlaced(self._raw(), self.deinterlace), Reformatter(self._location)
        for number, (frame, behind) in enumerate(with_next(whole)):
            orientation = self._oriented(number, frame)
            stamps = (self._stamp(each) for each in (frame, behind))
            time = self.timeline(*stamps, self._length(frame))
            picture = to_rgb(frame, orientation.sides(*(size or self.size)), deep, kept)
            yield _framed(orientation.upright(picture), time)

    def thumbnails(self, size: tuple[int, int]) -> Iterator[np.ndarray]:
        """Yields the picture of each of `frames`, uint8 `(*size, 3)`: the means of areas.

        It costs less than `frames` in this size: nobody asks when each comes.

        Args:
            size: `(height, width)` of upright pictures, smaller than the frames.
        """
        kept = Reformatter(self._location)
        for number, frame in enumerate(deinterlaced(self._raw(), self.deinterlace)):
            orientation = self._oriented(number, frame)
            picture = to_rgb(frame, orientation.sides(*size), kept=kept, means=True)
            yield np.ascontiguousarray(orientation.upright(picture)[..., :3])

    def _oriented(self, number, frame):
        """Returns the `Orientation` of a frame of PyAV's; the first one is told of if it is HDR."""
        if not number:
            tell_hdr(others(frame), PIPED if self.piped else self.path)
        orientation = orientation_of(frame)
        there = orientation.sides(frame.height, frame.width)
        if self.is_folder and there != self.size:
            first = f"{self.size[1]}x{self.size[0]}"
            raise ValueError(
                f"The images in `{self.path}` must be of one size, but the first is of "
                f"{first} pixels and number {number + 1} of {there[1]}x{there[0]}."
            )
        return orientation

    def _stamp(self, frame):
        """Returns the time stamp of PyAV's frame in seconds, or None."""
        if self.is_folder or frame is None or frame.pts is None:
            return None
        return frame.pts * frame.time_base

    def _length(self, frame):
        """Returns the duration of PyAV's frame in seconds, or None."""
        if self.is_folder or not frame.duration or not frame.time_base:
            return None
        return frame.duration * frame.time_base

    def _tell(self, what, time):
        """Warns of the first change of the film's times."""
        name = PIPED if self.piped else self.path
        if not self._warned:
            say_once(f"{name}: at {float(time):.6g} seconds {what}; later ones are not told.")
        self._warned = True

    def _look(self):
        """Returns the `Look` of a file or folder."""
        import av

        if self.is_folder:
            form = av.VideoFormat(self.info.pixels)
            return Look(alpha=has_alpha(form), depth=max(depth_of(form), DEEP))
        with opened(self.path) as container:
            stream = container.streams.video[self.info.stream]
            self.tick = stream.time_base
            return look_of(stream, self.info.orientation)

    def _begin(self):
        """Opens the pipe, and reads its size, rate and look."""
        self._container = open_input(sys.stdin.buffer, PIPED)
        self._stream = video_stream(PIPED, self._container)
        frames = decoded(PIPED, self._container, self._stream)
        first = next(frames)
        self._frames = itertools.chain([first], frames)
        orientation = orientation_of(first)  # Only frames say it, and of what is upright is told.
        self.fps = simple_rate(self._stream.average_rate or 25)
        self.tick = self._stream.time_base
        self.size = orientation.sides(first.height, first.width)
        self.look = look_of(self._stream, orientation)._replace(hdr=static(first))
        self._location = location_of(first, self._stream.codec_context.name)
        if names := besides(self._container):
            names = ", ".join(names)
            say_once(
                f"Beside its picture, what comes through a pipe is left out ({names}): name a file."
            )

    def _raw(self):
        """Yields the frames as PyAV has them."""
        if not self.piped:
            yield from raw_frames(self.info)
            return
        with self._container:
            yield from self._frames


def simple_rate(fps):
    """Returns frames a second as a fraction of small numbers."""
    fps = Fraction(fps)
    return fps.limit_denominator(1001) if fps > 1 else 1 / (1 / fps).limit_denominator(1001)


def _framed(picture, time):
    """Returns a picture, `(h, w, 3)` or `(h, w, 4)`, as a `Frame`."""
    alpha = picture[..., 3:] if picture.shape[-1] == 4 else None
    if alpha is not None and (alpha == 255).all():
        alpha = None
    alpha = alpha if alpha is None else np.ascontiguousarray(alpha)
    return Frame(np.ascontiguousarray(picture[..., :3]), alpha, time)


def _probed(path, partial):
    """Returns the `VideoInfo` of a file or folder; an error says how to take a part."""
    try:
        return probe(path, partial)
    except CutOff as error:
        if partial:
            raise
        way = "`partial` (--partial) takes what is there"
        raise CutOff(path, f"{error.reason}; {way}") from None
