"""Sharpness: how far a picture's slopes are from those of another, wherever its edges are."""

import keras
from keras import ops

from tfvgan.video import LUMA

AROUND = 8  # Pixels of a side of what is compared as one.


def far_in_sharpness(made: keras.KerasTensor, real: keras.KerasTensor) -> keras.KerasTensor:
    """Returns how far slopes are from those of other pictures, over all of theirs: a scalar >= 0.

    The mean slope of luma in each window is compared. Edges may lie elsewhere within it, as those
    of steady textures do; what is too steep counts as what is not steep enough. See `lost_detail`
    for pictures whose edges lie in the same places.

    Args:
        made, real: float32 `(n, h, w, 3)` in [-1, 1].
    """
    kept, whole = (_slopes(ops.matmul(each, LUMA)) for each in (made, real))
    return ops.sum(ops.abs(whole - kept)) / (ops.sum(whole) + 1e-3)


def _slopes(grey):
    """Returns the mean slope and curvature, each way, in each window, `(n, h / 8, w / 8, 4)`."""
    parts = []
    for axis in (1, 2):
        slope = ops.roll(grey, -1, axis) - grey
        parts += [slope, ops.roll(slope, -1, axis) - slope]
    # As `ops.abs`, but with a slope at 0.
    steep = [ops.sqrt(ops.square(part) + 1e-6) for part in parts]
    return ops.average_pool(ops.concatenate(steep, axis=-1), AROUND, AROUND)
