"""A trained steadier on its own: two videos in, the second without its flicker out."""

import os
from collections.abc import Sequence
from typing import Self, Unpack

import numpy as np
import tensorflow as tf

from tfvgan.engine import Endpoint
from tfvgan.networks import SteadierGenerator
from tfvgan.streaming.settings import ProcessSettings
from tfvgan.tasks.examples import smooth_pictures
from tfvgan.tasks.filling import cut_off, filled_up
from tfvgan.tasks.recurrent import EDGE, Recurrent, are_files
from tfvgan.video import from_levels, to_levels

BOTH = ("original", "processed")


class Steadier(Recurrent):
    """Takes the flicker out of what tools make of videos; nothing of the training is needed.

    It is a `tfvgan.streaming.Stepper` of frames with six channels, the original's and the processed
    one's, and takes whole files as `steady` is handed their paths.

    Args:
        generator: `tfvgan.networks.SteadierGenerator`; it must not learn any more.
        edge: `(height, width)` of the frames that an edge device is to steady.

    Raises:
        ValueError: when it is no such network, or no such size.
    """

    verb = "steady"
    places = {name: (name, 0) for name in BOTH} | {f"{name}_before": (name, -1) for name in BOTH}

    def __init__(self, generator: SteadierGenerator, edge: tuple[int, int] = EDGE):
        if not isinstance(generator, SteadierGenerator):
            raise ValueError(
                "`generator` must be a tfvgan.networks.SteadierGenerator, but is a "
                f"{type(generator).__name__}: of a VideoSteadier give its `average`."
            )
        self._hold(generator, edge)
        self._stepped = tf.function(self._step)

    @property
    def identity(self) -> str:
        """Returns a text that is unique to this network."""
        return self.digest(b"steadier").hex()

    @property
    def bytes_per_pixel(self) -> float:
        """Returns roughly the bytes of memory that a step takes for each pixel of its frame.

        Numbers of 4 bytes: of what the network reads and makes at the folded size, twice; of the
        neighbours of each pixel that is fetched along the motion, twice; and of 20 pictures.
        """
        network, folded = self.generator, self.multiple**2
        small = 4 * 3 * folded + 6 * network.width
        return 4.0 * (2 * small / folded + 2 * 5 * 4 * 6 + 20 * 3)

    def resized(self, edge: tuple[int, int]) -> Self:
        """Returns the same steadier for edge devices with frames of another `(height, width)`."""
        return type(self)(self.generator, edge)

    def step(
        self, window: Sequence[np.ndarray], state: np.ndarray | tf.Tensor | None
    ) -> tuple[np.ndarray, tf.Tensor]:
        """Returns the steady frame, `(h, w, 3)`, and the state after it.

        Args:
            window: three frames, uint8 `(h, w, 6)`, or uint16 as the new frame is then: before,
                now, after, of which the last is not read. The original's channels come first. Sides
                are multiples of `multiple`.
            state: float32 of the frame before, as it came or an array; None at the beginning of a
                scene. It stays where the network is.
        """
        before, now = (tf.constant(frame[None]) for frame in window[:2])
        state = self.generator.start(from_levels(now)) if state is None else state
        picture, state = self._stepped(before, now, tf.convert_to_tensor(state))
        return picture.numpy()[0], state

    def _step(self, before, now, state):
        made, state = self._both(before, now, state)
        return to_levels(made, now.dtype.name), state

    def _both(self, before, now, state):
        """Returns the steady frames, float32 in [-1, 1], and the states, of a batch of any size."""
        window = [from_levels(filled_up(each, self.multiple)) for each in (before, now)]
        made, state = self._network(window, state)
        return cut_off(made, now), state

    def steady(
        self,
        original: np.ndarray | str | os.PathLike,
        processed: np.ndarray | str | os.PathLike,
        out: str | os.PathLike | None = None,
        **how: Unpack[ProcessSettings],
    ) -> np.ndarray | str:
        """Returns the processed video without its flicker, uint8 `(t, h, w, 3)`; of files, `out`.

        Args:
            original: uint8 `(t, h, w, 3)` in [0, 255], one scene; or the path of a file.
            processed: what a tool made of it, likewise.
            out: where to write what files become; see `tfvgan.streaming.process`.
            **how: further arguments of `tfvgan.streaming.process`.

        Raises:
            ValueError: when paths come without `out`, or arrays with it; when one is a path and the
                other an array, or both are of other shapes; as `process` does.
        """
        from tfvgan import streaming

        if are_files({"original": original, "processed": processed}, out, how):
            return streaming.process(self, processed, out, beside=original, **how)
        if original.shape != processed.shape:
            raise ValueError(
                "`original` and `processed` must be of one shape, but are "
                f"{original.shape} and {processed.shape}: give as many frames of one size."
            )
        return self.scene(np.concatenate([original, processed], axis=-1))

    def endpoints(self) -> dict[str, Endpoint]:
        """Returns `steady` for clips and `steady_frame` for edge devices, a frame at a time.

        `steady(original, processed)` reads uint8 `(batch, t, h, w, 3)` each, and gives `video`.
        `steady_frame(original_before, original, processed_before, processed, state)` reads two
        frames in a row of both, at first twice the same, and the `state` that came with the one
        before, zeros at first; it gives `frame` and `state`. Frames may be of any size: a state's
        sides are theirs over `multiple`, rounded up.
        """
        return self.endpoints_of(self.verb)

    def _clip_specs(self):
        return [tf.TensorSpec((None, None, None, None, 3), tf.uint8, name) for name in BOTH]

    def _frame_specs(self, extents):
        names = [f"{name}{when}" for name in BOTH for when in ("_before", "")]
        pictures = [tf.TensorSpec((*extents, 3), tf.uint8, name) for name in names]
        return [*pictures, self._state_spec(extents)]

    def _made(self, original_before, original, processed_before, processed, state):
        before = tf.concat([original_before, processed_before], axis=-1)
        return self._both(before, tf.concat([original, processed], axis=-1), state)

    def _examples(self, count, seed):
        """Returns inputs of `steady_frame`: pictures that move a pixel a frame, and flicker."""
        height, width = self.edge
        specs = self._frame_specs((1, *self.edge))
        examples = []
        for picture in smooth_pictures(count, max(self.edge) + 1, seed).numpy():
            before, now = (picture[None, n : n + height, n : n + width] for n in range(2))
            given = [before, now, 255 - before, 250 - np.minimum(now, 250)]
            given.append(np.zeros(specs[-1].shape, "float32"))
            examples.append({spec.name: value for spec, value in zip(specs, given, strict=True)})
        return examples
