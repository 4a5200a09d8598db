"""The frames of a source for a stepper, with the holes of a mask filled."""

import itertools
from collections import deque

import numpy as np

from tfvgan.data.colours import DEEP
from tfvgan.data.errors import say_once
from tfvgan.data.fill import filled
from tfvgan.streaming.cuts import SceneCuts
from tfvgan.streaming.source import Source

MOST = (
    0.95  # Of the frames that a file says it has may be there: a decoder leaves out damaged ones.
)
MISSING = 127  # Brightness above which a pixel of a mask says that there is none in the video.


class Single:
    """A source that is read alone, or with a mask.

    Args:
        source, mask: as of `pictures`.

    Attributes:
        film: the `Source` whose times, sound and metadata are kept: that one.
        waits: whether frames come through a pipe.
        look: `Look` of its frames as they are handed on.
        until: None: its sound goes on to its end.
    """

    until = None

    def __init__(self, source, mask=None):
        self.source = self.film = source
        self.mask = mask
        self.waits = source.piped
        self.look = source.look if mask is None else source.look._replace(depth=DEEP)

    def pictures(self, deep=False):
        """Yields as `pictures` does."""
        return pictures(self.source, self.mask, deep)

    def tell(self):
        """Says nothing: all is that of one source."""


def pictures(source, mask=None, deep=False):
    """Yields `(frame, picture)` for each `Frame` of a source, in order.

    Args:
        source: `Source`.
        mask: path of a picture, or of a video of as many frames as the source: white where pixels
            are missing. None for no such thing: the picture is the frame's `rgb`. With a mask it
            is uint8 `(h, w, 4)`, the holes filled, and the gap of `tfvgan.data.fill` times 255.
        deep: bool, whether frames are uint16, of 0 to 65535; not with a mask.

    Raises:
        ValueError: when the mask is of another size or ends before the source; where it is much
            shorter, before the first frame.
    """
    if mask is None:
        for frame in source.frames(deep):
            yield frame, frame.rgb
        return
    _check_length(mask, source)
    waiting = deque()

    def pairs():
        for frame, missing in zip(source.frames(), _masks(mask)):
            _check_mask(mask, missing, frame)
            waiting.append(frame)
            yield frame.rgb, missing

    for rgb, gap in filled(pairs(), SceneCuts()):
        yield waiting.popleft(), np.concatenate([rgb, np.rint(255 * gap).astype("uint8")], axis=-1)


def _masks(path):
    """Yields the mask of each frame, bool `(h, w)`; None behind the last."""
    frames = (_missing_pixels(path, frame) for frame in Source(path).frames())
    first, second = next(frames), next(frames, None)
    if second is None:
        yield from itertools.repeat(first)
    yield first
    yield second
    yield from frames
    yield from itertools.repeat(None)


def _missing_pixels(path, frame):
    """Returns the missing pixels by a frame of a mask's file, bool `(h, w)`."""
    if frame.alpha is not None:
        say_once(
            f"The mask `{path}` is transparent in places, which says nothing: what is missing is "
            "white, or bright, in it."
        )
    return frame.rgb.max(-1) > MISSING


def _check_length(mask, source):
    """Raises ValueError when the mask is a video that is much shorter than the source.

    One that is longer is said to be.
    """
    count = Source(mask).count
    if count and source.count and count > source.count:
        say_once(
            f"The mask `{mask}` has {count} frames and the video {source.count}: the mask's last "
            "are left out."
        )
    if count and source.count and 1 < count < MOST * source.count:
        raise ValueError(
            f"The mask `{mask}` must be one picture, or have a frame for each of the video's "
            f"{source.count}, but has {count}."
        )


def _check_mask(path, missing, frame):
    """Raises ValueError unless there is a mask for a frame, and as large as that is."""
    if missing is None:
        raise ValueError(
            f"The mask `{path}` must be one picture, or have a frame for each of the video, but "
            "ends before it."
        )
    if missing.shape != frame.rgb.shape[:2]:
        sizes = [f"{width}x{height}" for height, width in (frame.rgb.shape[:2], missing.shape)]
        raise ValueError(
            f"The mask `{path}` must be of the video's {sizes[0]} pixels, but is of {sizes[1]}."
        )
