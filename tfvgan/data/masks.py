"""Masks beside videos: from colours, or grey levels, to the classes of pixels."""

from collections.abc import Iterator

import numpy as np

from tfvgan.data.decode import read_frames
from tfvgan.data.view import view

BLACK_AND_WHITE = "black,white"
MOST_CLASSES = 64
FAR = 40  # Levels that a colour differs by from those of the palette when it is none of them.
FLAT = 24  # Levels that the pixels of one colour differ by at most, after a codec.
PATCH = 5  # Pixels of a side that a colour must fill to be one: codecs blend two colours in less.
CHUNK = 8  # Frames that are looked at at once.


def palette(text: str = BLACK_AND_WHITE) -> np.ndarray:
    """Returns the colours of classes in their order, uint8 `(classes, 3)`, the ground's first.

    Args:
        text: colours with commas between them, as names or as #RRGGBB, the # left out or not:
            "black,white" or "000000,ff0000,00ff00". Or how many classes there are: then a pixel's
            grey level is its class, 0, 1, 2, and so on.

    Raises:
        ValueError: when it is none, or has a colour twice.
    """
    from PIL import ImageColor

    text = str(text)
    if text.isdecimal() and len(text) < 4:
        _check_count(text, int(text))
        return np.repeat(np.arange(int(text), dtype="uint8")[:, None], 3, axis=1)
    colours = []
    for part in text.split(","):
        name = part.strip()
        digits = len(name) == 6 and not set(name.lower()) - set("0123456789abcdef")
        try:
            colours.append(ImageColor.getrgb(f"#{name}" if digits else name)[:3])
        except ValueError:
            raise ValueError(
                f"`palette` must be colours such as {BLACK_AND_WHITE} or 000000,ff0000, or a "
                f"number of classes, but has {name!r}."
            ) from None
    _check_count(text, len(colours))
    if len(set(colours)) < len(colours):
        raise ValueError(
            f"`palette` must have a colour for each class, but {text!r} has one twice."
        )
    return np.array(colours, "uint8")


def are_levels(colours: np.ndarray) -> bool:
    """Returns whether a palette is of grey levels that are the numbers of classes."""
    return bool((colours == np.arange(len(colours))[:, None]).all())


def read_masks(
    path: str,
    text: str = BLACK_AND_WHITE,
    *,
    size: int | tuple[int, int] | None = None,
    crop: str = "center",
    fps: float | None = None,
    stride: int = 1,
    partial: bool = False,
) -> Iterator[np.ndarray]:
    """Returns an iterator over the masks of a video's frames, in chunks, uint8 `(n, h, w)`.

    Each pixel is of the class whose colour is nearest to its own: black and white are parted at
    half. So what a codec or a soft edge blends of two colours falls to one of them; of three and
    more it may fall to a third that lies between, which files without loss (.png, FFV1) avoid. A
    patch of 5x5 pixels of one colour that is none of the palette is refused. Grey levels that are
    numbers are taken as they are. Where masks are made smaller or larger, the nearest pixel is
    taken, so that none is between classes.

    Args:
        path: a video file, or a folder of numbered images.
        text: as of `palette`.
        size, crop, fps, stride, partial: as of `tfvgan.data.decode.read_frames`.

    Raises:
        ValueError: when a colour is none of the palette's.
        UnreadableVideo: when the file gives no frame.
    """
    colours = palette(text)
    chunks = read_frames(
        path,
        crop="none",
        fps=fps,
        stride=stride,
        deinterlace="no",
        partial=partial,
        decoder="pyav",
        chunk=CHUNK,
    )
    return _scaled(path, chunks, colours, size, crop)


def numbers(frames: np.ndarray, colours: np.ndarray, path: str = "", first: int = 0) -> np.ndarray:
    """Returns the class of each pixel, uint8 `(n, h, w)`.

    Args:
        frames: uint8 `(n, h, w, 3)`.
        colours: of `palette`.
        path: that errors name.
        first: number of the first frame, likewise.

    Raises:
        ValueError: when a colour is none of the palette's.
    """
    if are_levels(colours):
        unknown = (frames >= len(colours)).any(-1) | (np.ptp(frames, axis=-1) > 0)
        if unknown.any():
            _refuse(path, frames, unknown, colours, first)
        return frames[..., 0]
    least = np.full(frames.shape[:3], np.iinfo(np.int32).max, np.int32)
    found = np.zeros(frames.shape[:3], np.uint8)
    levels = frames.astype(np.int32)
    for number, colour in enumerate(colours):
        far = ((levels - colour) ** 2).sum(-1)
        nearer = far < least
        found[nearer], least[nearer] = number, far[nearer]
    far = least > FAR**2
    if far.any():
        unknown = _patches(far) & _flat(frames)
        if unknown.any():
            _refuse(path, frames, unknown, colours, first)
    return found


def _scaled(path, chunks, colours, size, crop):
    first = 0
    for chunk in chunks:
        made = numbers(chunk, colours, path, first)
        first += len(chunk)
        wanted = view(*made.shape[1:], size, crop)
        down, right = (
            ((np.arange(to) + 0.5) * have / to).astype(int)
            for have, to in zip(made.shape[1:], (wanted.height, wanted.width))
        )
        made = made[:, down[wanted.top : wanted.bottom]]
        yield made[:, :, right[wanted.left : wanted.right]]


def _patches(there):
    """Returns where a patch of pixels begins that are all there; its place is its first pixel's."""
    for axis in (1, 2):
        side = min(PATCH, there.shape[axis])
        count = there.shape[axis] - side + 1
        parts = [np.take(there, range(n, n + count), axis) for n in range(side)]
        there = np.logical_and.reduce(parts)
    return there


def _flat(frames):
    """Returns where the pixels of a patch are of about one colour."""
    low, high = frames, frames
    for axis in (1, 2):
        side = min(PATCH, frames.shape[axis])
        count = frames.shape[axis] - side + 1
        low = np.minimum.reduce([np.take(low, range(n, n + count), axis) for n in range(side)])
        high = np.maximum.reduce([np.take(high, range(n, n + count), axis) for n in range(side)])
    return (high.astype(int) - low <= FLAT).all(-1)


def _refuse(path, frames, unknown, colours, first):
    """Raises ValueError for the first colour that is unknown."""
    frame, top, left = np.argwhere(unknown)[0]
    known = ", ".join(map(_name, colours[:8])) + (" and so on" if len(colours) > 8 else "")
    raise ValueError(
        f"The mask `{path}` has the colour {_name(frames[frame, top, left])} in frame "
        f"{first + frame}, but `palette` has {known}: give it the colours of all classes, the "
        "ground's first, or paint the mask anew."
    )


def _name(colour):
    return "#" + "".join(f"{level:02x}" for level in colour)


def _check_count(text, count):
    if not 2 <= count <= MOST_CLASSES:
        raise ValueError(
            f"`palette` must be of 2 to {MOST_CLASSES} classes, but {text!r} is of {count}."
        )


def one_hot(mask: np.ndarray, classes: int) -> np.ndarray:
    """Returns a mask as shares of classes, each 0 or 1, float32 `(..., classes)`.

    Args:
        mask: of whole numbers.
        classes: how many there are.

    Raises:
        ValueError: when a number is none of them.
    """
    if (most := mask.max(initial=0)) >= classes:
        raise ValueError(
            f"Masks of {classes} classes have the numbers from 0 to {classes - 1}, but a pixel has "
            f"{most}: ask for more classes, or mend the masks."
        )
    return np.eye(classes, dtype="float32")[mask]
