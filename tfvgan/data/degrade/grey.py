"""Videos without their colours."""

import numpy as np

from tfvgan.video import LUMA


def greyed(video: np.ndarray) -> np.ndarray:
    """Returns the video in greys, uint8 `(t, h, w, 3)`: all three channels are its luma, rounded.

    Args:
        video: uint8 `(t, h, w, 3)`.
    """
    return np.repeat(np.rint(video @ LUMA).astype("uint8"), 3, axis=-1)
