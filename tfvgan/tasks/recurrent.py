"""A trained recurrent network on its own: frame by frame, in memory or of an edge device."""

import os
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import tensorflow as tf

from tfvgan.engine import Edge, Endpoint
from tfvgan.sealed import write_sealed
from tfvgan.tasks.filling import filled_side
from tfvgan.tasks.guard import guarded
from tfvgan.tasks.served import Served
from tfvgan.video import check_video, to_uint8

EDGE = (180, 320)  # Height and width of what an edge device is given.


class Recurrent(Served):
    """Base class of steppers that hold a recurrent `generator`, and of what is served of them.

    A subclass makes a frame with `step`, and says with `_clip_specs`, `_frame_specs`, `_clip`,
    `_made` and `_examples` what its endpoints read, return, and are tried on.
    """

    verb = None  # What it does to videos, which is its command.
    outputs = ("video", "frame")  # What endpoints call what is made: of clips, and of a frame.
    alpha, found = False, None  # As of `tfvgan.streaming.Stepper`.

    def _hold(self, generator: Any, edge: tuple[int, int]) -> None:
        """Keeps the network, and the size of the frames of edge devices.

        Raises:
            ValueError: when that is no size.
        """
        self.generator = generator
        # A function of its own, which endpoints share: else each would hold a copy of its graph.
        self._network = tf.function(generator.step, autograph=False)
        self.factor = generator.factor
        self.edge = tuple(edge)
        self.multiple = 2**generator.folds
        if len(self.edge) != 2 or min(self.edge) < 1:
            raise ValueError(f"`edge` must be a height and a width, 1 or more, but is {edge}.")

    def save(self, path: str | os.PathLike) -> str:
        """Returns `path`, which ends in .keras, where the network now is."""
        return write_sealed(path, self.generator.save)

    def scene(self, video: np.ndarray) -> np.ndarray:
        """Returns what the frames of one scene become, uint8 `(t, factor * h, factor * w, 3)`.

        Args:
            video: uint8 `(t, h, w, c)`, as `step` reads windows of it.
        """
        from tfvgan import streaming

        recurrence = streaming.Recurrence(self, cuts=False)
        return np.stack([made.picture for made in recurrence(video)])

    def endpoints_of(self, name: str) -> dict[str, Endpoint]:
        """Returns the endpoint `name` for clips, and `name`_frame for a frame at a time.

        Args:
            name: what is done to videos, a verb.
        """
        clip, specs = self._clip_specs(), self._frame_specs((None, None, None))
        of_clips, of_frames = self.outputs

        def rounded(*inputs):
            made, state = self._made(**as_arguments(specs, inputs))
            return {of_frames: self._rounded(made), "state": state}

        def plain(*inputs):
            made, state = self._made(**as_arguments(specs, inputs))
            return {of_frames: made, "state": state}

        def whole(*inputs):
            return {of_clips: self._clip(**as_arguments(clip, inputs))}

        edge = Edge(plain, self._examples, self._frame_specs((1, *self.edge)))
        return {
            name: Endpoint(guarded(whole, clip), clip),
            f"{name}_frame": Endpoint(guarded(rounded, specs), specs, edge),
        }

    def _rounded(self, made):
        """Returns what was made of frames as uint8."""
        return to_uint8(made)

    def _state_spec(self, extents):
        batch, *sides = extents
        sides = [filled_side(side, self.multiple) for side in sides]
        sides = [None if side is None else side // self.multiple for side in sides]
        channels = self.generator.state_channels
        return tf.TensorSpec((batch, *sides, channels), tf.float32, "state")


def scanned(
    frames: tf.Tensor, state: tf.Tensor, first: tf.Tensor, one: Callable[..., tuple]
) -> tf.Tensor:
    """Returns what frames become one after the other, uint8 `(batch, t, ...)`.

    Args:
        frames: `(t, batch, h, w, c)`.
        state: before the first one.
        first: uint8, of the shape of a frame that is made.
        one: function of the frame before, the frame, the one after (the nearest at the ends), the
            state and the number of the frame, to the frame that is made, float32 in [-1, 1], and
            the state after it.
    """
    last = tf.shape(frames)[0] - 1

    def step(carried, number):
        window = [frames[tf.clip_by_value(number + by, 0, last)] for by in (-1, 0, 1)]
        made, state = one(*window, carried[1], number)
        return to_uint8(made), state

    made, _ = tf.scan(step, tf.range(last + 1), (first, state))
    return tf.transpose(made, (1, 0, 2, 3, 4))


def as_arguments(specs: Sequence[tf.TensorSpec], inputs: Sequence[Any]) -> dict[str, Any]:
    """Returns the inputs by the names of their specs."""
    return {spec.name: value for spec, value in zip(specs, inputs, strict=True)}


def are_files(videos: dict[str, Any], out: Any, how: dict[str, Any]) -> bool:
    """Returns whether videos are paths of files; others are arrays of one scene.

    Args:
        videos: dict by the names of the arguments.
        out: where files are written, or None.
        how: further arguments for files.

    Raises:
        ValueError: when paths come without `out`, or arrays with it; when some are paths and others
            arrays, or an array is no video in whole levels.
    """
    kinds = {isinstance(video, (str, os.PathLike)) for video in videos.values()}
    if len(kinds) > 1:
        both = " and ".join(f"`{name}`" for name in videos)
        raise ValueError(f"{both} must be both paths, or both arrays: read the file, or write one.")
    is_path = kinds.pop()
    if is_path != (out is not None) or (how and not is_path):
        raise ValueError(
            "`out` and what goes with it is for videos in files: give a path and `out`, or an "
            "array alone."
        )
    for name, video in () if is_path else videos.items():
        check_video(video, rank=4)
        if video.dtype != np.uint8:
            raise ValueError(
                f"`{name}` must be uint8 in [0, 255], but is {video.dtype}: of one in [-1, 1] give "
                f"`tfvgan.video.to_uint8({name}).numpy()`."
            )
    return is_path
