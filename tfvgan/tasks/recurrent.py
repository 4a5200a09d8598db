"""A trained recurrent network on its own: frame by frame, in memory or of an edge device."""

import os
from collections.abc import Sequence
from typing import Any

import numpy as np
import tensorflow as tf

from tfvgan.engine import Edge, Endpoint
from tfvgan.sealed import write_sealed
from tfvgan.tasks.encoded import encoded_endpoint
from tfvgan.tasks.filling import filled_side
from tfvgan.tasks.guard import guarded
from tfvgan.tasks.served import Served
from tfvgan.video import check_video, to_uint8

EDGE = (180, 320)  # Height and width of what an edge device is given.


class Recurrent(Served):
    """Base class of steppers that hold a recurrent `generator`, and of what is served of them.

    A subclass makes a frame with `step`, and says with `_clip_specs`, `_frame_specs`, `places`,
    `_made` and `_examples` what its endpoints read, return, and are tried on.
    """

    verb = None  # What it does to videos, which is its command.
    outputs = ("video", "frame")  # What endpoints call what is made: of clips, and of a frame.
    # Of what an endpoint of a frame reads: the clip that it is of, and how many frames later.
    places = {"before": ("video", -1), "frame": ("video", 0), "after": ("video", 1)}
    places |= {"mask": ("mask", 0)}
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
        """Returns what is served of clips, of a frame at a time, and of pictures in files.

        `name` takes clips, and `name`_frame a frame with its neighbours and the state that came
        with the one before; `name`_frame_320x180 as well, of one size alone, so that no other one
        gets into its batches. `name`_part takes the next frames of a long video, with
        the state. `name`_encoded and `name`_part_encoded take JPEG, PNG or PPM files:
        see `encoded_endpoint`.

        Args:
            name: what is done to videos, a verb.
        """
        free = (None, None, None)
        clip, specs, part = self._clip_specs(), self._frame_specs(free), self._part_specs()
        of_clips, of_frames = self.outputs
        # One graph of a frame, which all that is served shares.
        made = tf.function(lambda *inputs: self._made(**as_arguments(specs, inputs)), specs, False)

        def frame(*inputs):
            picture, state = made(*inputs)
            return {of_frames: self._rounded(picture), "state": state}

        def plain(*inputs):
            picture, state = self._made(**as_arguments(specs, inputs))
            return {of_frames: picture, "state": state}

        def whole(*inputs):
            return {of_clips: self._along(made, specs, **as_arguments(clip, inputs))[0]}

        def next_ones(*inputs):
            found = self._along(made, specs, **as_arguments(part, inputs))
            return dict(zip((of_clips, "state"), found, strict=True))

        def request(specs):
            return lambda: {spec.name: self._usual(spec) for spec in specs}

        fixed = self._frame_specs((None, *self.edge))
        edge = Edge(plain, self._examples, self._frame_specs((1, *self.edge)))
        clips = Endpoint(guarded(whole, clip), clip, request=request(clip))
        parts = Endpoint(guarded(next_ones, part), part, request=request(part))
        makes = {of_clips: tf.TensorSpec((*free, self._channels()), tf.uint8)}
        state = tf.TensorSpec(self._state_spec(free).shape[1:], tf.float32)
        height, width = self.edge
        return {
            name: clips,
            f"{name}_frame": Endpoint(guarded(frame, specs), specs, edge, request(fixed)),
            f"{name}_frame_{width}x{height}": Endpoint(
                guarded(frame, fixed), fixed, request=request(fixed)
            ),
            f"{name}_part": parts,
            f"{name}_encoded": encoded_endpoint(clips, makes),
            f"{name}_part_encoded": encoded_endpoint(
                parts, makes | {"state": state}, self._state_shape
            ),
        }

    def _part_specs(self):
        """Returns the specs of the next frames of a long video, of those beside, and of a state."""
        frames = {spec.name: spec for spec in self._frame_specs((None, None, None))}
        beside = [frames[name] for name, (_, by) in self.places.items() if by and name in frames]
        return [*self._clip_specs(), *beside, frames["state"]]

    def _along(self, made, specs, state=None, **given):
        """Returns what frames become one after the other, uint8 `(batch, t, ...)`, and the state.

        Args:
            made: `_made`, of tensors in the order of `specs`.
            specs: of a frame.
            state: before the first one; None at the beginning.
            **given: clips `(batch, t, h, w, c)`, the frames beside them, which are else the nearest
                that there are, and conditions.
        """
        clips = {name: each for name, each in given.items() if len(each.shape) == 5}
        frames = {name: tf.transpose(clip, (1, 0, 2, 3, 4)) for name, clip in clips.items()}
        first = next(iter(frames.values()))
        last = tf.shape(first)[0] - 1
        if state is None:
            shape = self._state_shape(tf.shape(first)[2:4])
            state = tf.zeros(tf.concat([tf.shape(first)[1:2], shape], 0))

        def seen(name, number, state):
            if name == "state":
                return state
            clip, by = self.places.get(name, (None, 0))
            if clip is None:
                return given[name]  # A condition.
            at = number + by
            near = frames[clip][tf.clip_by_value(at, 0, last)]
            if name not in given or not by:
                return near
            return tf.cond(tf.logical_and(at >= 0, at <= last), lambda: near, lambda: given[name])

        def step(number, state, pictures):
            picture, state = made(*(seen(spec.name, number, state) for spec in specs))
            return number + 1, state, pictures.write(number, self._rounded(picture))

        pictures = tf.TensorArray(tf.uint8, last + 1, element_shape=(None, None, None, None))
        _, state, pictures = tf.while_loop(
            lambda number, *_: number <= last,
            step,
            (tf.constant(0), state, pictures),
            (tf.TensorShape(()), self._state_spec((None, None, None)).shape, None),
            parallel_iterations=1,
        )
        return tf.transpose(pictures.stack(), (1, 0, 2, 3, 4)), state

    def _usual(self, spec):
        """Returns a small input that makes sense, an array: of the edge's size, of two frames."""
        height, width = self.edge
        if spec.name == "state":
            spec = self._state_spec((1, height, width))
        axes = {1: (), 4: (height, width), 5: (2, height, width)}[spec.shape.rank]
        shape = spec.shape if spec.name == "state" else (1, *axes, *spec.shape[1 + len(axes) :])
        usual = 128 if spec.dtype == tf.uint8 else 0
        return np.full(shape, usual, spec.dtype.as_numpy_dtype)

    def _channels(self):
        """Returns the channels of what is made of a frame."""
        return 3

    def _state_shape(self, size):
        """Returns the shape of the state of frames of a height and a width, int32 `(3,)`."""
        return tf.concat([-(-size // self.multiple), [self.generator.state_channels]], 0)

    def _rounded(self, made):
        """Returns what was made of frames as uint8."""
        return to_uint8(made)

    def _state_spec(self, extents):
        batch, *sides = extents
        sides = [filled_side(side, self.multiple) for side in sides]
        sides = [None if side is None else side // self.multiple for side in sides]
        channels = self.generator.state_channels
        return tf.TensorSpec((batch, *sides, channels), tf.float32, "state")


def as_arguments(specs: Sequence[tf.TensorSpec], inputs: Sequence[Any]) -> dict[str, Any]:
    """Returns the inputs by the names of their specs."""
    return {spec.name: value for spec, value in zip(specs, inputs, strict=True)}


def are_files(videos: dict[str, Any], out: Any, how: dict[str, Any], mask: Any = None) -> bool:
    """Returns whether videos are paths of files; others are arrays of one scene.

    Args:
        videos: dict by the names of the arguments.
        out: where files are written, or None.
        how: further arguments for files.
        mask: what goes with them, a path or an array as they are; None where nothing does.

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
    if mask is not None and is_path != isinstance(mask, (str, os.PathLike)):
        raise ValueError(
            f"`mask` must be as `{next(iter(videos))}` is, a path or an array, but is a "
            f"{type(mask).__name__}: write it to a file, or read the video."
        )
    return is_path
