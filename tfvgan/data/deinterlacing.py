"""Interlaced films, whose frames are two moments woven: made whole ones by FFmpeg's bwdif."""

from collections import deque
from fractions import Fraction

from tfvgan.data.errors import say_once

MODES = ("auto", "no", "yes")
LEAST_WOVEN = 16  # Pixels of a side: bwdif takes no planes of a few lines.


def check_deinterlace(mode):
    """Raises ValueError when the mode is none of `MODES`."""
    if mode not in MODES:
        raise ValueError(f"`deinterlace` must be one of {', '.join(MODES)}, but is {mode!r}.")


def is_deinterlaced(flagged, mode):
    """Returns whether a film is deinterlaced, of which frames say that they are interlaced or not.

    Args:
        flagged: bool, whether they do.
        mode: "auto", where they do; "no"; or "yes", in any case.
    """
    return mode == "yes" or (mode == "auto" and flagged)


def deinterlaced(frames, mode):
    """Yields as many frames, with their times, of which none is interlaced that is not to be.

    A warning says that it was done.

    Args:
        frames: iterable of PyAV's, of which some may say that they are interlaced.
        mode: as of `is_deinterlaced`.
    """
    weaver = None
    for frame in frames:
        if weaver is not None and not weaver.takes(frame):
            yield from weaver.rest()
            weaver = None
        large = min(frame.height, frame.width) >= LEAST_WOVEN
        if weaver is None and large and is_deinterlaced(frame.interlaced_frame, mode):
            say_once(
                "Interlaced films are deinterlaced, by FFmpeg's bwdif: `deinterlace` no "
                "(--deinterlace no) leaves them as they are."
            )
            weaver = _Bwdif(frame, mode)
        if weaver is None:
            yield frame
        else:
            yield from weaver(frame)
    if weaver is not None:
        yield from weaver.rest()


class _Bwdif:
    """FFmpeg's filter for frames that are like one, which holds one of them back."""

    def __init__(self, frame, mode):
        import av

        self._like = self._key(frame)
        self._stamps, self._count = deque(), 0
        graph = av.filter.Graph()
        self._into = graph.add_buffer(
            width=frame.width, height=frame.height, format=frame.format, time_base=Fraction(1, 25)
        )
        which = "all" if mode == "yes" else "interlaced"
        self._filter = graph.add("bwdif", f"mode=send_frame:parity=auto:deint={which}")
        self._out = graph.add("buffersink")
        graph.link_nodes(self._into, self._filter, self._out).configure()
        self._graph = graph

    def takes(self, frame):
        """Returns whether a frame is like those before."""
        return self._key(frame) == self._like

    def __call__(self, frame):
        """Yields what is done when a frame has come."""
        self._stamps.append((frame.pts, frame.time_base, frame.duration))
        frame.pts, frame.time_base = self._count, Fraction(1, 25)
        self._count += 1
        self._into.push(frame)
        yield from self._done()

    def rest(self):
        """Yields what is left."""
        self._into.push(None)
        yield from self._done()

    def _done(self):
        import av

        while True:
            try:
                frame = self._out.pull()
            except (av.BlockingIOError, av.EOFError):
                return
            frame.pts, base, frame.duration = self._stamps.popleft()
            if base is not None:
                frame.time_base = base
            yield frame

    @staticmethod
    def _key(frame):
        return frame.width, frame.height, frame.format.name
