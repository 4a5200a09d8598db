"""A source, and beside each of its frames what is to be seen behind it: a picture, or a video."""

import os
from fractions import Fraction

import numpy as np

from tfvgan.data.colours import Reformatter, converted, scaling
from tfvgan.data.errors import say_once
from tfvgan.data.view import view
from tfvgan.streaming.pictures import Single
from tfvgan.streaming.source import Source


class Behind(Single):
    """A source that is read with a background.

    A picture stays. A video begins with the source, shows at each of its times what it shows then,
    and begins again where it ends. Its sound is left out. Both fill the source's frames, and what
    they are larger is cut off at both ends alike.

    Args:
        source: `Source`.
        path: of the background.
        fps, partial: as of `Source`, for the background.

    Raises:
        ValueError: as `Source` does.
    """

    def __init__(self, source, path, fps=None, partial=False):
        super().__init__(source)
        rate = fps if os.path.isdir(path) else None
        self.background = Source(path, fps=rate, partial=partial)

    def pictures(self, deep=False):
        """Yields `(frame, picture)`, as `tfvgan.streaming.pictures` does.

        The picture is uint8, or uint16 with `deep`, `(h, w, 6)`: the frame, then what is behind.
        """
        aspect = self.background.look.aspect / self.source.look.aspect
        behind, first = Rounds(self.background, self.source.size, aspect, deep), None
        for frame in self.source.frames(deep):
            first = frame.time if first is None else first
            yield frame, np.concatenate([frame.rgb, behind(frame.time - first)], axis=-1)


class Rounds:
    """Tells what a video shows at times that grow, round after round; it holds two frames.

    Args:
        source: `Source`; one of a single frame is a picture, which stays.
        size: `(height, width)` that frames are to have.
        aspect: Fraction, the width of one of its pixels by that of those of this size.
        deep: bool, whether frames are uint16.
    """

    def __init__(self, source, size, aspect=Fraction(1), deep=False):
        self._source, self._size, self._aspect, self._deep = source, size, float(aspect), deep
        self._kept, self._shown = Reformatter(), None
        self._frames = self._rounds()
        self._next = next(self._frames)

    def __call__(self, time):
        """Returns the frame at a time, seconds from the beginning, `(h, w, 3)`.

        Args:
            time: Fraction; none may be before one that was asked for.
        """
        due = None
        while self._next is not None and self._next[0] <= time:
            due, self._next = self._next, next(self._frames, None)
        if due is not None:
            self._shown = self._filling(due[2])
            if due[1]:
                say_once(f"{self._source.path} is shorter than the video: it begins again.")
        return self._shown

    def _rounds(self):
        """Yields `(time, round, rgb)` of each frame, without an end; of a picture once."""
        begin, number = Fraction(0), 0
        while True:
            first, last = None, None
            for frame in self._source.frames(self._deep):
                first, last = frame.time if first is None else first, frame.time
                self._tell_alpha(frame)
                yield begin + frame.time - first, number, frame.rgb
            if last == first:
                return
            begin, number = begin + self._source.timeline.end - first, number + 1

    def _tell_alpha(self, frame):
        if frame.alpha is not None:
            say_once(
                f"The background {self._source.path} is transparent in places, behind which there "
                "is nothing: its colours are taken as if it were not."
            )

    def _filling(self, rgb):
        """Returns a frame that fills the size, what is larger cut off."""
        import av

        height, width = rgb.shape[:2]
        part = view(height, width * self._aspect, self._size)
        if (height, width) != (part.height, part.width):
            kind = "rgb24" if rgb.dtype == np.uint8 else "rgb48le"
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(rgb), format=kind)
            sides = {"height": part.height, "width": part.width}
            frame = converted(frame, self._kept, format=kind, interpolation=scaling(), **sides)
            rgb = frame.to_ndarray()
        return part.cut(rgb)
