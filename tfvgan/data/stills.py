"""Still pictures in files, as they are seen: upright, in RGB, on white."""

import os
import warnings

import numpy as np
from PIL import Image, ImageOps


def read_still(path: str | os.PathLike, shorter: int | None = None) -> np.ndarray:
    """Returns the picture in a file, uint8 `(h, w, 3)`; of several in one the first.

    It stands as its EXIF orientation says. What is transparent lies on white. Of 16 bits the upper
    8 are kept.

    Args:
        path: of any format that Pillow reads.
        shorter: pixels of the shorter side, at most: a larger picture is shrunk, one of JPEG while
            it is decoded; None keeps its size.

    Raises:
        OSError: when it cannot be read; `PIL.UnidentifiedImageError` is one.
        ValueError: when it is far too large, or no one knows which of its levels is white.
    """
    try:
        with _opened(path) as picture:
            if shorter is not None:
                picture.draft(None, _within(picture.size, 2 * shorter))
            ImageOps.exif_transpose(picture, in_place=True)
            seen = _on_white(picture)
            if shorter is not None:
                seen.thumbnail(_within(seen.size, shorter))
            return np.asarray(seen)
    except SyntaxError as error:  # Pillow's, of broken PNG files.
        raise ValueError(f"it is damaged ({error})") from None


def _opened(path):
    """Returns the open picture of a file, of a size that can be."""
    try:
        with warnings.catch_warnings():  # Up to twice what Pillow thinks large is taken as it is.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return Image.open(path)
    except Image.DecompressionBombError as error:
        raise ValueError(f"it says a size that is too large ({error})") from None


def _within(size, shorter):
    """Returns the size of a picture whose shorter side is so long at most, of equal shape."""
    least = min(size)
    return size if least <= shorter else tuple(-(-side * shorter // least) for side in size)


def _on_white(picture):
    """Returns the picture in RGB, with nothing transparent."""
    if picture.mode[0] in "IF":  # Pillow would take any level above 255 for white.
        levels = np.asarray(picture)
        if picture.mode == "F" or levels.min() < 0 or levels.max() > 65535:
            raise ValueError("its levels are neither of 8 bits nor of 16")
        picture = Image.fromarray((levels >> 8).astype("uint8"))
    if picture.has_transparency_data:
        white = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(white, picture.convert("RGBA"))
    return picture.convert("RGB")
