"""What fills holes without a network: other frames, and what is around where none shows it."""

import os
from collections.abc import Sequence
from typing import Any, Unpack

import numpy as np

from tfvgan.data.fill import fill
from tfvgan.streaming.settings import ProcessSettings
from tfvgan.tasks.recurrent import are_files


class Filler:
    """A `tfvgan.streaming.Stepper` that takes frames as `tfvgan.data.fill` has filled them.

    Files are filled while they are read, wherever there is a mask. So nothing is left to be done.
    """

    alpha, found, factor, multiple = False, None, 1, 1
    bytes_per_pixel = 100.0
    identity = "filled"

    def step(self, window: Sequence[np.ndarray], state: Any) -> tuple[np.ndarray, np.ndarray]:
        """Returns the frame, uint8 `(h, w, 3)`, and no state.

        Args:
            window: three frames, uint8 `(h, w, 3)`, or with the gap of `tfvgan.data.fill` as a
                fourth channel: before, now, after.
            state: nothing that is read.
        """
        return window[1][..., :3], np.zeros(0, "float32")

    def restore(
        self,
        video: np.ndarray | str | os.PathLike,
        out: str | os.PathLike | None = None,
        mask: np.ndarray | str | os.PathLike | None = None,
        **how: Unpack[ProcessSettings],
    ) -> np.ndarray | str:
        """Returns the video without its holes, uint8 `(t, h, w, 3)`; or, of a file, `out`.

        Args:
            video, out, **how: as of `tfvgan.tasks.Restorer.restore`.
            mask: likewise, and there must be one.

        Raises:
            ValueError: when a path comes without `out`, or an array with it; when there is no mask,
                or one of another kind or shape; as `tfvgan.streaming.process` does.
        """
        from tfvgan import streaming

        if mask is None:
            raise ValueError("`mask` must say what is missing, but is None: give one.")
        if are_files({"video": video}, out, how, mask):
            return streaming.process(self, video, out, mask=mask, **how)
        return fill(video, mask)[0]
