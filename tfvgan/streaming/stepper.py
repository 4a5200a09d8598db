"""The protocol of what is done to a video frame by frame."""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np


class Stepper(Protocol):
    """A step on a video, frame by frame.

    One that takes several frames at once, as a server does, has `together`, how many, and
    `steps(window, state)`: of a window of more than three frames it returns a list of new ones, of
    all but the first and the last, and the state after them.

    Attributes:
        factor: int, how many times as large frames become.
        multiple: int, what height and width must be multiples of.
        alpha: bool, whether new frames have an alpha channel, straight, as their fourth.
        found: bool, whether anything was found, in the frames so far, of what it looks for; None
            where it looks for nothing. A job begins with False, and keeps it over a stop.
    """

    factor: int
    multiple: int
    alpha: bool
    found: bool | None

    @property
    def bytes_per_pixel(self) -> float:
        """Memory that a step takes for each pixel of a frame."""

    @property
    def identity(self) -> str:
        """A text unique to this stepper: jobs resume with the same one alone."""

    def step(self, window: Sequence[np.ndarray], state: Any) -> tuple[np.ndarray, Any]:
        """Returns the new frame, `(factor * h, factor * w, 3 or 4)`, and the state after it.

        It is uint8 in [0, 255] or uint16 in [0, 65535], as the window is.

        Args:
            window: three frames, uint8 or uint16 `(h, w, c)`: before, now, after; 3 channels, or
                4 of uint8 where something was missing, see `tfvgan.streaming.pictures`, or 6, the
                original's and then the processed frame's, see `tfvgan.streaming.processed`.
            state: of the frame before, which numpy makes an array of; None at the beginning of a
                scene.
        """
