"""Videos through steppers whose frames a server makes, and what is shown of its masks."""

import functools
import os
from collections.abc import Callable, Mapping, Sequence
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
        self._stepper, self._grow = stepper, grow
        self.factor, self.multiple, self.alpha = stepper.factor, stepper.multiple, view == CUTOUT
        self._view = "behind" if behind(view) is not None else view
        self.identity = f"{stepper.identity} {self._view} {grow}"

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
        channels = frame.shape[-1], mask.shape[-1]
        shown, found = viewer(self._view, self._grow, *channels, frame.dtype.name)(frame, mask)
        self.found = self.found or bool(found)
        return shown.numpy()


@functools.lru_cache(maxsize=8)
def viewer(
    view: str, grow: int, channels: int, classes: int, dtype: str
) -> Callable[[np.ndarray, np.ndarray], tuple[tf.Tensor, tf.Tensor]]:
    """Returns a function of a frame and its mask, which gives what is shown, and what was found.

    It is a graph, made once for frames of all sizes: operations one by one take some times as long.
    The frame is `(h, w, channels)`, the mask uint8 `(h, w, classes)`. What is shown is of the
    frame's dtype, `(h, w, 3)`, of a cutout 4. The other is true, bool `()`, where more than half of
    a pixel is of another class than the first.

    Args:
        view, grow: as of `tfvgan.tasks.Segmenter`; any text where `channels` are 6.
        channels: of the frame: 3, and 3 more of what is behind it.
        classes: of the mask.
        dtype: of the frame, "uint8" or "uint16".
    """

    def seen(frame, mask):
        given = from_levels(frame[None])
        shares = grown(tf.cast(mask[None], tf.float32) / 255.0, grow)
        ground = given[..., 3:] if channels > 3 else None
        shown = pictured(view, given[..., :3], shares, ground)
        return to_levels(shown, dtype)[0], tf.reduce_any(shares[..., 0] < 0.5)

    specs = [
        tf.TensorSpec((None, None, channels), dtype),
        tf.TensorSpec((None, None, classes), tf.uint8),
    ]
    return tf.function(seen, specs, autograph=False)


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
