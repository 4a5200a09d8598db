"""A filter that sharpens or smooths luma, by an amount in each group of a compressed video.

What is finer than a blur is added to all colours alike, so that only luma changes.
"""

import numpy as np
from keras import ops

from tfvgan.video import LUMA

DEVIATION = 1.5  # Pixels, of the blur.
RADIUS = 4  # Pixels that it looks around.


def sharpen_pictures(pictures, sharpness):
    """Returns the pictures sharper, float32 `(n, h, w, 3)`.

    Args:
        pictures: float32 `(n, h, w, 3)`.
        sharpness: float32 `(n,)`; 0 changes nothing, and below it is smoother.
    """
    details = details_of(ops.matmul(pictures, LUMA))
    return pictures + ops.reshape(sharpness, (-1, 1, 1, 1)) * details


def details_of(luma):
    """Returns what is finer than the blur, of luma that is mirrored outside.

    Args:
        luma: float32 `(n, h, w, 1)`, of more than `RADIUS` pixels a side.
    """
    across = np.arange(-RADIUS, RADIUS + 1)
    weights = np.exp(-(across**2) / (2 * DEVIATION**2)).astype("float32")
    weights = (weights / weights.sum())[:, None, None, None]
    around = [(0, 0), (RADIUS, RADIUS), (RADIUS, RADIUS), (0, 0)]
    wide = ops.pad(luma, around, "symmetric")
    return luma - ops.conv(ops.conv(wide, weights), weights.transpose(1, 0, 2, 3))
