"""Videos through steppers whose frames a server makes, and what is shown of its masks."""

import os
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import tensorflow as tf

from tfvgan import streaming
from tfvgan.serving.remote import RemoteStepper
from tfvgan.streaming.bar import Bar
from tfvgan.tasks.recurrent import are_files
from tfvgan.tasks.segmentation.views import CUTOUT, behind, grown, pictured
from tfvgan.video import from_levels, to_levels


class Shown:
    """A stepper that shows the masks of another one.

    Args:
        stepper: `RemoteStepper`, whose frames are masks.
        view, grow: as of `tfvgan.tasks.Segmenter`.
    """

    found, together = False, RemoteStepper.together

    def __init__(self, stepper: RemoteStepper, view: str | os.PathLike, grow: int):
        self._stepper, self._view, self._grow = stepper, view, grow
        self.factor, self.multiple, self.alpha = stepper.factor, stepper.multiple, view == CUTOUT
        shown = "behind" if behind(view) is not None else view
        self.identity = f"{stepper.identity} {shown} {grow}"

    @property
    def bytes_per_pixel(self) -> float:
        """Returns roughly the bytes of memory that a step takes for each pixel of its frame."""
        return self._stepper.bytes_per_pixel

    def step(
        self, window: Sequence[np.ndarray], state: np.ndarray | None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Returns what is shown of a frame, and the state; see `tfvgan.tasks.Segmenter.step`."""
        (shown,), state = self.steps(window, state)
        return shown, state

    def steps(
        self, window: Sequence[np.ndarray], state: np.ndarray | None
    ) -> tuple[list[np.ndarray], np.ndarray]:
        """Returns what is shown of frames in a row, and the state; see `RemoteStepper.steps`."""
        masks, state = self._stepper.outputs([frame[..., :3] for frame in window], state)
        return [self._shown(*each) for each in zip(window[1:-1], masks, strict=True)], state

    def _shown(self, frame, mask):
        given = tf.constant(frame[None])
        shares = grown(tf.constant(mask[None] / np.float32(255)), self._grow)
        ground = from_levels(given[..., 3:]) if given.shape[-1] > 3 else None
        shown = pictured(self._view, from_levels(given[..., :3]), shares, ground)
        self.found = self.found or bool(tf.reduce_any(shares[..., 0] < 0.5))
        return to_levels(shown, given.dtype.name).numpy()[0]


def through(
    stepper: streaming.Stepper,
    video: np.ndarray | str | os.PathLike,
    out: str | os.PathLike | None,
    show: bool,
    how: Mapping[str, Any],
    **more: Any,
) -> np.ndarray | str:
    """Returns what a stepper makes of a video: an array of an array, of a path `out`.

    Args:
        stepper: `tfvgan.streaming.Stepper`.
        video, out: as of `tfvgan.tasks.recurrent.are_files`.
        show: whether to show a progress bar.
        how: further arguments of `tfvgan.streaming.process`.
        **more: those that are for files alone, or None.

    Raises:
        ValueError: as `process` does, and when an array comes with what is for files.
    """
    if are_files({"video": video}, out, how):
        with Bar(show) as progress:
            return streaming.process(stepper, video, out, **more, **{"progress": progress, **how})
    if any(each is not None for each in more.values()):
        raise ValueError("A mask and a background are for videos in files: give a path and `out`.")
    return remote_scene(stepper, video)


def remote_scene(stepper: streaming.Stepper, video: np.ndarray) -> np.ndarray:
    """Returns what the frames of one scene become, uint8 `(t, factor * h, factor * w, 3 or 4)`."""
    recurrence = streaming.Recurrence(stepper, cuts=False, part=len(video))
    return np.stack([made.picture for made in recurrence(video)])
