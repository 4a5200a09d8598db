"""What cameras and tapes do before an encoder: halos, and colours that are coarse or displaced."""

import numpy as np

from tfvgan.data.degrade.blur import blurred_along, gaussian_profile
from tfvgan.video import LUMA


def haloed(video: np.ndarray, amount: float, deviation: float = 1.0) -> np.ndarray:
    """Returns the video as sharpened by its camera, uint8: edges overshoot on both sides.

    An unsharp mask of the luma: what a blur takes away is added once more.

    Args:
        video: uint8 `(t, h, w, 3)`.
        amount: how much of it, 0 for none; cameras add 0.2 to 1.5.
        deviation: of the blur, in pixels, above 0: how wide the halos are.
    """
    luma = video @ LUMA
    profile, soft = gaussian_profile(deviation), luma
    for axis in (1, 2):
        soft = blurred_along(soft, profile, axis)
    return _whole(video + amount * (luma - soft))


def coarse_colours(
    video: np.ndarray,
    across: int = 1,
    down: int = 1,
    shift: tuple[float, float] = (0.0, 0.0),
    smear: float = 0.0,
    smooth: bool = True,
) -> np.ndarray:
    """Returns the video with its luma as it was, uint8, and colours of fewer pixels, displaced.

    Args:
        video: uint8 `(t, h, w, 3)`.
        across, down: pixels that share a colour; 4 and 1 are DV's 4:1:1, 2 and 2 are 4:2:0.
        shift: by how many pixels colours lie too far down and to the right.
        smear: deviation in pixels of a blur along rows, as on VHS tapes.
        smooth: whether a player interpolates between colours, or repeats them.
    """
    luma = video @ LUMA
    colours = video - luma
    if smear:
        colours = blurred_along(colours, gaussian_profile(smear), 2)
    for axis, count, by in ((1, down, shift[0]), (2, across, shift[1])):
        if count > 1:
            colours = _coarse(colours, count, axis, smooth)
        if by:
            colours = _moved(colours, by, axis)
    return _whole(luma + colours)


def _coarse(values, count, axis, smooth):
    """Returns values of which `count` neighbours became their mean, as large as before."""
    length = values.shape[axis]
    values = _padded(values, 0, -length % count, axis)
    shape = [*values.shape[:axis], -1, count, *values.shape[axis + 1 :]]
    means = values.reshape(shape).mean(axis=axis + 1)
    large = means.repeat(count, axis)
    if smooth:
        profile = np.ones(count) / count
        profile = profile if count % 2 else np.convolve(profile, [0.5, 0.5])
        large = blurred_along(large, profile, axis)
    return large.take(np.arange(length), axis)


def _moved(values, by, axis):
    """Returns values moved by a part of a pixel, those beside the border repeated."""
    length, whole = values.shape[axis], int(np.floor(by))
    places = np.arange(length) - whole
    near, far = (np.clip(places - more, 0, length - 1) for more in (0, 1))
    part = by - whole
    return (1 - part) * values.take(near, axis) + part * values.take(far, axis)


def _padded(values, before, after, axis):
    edges = [(0, 0)] * values.ndim
    edges[axis] = (before, after)
    return np.pad(values, edges, "edge")


def _whole(video):
    return np.clip(np.rint(video), 0, 255).astype("uint8")
