"""Windows of a video: the half seconds of which an embedder makes a vector each.

An embedder is whatever has a `name`, a text that differs from those of others, and `embed`, which
maps `FRAMES` frames of `SIDE` x `SIDE` to a vector of `NUMBERS` whole numbers:
uint8 `(n, 4, 96, 96, 3)` to int8 `(n, 64)`. Vectors are about `LENGTH` long, so that the cosine
between two is their product by `LENGTH` squared.
"""

import os
from collections.abc import Iterator
from typing import NamedTuple, Protocol

import numpy as np

from tfvgan.data.decode import read_frames
from tfvgan.data.resize import resize

FRAMES = 4  # of a window,
RATE = 8  # so many a second.
SIDE = 96  # Pixels: the whole picture is squeezed to a square.
NUMBERS = 64  # of a vector,
LENGTH = 127  # and its length.
DECODED = 144  # Pixels of the shorter side, before the borders are cut off.
BLOCK = 64  # Frames that are read, and whose borders are looked for, at once.
DARK = 24  # Brightness of 255 that black borders stay below.
LIT = 98  # Percent of a row that is to be dark.
LEAST = 0.25  # Share of each side that is left within borders.
POOLED = 12  # Cells across in which brightness is averaged, so that noise is none,
FLAT = 1.5  # and how much these deviate from each other in what shows nothing.


class Embeds(Protocol):
    """What makes vectors of windows; see the module."""

    name: str

    def embed(self, windows: np.ndarray) -> np.ndarray:
        """Returns the vectors of windows, int8 `(n, 64)`.

        Args:
            windows: uint8 `(n, 4, 96, 96, 3)`.
        """


class Windows(NamedTuple):
    """Windows in order: `times` float64 `(n,)`, the second that each begins at; `frames` uint8
    `(n, 4, 96, 96, 3)`; `flat` bool `(n,)`, whether there is nothing in it to know it by."""

    times: np.ndarray
    frames: np.ndarray
    flat: np.ndarray


def windows_of(path: str | os.PathLike, hop: int = FRAMES) -> Iterator[Windows]:
    """Yields the `Windows` of a video, up to 16 at once of the usual hop.

    Time is counted from the first frame. What is left at the end, of less than a window, is left
    out; a video that is shorter than one is one, whose last frame stays. Memory does not grow with
    the video's length.

    Args:
        path: of a video file, or a folder of numbered images.
        hop: int, frames of `RATE` a second from one window to the next; by default half a second.

    Raises:
        UnreadableVideo: when the file gives no frame.
    """
    view = {"size": (DECODED, DECODED), "crop": "none", "fps": RATE}
    held, begin, before = np.empty((0, SIDE, SIDE, 3), np.uint8), 0, None
    for frames in read_frames(path, **view, decoder="pyav", chunk=BLOCK):
        bright = brightness(frames)
        lit = bright if before is None else np.maximum(bright, before)
        held, before = np.concatenate([held, squeezed(frames, lit)]), bright
        made = cut_windows(held, hop, begin)
        if len(made.times):
            yield made
        held, begin = held[len(made.times) * hop :], begin + len(made.times) * hop
    if not begin:
        yield cut_windows(held[np.minimum(np.arange(FRAMES), len(held) - 1)])


def cut_windows(frames: np.ndarray, hop: int = FRAMES, begin: int = 0) -> Windows:
    """Returns the `Windows` that frames are cut into.

    Args:
        frames: uint8 `(t, 96, 96, 3)`, `RATE` a second, as of `squeezed`.
        hop: as of `windows_of`.
        begin: int, the number of the first frame in its video.
    """
    starts = np.arange(0, len(frames) - FRAMES + 1, hop)
    made = frames[starts[:, None] + np.arange(FRAMES)]
    return Windows((begin + starts) / RATE, made, is_flat(made))


def squeezed(frames: np.ndarray, lit: np.ndarray | None = None) -> np.ndarray:
    """Returns frames without black borders, uint8 `(t, 96, 96, 3)`: the whole picture, squeezed.

    Args:
        frames: uint8 `(t, h, w, 3)`, all of which have the same borders.
        lit: float32 `(h, w)`, their brightness, if it is known already.
    """
    rows, columns = within_borders(brightness(frames) if lit is None else lit)
    return resize(frames[:, rows, columns], (SIDE, SIDE), "bilinear")


def brightness(frames: np.ndarray) -> np.ndarray:
    """Returns how bright each pixel is on average, float32 `(h, w)` in [0, 255].

    Args:
        frames: uint8 `(t, h, w, 3)`.
    """
    return frames.mean(axis=(0, 3), dtype=np.float32)


def within_borders(lit: np.ndarray) -> tuple[slice, slice]:
    """Returns the rows and the columns within black borders; all of a picture that is dark.

    Args:
        lit: float32 `(h, w)`, as of `brightness`.
    """
    rows = _lit(np.percentile(lit, LIT, axis=1))
    return rows, _lit(np.percentile(lit[rows], LIT, axis=0))


def _lit(values):
    """Returns the slice from the first bright value to the last, if that is not too little."""
    bright = np.flatnonzero(values > DARK)
    if not len(bright) or bright[-1] + 1 - bright[0] < LEAST * len(values):
        return slice(0, len(values))
    return slice(int(bright[0]), int(bright[-1]) + 1)


def is_flat(frames: np.ndarray) -> np.ndarray:
    """Returns whether windows are of one colour, or nearly: black, white, faded out; bool `(n,)`.

    Args:
        frames: uint8 `(n, t, 96, 96, 3)`.
    """
    count, time = frames.shape[:2]
    cells = (count, time, POOLED, SIDE // POOLED, POOLED, SIDE // POOLED)
    pooled = frames.mean(axis=-1, dtype=np.float32).reshape(cells).mean(axis=(3, 5))
    return pooled.std(axis=(2, 3)).mean(axis=1) < FLAT
