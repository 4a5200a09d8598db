"""What is done to frames where no network helps: nothing, or bicubic enlargement."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import tensorflow as tf

from tfvgan.layers import bicubic
from tfvgan.video import from_levels, to_levels


class Resizer:
    """A `tfvgan.streaming.Stepper` without a network.

    Args:
        factor: int, 1 leaves frames as they are; 2 and 4 enlarge them bicubically, as restorers do
            before they add to it.

    Raises:
        ValueError: when it is another.
    """

    alpha, found, multiple = False, None, 1
    bytes_per_pixel = 100.0

    def __init__(self, factor: int = 1):
        if factor not in (1, 2, 4):
            raise ValueError(f"`factor` must be 1, 2 or 4, but is {factor!r}.")
        self.factor = factor

    @property
    def identity(self) -> str:
        """Returns a text that is unique to this factor."""
        return f"plain {self.factor}"

    def step(self, window: Sequence[np.ndarray], state: Any) -> tuple[np.ndarray, np.ndarray]:
        """Returns the frame, uint8 or uint16 `(factor * h, factor * w, 3)`, and no state.

        Args:
            window: three frames of that dtype, `(h, w, 3)`: before, now, after.
            state: nothing that is read.
        """
        frame, nothing = window[1], np.zeros(0, "float32")
        if self.factor == 1:
            return frame, nothing
        large = bicubic(from_levels(tf.constant(frame[None])), self.factor)
        return to_levels(large, frame.dtype.name).numpy()[0], nothing
