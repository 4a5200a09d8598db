"""How a stored picture is made upright: mirrored, if it must be, then turned by quarters."""

import math
from typing import NamedTuple

import numpy as np


class Orientation(NamedTuple):
    """What makes a stored picture upright.

    Left and right change places first, where `mirrored` says so; then it is turned by `rotation`
    degrees counter-clockwise: 0, 90, 180 or 270.
    """

    rotation: int = 0
    mirrored: bool = False

    def sides(self, height, width):
        """Returns `(height, width)` of the upright picture from the stored one's, or back."""
        return (width, height) if self.rotation % 180 else (height, width)

    def upright(self, pictures):
        """Returns pictures `(..., h, w, c)` upright."""
        if self == UPRIGHT:
            return pictures
        pictures = pictures[..., ::-1, :] if self.mirrored else pictures
        return np.rot90(pictures, self.rotation // 90, axes=(-3, -2))


UPRIGHT = Orientation()


def orientation_of(frame):
    """Returns the `Orientation` in the metadata of a frame, to the nearest quarter.

    Its matrix takes a place (x, y) to (a x + c y, b x + d y), y downward. Its determinant is
    negative where it mirrors, of which PyAV's `frame.rotation` knows nothing.
    """
    matrix = _side_data(frame).get("DISPLAYMATRIX")
    if matrix is None:
        return UPRIGHT
    a, b, _, c, d = np.frombuffer(bytes(matrix), "i4")[:5].tolist()
    rotation = round(math.degrees(math.atan2(c, d)) / 90) * 90 % 360
    return Orientation(rotation, a * d - b * c < 0)


def _side_data(frame):
    """Returns a frame's side data by name.

    PyAV up to 18.1 has no name for some, EXIF among them, and fails then; its pull request 2392
    mends that. They are named here. `frame.side_data` would keep the frame until it is collected.
    """
    from av.sidedata.sidedata import SideDataContainer, Type

    try:
        data = SideDataContainer(frame)
    except ValueError:
        Type._missing_ = classmethod(_unnamed)
        data = SideDataContainer(frame)
    return {part.type.name: part for part in data}


def _unnamed(kinds, number):
    """Returns a member of an enumeration for a number that it has no name for."""
    kind = object.__new__(kinds)
    kind._name_, kind._value_ = f"UNNAMED_{number}", number
    return kind
