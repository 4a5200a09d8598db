"""Tiles of large frames, which overlap and are blended there."""

from typing import NamedTuple

import numpy as np

from tfvgan.streaming.stepper import Stepper

STRIP = 64  # Rows of a frame that are put together at once.
BESIDE = 8  # Bytes that each pixel of a frame takes that is put together: tiles, and the frame.
LEAST = 128  # Pixels of a tile's side: below, most of it would be what tiles share.


class Tile(NamedTuple):
    """A rectangle of a frame, in pixels: it begins at `top`, `left` and ends before the others."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def part(self):
        """The slices that cut it out of `(h, w, ...)`."""
        return np.s_[self.top : self.bottom, self.left : self.right]


def tiles(height, width, side, overlap, multiple=1):
    """Returns the tiles of a frame, row after row; a single one of a small frame.

    Args:
        height, width: of the frame.
        side: height and width of a tile at most, a multiple of `multiple`.
        overlap: pixels that neighbours share at least, below `side`.
        multiple: what every tile begins at a multiple of.
    """
    rows, columns = (_spans(length, side, overlap, multiple) for length in (height, width))
    return [Tile(top, left, bottom, right) for top, bottom in rows for left, right in columns]


def side_within(memory: float, stepper: Stepper, size: tuple[int, int]) -> int | None:
    """Returns the side of the largest tile whose step fits into the memory.

    Args:
        memory: float, in MB.
        stepper: `Stepper`, which says what each pixel of a tile takes.
        size: `(height, width)` of the frame.

    Raises:
        ValueError: when that is less than `LEAST` pixels.
    """
    multiple, each = stepper.multiple, stepper.bytes_per_pixel
    beside = BESIDE * stepper.factor**2 * size[0] * size[1]
    for taken in (0, beside):  # Only where one tile is not enough are there others to put together.
        side = int((max(memory * 1e6 - taken, 0) / each) ** 0.5) // multiple * multiple
        if side >= max(size):
            return side
    if side < LEAST:
        least = (LEAST**2 * each + beside) / 1e6
        raise ValueError(
            f"`memory` must be {least:.0f} MB or more, for tiles of {LEAST} pixels of a frame of "
            f"{size[1]}x{size[0]}, but is {memory:g}."
        )
    return side


def _spans(length, side, overlap, multiple):
    """Returns where the tiles of one direction begin and end."""
    if length <= side:
        return [(0, length)]
    count = -(-(length - overlap) // (side - overlap))
    starts = np.linspace(0, length - side, count)
    starts = [int(start) // multiple * multiple for start in starts]
    return [(start, start + side) for start in starts[:-1]] + [(starts[-1], length)]


def feathered(parts, placed, height, width):
    """Returns the frame of blended tiles, `(height, width, c)`, of the tiles' dtype.

    Where two overlap, each counts the less the nearer its own border is. It is made in strips: in
    between, no more of it is there in larger numbers.

    Args:
        parts: list of `(h, w, c)`, what was made of each tile.
        placed: their `Tile`s, in pixels of the frame that is returned.
        height, width: of that frame.
    """
    made = np.empty((height, width, parts[0].shape[-1]), parts[0].dtype)
    for top in range(0, height, STRIP):
        strip = _strip(parts, placed, made[top : top + STRIP].shape, top)
        if np.issubdtype(made.dtype, np.integer):
            np.rint(strip, out=strip)
        made[top : top + STRIP] = strip
    return made


def _strip(parts, placed, shape, above):
    """Returns the rows of the frame that begin at `above`, float32 of a shape."""
    total = np.zeros(shape, "float32")
    weight = np.zeros((*shape[:2], 1), "float32")
    for part, tile in zip(parts, placed, strict=True):
        top, bottom = max(tile.top, above), min(tile.bottom, above + shape[0])
        if top >= bottom:
            continue
        rows = slice(top - tile.top, bottom - tile.top)
        down, right = _ramp(tile.bottom - tile.top)[rows], _ramp(tile.right - tile.left)
        near = np.outer(down, right)[..., None]
        place = np.s_[top - above : bottom - above, tile.left : tile.right]
        total[place] += near * part[rows]
        weight[place] += near
    return np.divide(total, weight, out=total)


def _ramp(length):
    """Returns the distance of each pixel of a row to the nearer end, from 1."""
    places = np.arange(length, dtype="float32")
    return np.minimum(places, places[::-1]) + 1.0
