"""A trained restorer on its own: arrays or files in, better ones out, frame by frame."""

import os
from collections.abc import Sequence
from typing import Self, Unpack

import numpy as np
import tensorflow as tf

from tfvgan.data.fill import fill
from tfvgan.engine import Endpoint
from tfvgan.engine.precision import has_bfloat16, in_bfloat16
from tfvgan.layers import bicubic
from tfvgan.networks import RestorerGenerator
from tfvgan.streaming.settings import ProcessSettings
from tfvgan.tasks.examples import smooth_pictures
from tfvgan.tasks.filling import cut_off, filled_up
from tfvgan.tasks.recurrent import EDGE, Recurrent, are_files
from tfvgan.video import from_levels, to_levels

LEVEL = 0.5  # The strength of noise that is taken for the usual one.


class Restorer(Recurrent):
    """Restores videos with one trained network; nothing of the training is needed.

    It is a `tfvgan.streaming.Stepper`, and takes whole files as `restore` is handed their paths.

    Args:
        generator: `tfvgan.networks.RestorerGenerator`; it must not learn any more.
        strength: float in [0, 1], how much of what the network changes is taken.
        level: float in [0, 1], the strength of the noise, for networks that are told: 1 is a
            deviation of `tfvgan.data.degrade.recipes.STRONGEST` levels; None is `LEVEL`.
        edge: `(height, width)` of the frames that an edge device is to restore.

    Raises:
        ValueError: when it is no such network, or a number is out of its range.
    """

    verb = "restore"

    def __init__(
        self,
        generator: RestorerGenerator,
        strength: float = 1.0,
        level: float | None = None,
        edge: tuple[int, int] = EDGE,
    ):
        if not isinstance(generator, RestorerGenerator):
            raise ValueError(
                "`generator` must be a tfvgan.networks.RestorerGenerator, but is a "
                f"{type(generator).__name__}: of a VideoRestorer give its `average`."
            )
        for name, value in (("strength", strength), ("level", level)):
            if value is not None and not 0 <= value <= 1:
                raise ValueError(f"`{name}` must be from 0 to 1, but is {value!r}.")
        if level is not None and not generator.leveled:
            raise ValueError(
                "This restorer was not trained to be told how strong the noise is: leave `level` "
                '(--level) out, or take one of the recipe "denoise".'
            )
        self._hold(generator, edge)
        self.strength = strength
        self.level = level
        self._level = float(LEVEL if level is None else level)
        self._stepped = tf.function(self._step)

    @property
    def identity(self) -> str:
        """Returns a text that is unique to this network, its precision, strength and level."""
        precision = self.generator.compute_dtype
        less = "" if precision == "float32" else f" {precision}"
        return self.digest(f"{float(self.strength)} {self._level}{less}".encode()).hex()

    @property
    def bytes_per_pixel(self) -> float:
        """Returns roughly the bytes of memory that a step takes for each pixel of its frame.

        Numbers of 4 bytes: of what the network reads and makes at the folded size, twice; and of
        six pictures of the large size.
        """
        network, folded = self.generator, self.multiple**2
        small = 12 * folded + 2 * network.width + 4 * network.width
        return 4.0 * (2 * small / folded + 18 * self.factor**2)

    def fast(self) -> Self:
        """Returns the same restorer in bfloat16, some levels off by one; itself where this machine
        is no faster then."""
        if not has_bfloat16():
            return self
        return type(self)(in_bfloat16(self.generator), self.strength, self.level, self.edge)

    def resized(self, edge: tuple[int, int]) -> Self:
        """Returns the same restorer for edge devices with frames of another `(height, width)`."""
        return type(self)(self.generator, self.strength, self.level, edge)

    def step(
        self, window: Sequence[np.ndarray], state: np.ndarray | tf.Tensor | None
    ) -> tuple[np.ndarray, tf.Tensor]:
        """Returns the restored frame, `(factor * h, factor * w, 3)`, and the state after it.

        Args:
            window: three frames, uint8 `(h, w, 3)`, or uint16 as the new frame is then: before,
                now, after; sides are multiples of `multiple`. Where networks are told what was
                missing there may be a fourth channel, the gap of `tfvgan.data.fill` times 255.
            state: float32 of the frame before, as it came or an array; None at the beginning of a
                scene. It stays where the network is.
        """
        read = window if self.generator.neighbours else [None, window[1], None]
        before, frame, after = (_colours(each) for each in read)
        state = self.generator.start(from_levels(frame)) if state is None else state
        mask = _gap(window[1]) if self.generator.masked else None
        picture, state = self._stepped(before, frame, after, tf.convert_to_tensor(state), mask)
        return picture.numpy()[0], state

    def _step(self, before, frame, after, state, mask):
        """Returns the restored frames, of the dtype of those given, and the states, of a batch.

        What the network does not read is None.
        """
        level = tf.fill(tf.shape(frame)[:1], self._level)
        made, state = self._made(frame, state, mask, before, after, level=level)
        return to_levels(made, frame.dtype.name), state

    def _made(self, frame, state, mask=None, before=None, after=None, **conditions):
        """Returns the restored frames, float32 in [-1, 1], and the states, of a batch of any size.

        States are those of frames that are filled up: of `multiple` pixels each. The frames before
        and after are for networks that read `neighbours`.
        """
        if not self.generator.neighbours:
            before = after = frame
        window = [filled_up(each, self.multiple) for each in (before, frame, after)]
        hole = None if mask is None else filled_up(mask, self.multiple)
        made, state = self._mended(*window, state, hole, **conditions)
        return cut_off(made, frame, self.factor), state

    def _mended(self, before, frame, after, state, mask=None, level=None):
        """Returns restored frames and states as `_made` does; sides are multiples of `multiple`."""
        window = [from_levels(each) for each in (before, frame, after)]
        made, state = self._network(window, state, mask, level)
        if self.strength == 1:
            return made, state
        plain = bicubic(window[1], self.factor)
        return plain + self.strength * (made - plain), state

    def restore(
        self,
        video: np.ndarray | str | os.PathLike,
        out: str | os.PathLike | None = None,
        mask: np.ndarray | str | os.PathLike | None = None,
        **how: Unpack[ProcessSettings],
    ) -> np.ndarray | str:
        """Returns the video restored, uint8 `(t, factor * h, factor * w, 3)`; or, of a file, `out`.

        Args:
            video: uint8 `(t, h, w, 3)` in [0, 255], one scene; or the path of a file of any length,
                of a folder of images, or "-".
            out: where to write what a path's video becomes; see `tfvgan.streaming.process`.
            mask: `(t, h, w)` or `(h, w)`, above 0 where pixels are missing, with a last axis of 1
                or without; of a path, one.
            **how: further arguments of `tfvgan.streaming.process`.

        Raises:
            ValueError: when a path comes without `out`, or an array with it; when there is a mask
                for a network that is not told of any, or one of another shape; as `process` does.
        """
        from tfvgan import streaming

        if mask is not None and not self.generator.masked:
            raise ValueError(
                "This restorer was not trained to fill what is missing: leave `mask` out, or take "
                'one of the recipe "holes".'
            )
        if are_files({"video": video}, out, how, mask):
            return streaming.process(self, video, out, mask=mask, **how)
        if mask is not None:
            video, gap = fill(video, mask)
            video = np.concatenate([video, np.rint(255 * gap).astype("uint8")], -1)
        return self.scene(video)

    # What is served.

    def endpoints(self) -> dict[str, Endpoint]:
        """Returns `restore` for clips and `restore_frame` for edge devices, a frame at a time.

        `restore(video[, mask][, level])` reads uint8 `(batch, t, h, w, 3)`, and gives `video`.
        `restore_frame(before, frame, after, state[, mask][, level])` reads three frames in a row
        and the `state` that came with the one before, zeros at first; it gives `frame` and `state`.
        A network without `neighbours` is not asked for the frames before and after.
        Frames may be of any size: a state's sides are theirs over `multiple`, rounded up.
        """
        return self.endpoints_of(self.verb)

    def _clip_specs(self):
        any_size = (None, None, None)
        clip = [tf.TensorSpec((None, *any_size, 3), tf.uint8, "video")]
        conditions = self._condition_specs(any_size)
        return clip + [spec if len(spec.shape) == 1 else _clip_spec(spec) for spec in conditions]

    def _frame_specs(self, extents):
        names = ("before", "frame", "after") if self.generator.neighbours else ("frame",)
        frames = [tf.TensorSpec((*extents, 3), tf.uint8, name) for name in names]
        return [*frames, self._state_spec(extents), *self._condition_specs(extents)]

    def _condition_specs(self, extents):
        """Returns the specs of the network's conditions: mask and level, where it has them."""
        specs = [tf.TensorSpec((*extents, 1), tf.float32, "mask")] * self.generator.masked
        return specs + [tf.TensorSpec(extents[:1], tf.float32, "level")] * self.generator.leveled

    def _examples(self, count, seed):
        """Returns inputs of `restore_frame`: synthetic pictures that move a pixel a frame."""
        height, width = self.edge
        side = max(self.edge) + 2
        examples = []
        for picture in smooth_pictures(count, side, seed).numpy():
            places = {"before": 0, "frame": 1, "after": 2}
            named = {}
            for spec in self._frame_specs((1, *self.edge)):
                if spec.name in places:
                    at = places[spec.name]
                    named[spec.name] = picture[None, at : at + height, at : at + width]
            named["state"] = np.zeros(self._state_spec((1, *self.edge)).shape, "float32")
            for spec in self._condition_specs((1, *self.edge)):
                named[spec.name] = np.full(spec.shape, 0.5, "float32")
            examples.append(named)
        return examples


def _colours(frame):
    """Returns a frame's colours as a tensor of a batch, `(1, h, w, 3)`; None of None."""
    return None if frame is None else tf.constant(frame[None, ..., :3])


def _gap(frame):
    """Returns what was missing of a frame, float32 `(1, h, w, 1)`; zeros where it does not say."""
    gap = frame[..., 3:] if frame.shape[-1] > 3 else np.zeros_like(frame[..., :1])
    return tf.constant(gap[None] / np.float32(255))


def _clip_spec(spec):
    """Returns the spec of clips for a spec of frames: one more axis, the time."""
    return tf.TensorSpec((None, *spec.shape), spec.dtype, spec.name)
