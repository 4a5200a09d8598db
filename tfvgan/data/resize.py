"""Other sizes: every frame resampled, smaller ones without aliasing."""

import numpy as np

METHODS = ("area", "bilinear", "bicubic", "lanczos")
AUTO = "auto"


def resize(video: np.ndarray, size: tuple[int, int], method: str = "bicubic") -> np.ndarray:
    """Returns the video with frames of another size, uint8 `(t, *size, 3)`.

    What becomes smaller is averaged over what it is made of, by all of the methods: the filter is
    as wide as the shrinking asks for.

    Args:
        video: uint8 `(t, h, w, 3)`.
        size: `(height, width)` in pixels, 1 or more each.
        method: of `METHODS`; or "auto", which is "area" where both sides become smaller, so that
            nothing is blurred, and "bilinear" else, so that no pixel is seen.

    Raises:
        ValueError: when there is no such method.
    """
    from PIL import Image

    if method == AUTO:
        smaller = all(new < old for new, old in zip(size, video.shape[1:3]))
        method = "area" if smaller else "bilinear"
    if method not in METHODS:
        known = ", ".join((*METHODS, AUTO))
        raise ValueError(f"`method` must be one of {known}, but is {method!r}.")
    filters = (Image.Resampling.BOX, Image.Resampling.BILINEAR, Image.Resampling.BICUBIC)
    kernel = dict(zip(METHODS, (*filters, Image.Resampling.LANCZOS)))[method]
    height, width = size
    return np.stack(
        [np.asarray(Image.fromarray(frame).resize((width, height), kernel)) for frame in video]
    )
