"""A trained stylizer on its own: arrays or files in, the same in its style out, frame by frame."""

import os
from typing import Self, Unpack

import numpy as np
import tensorflow as tf

from tfvgan.engine import Endpoint
from tfvgan.networks import StylizerGenerator
from tfvgan.streaming.settings import ProcessSettings
from tfvgan.tasks.recurrent import EDGE
from tfvgan.tasks.restoration.restorer import Restorer
from tfvgan.video import from_levels, to_levels


class Stylizer(Restorer):
    """Paints videos in the style that one network has learnt; nothing of the training is needed.

    It is a `tfvgan.streaming.Stepper`, and takes whole files as `stylize` is handed their paths.

    Args:
        generator: `tfvgan.networks.StylizerGenerator`; it must not learn any more.
        strength: float in [0, 1], how much of the style; 0 is the video as it was.
        edge: `(height, width)` of the frames that an edge device is to paint.

    Raises:
        ValueError: when it is no such network, or a number is out of its range.
    """

    verb = "stylize"

    def __init__(
        self,
        generator: StylizerGenerator,
        strength: float = 1.0,
        edge: tuple[int, int] = EDGE,
    ):
        if not isinstance(generator, StylizerGenerator):
            raise ValueError(
                "`generator` must be a tfvgan.networks.StylizerGenerator, but is a "
                f"{type(generator).__name__}: of a VideoStylizer give its `average`."
            )
        super().__init__(generator, strength, edge=edge)

    def resized(self, edge: tuple[int, int]) -> Self:
        """Returns one like it, whose edge devices paint frames of another `(height, width)`."""
        return type(self)(self.generator, self.strength, edge)

    def stylize(
        self,
        video: np.ndarray | str | os.PathLike,
        out: str | os.PathLike | None = None,
        **how: Unpack[ProcessSettings],
    ) -> np.ndarray | str:
        """Returns the video in the style, uint8 `(t, h, w, 3)`; or, of a file, `out`.

        Args:
            video: uint8 `(t, h, w, 3)` in [0, 255], one scene; or the path of a file of any length,
                of a folder of images, or "-".
            out: where to write what a path's video becomes; see `tfvgan.streaming.process`.
            **how: further arguments of `tfvgan.streaming.process`.

        Raises:
            ValueError: as of `Restorer.restore`.
        """
        return self.restore(video, out, **how)

    def _step(self, before, frame, after, state, mask):
        strength = tf.fill(tf.shape(frame)[:1], float(self.strength))
        made, state = self._made(frame, state, None, before, after, strength=strength)
        return to_levels(made, frame.dtype.name), state

    def _mended(self, before, frame, after, state, mask=None, strength=None):
        window = [from_levels(seen) for seen in (before, frame, after)]
        return self._network(window, state, mask, strength)

    def _condition_specs(self, extents):
        return [tf.TensorSpec(extents[:1], tf.float32, "strength")]

    def endpoints(self) -> dict[str, Endpoint]:
        """Returns `stylize` for clips and `stylize_frame` for edge devices, a frame at a time.

        `stylize(video, strength)` reads uint8 `(batch, t, h, w, 3)` and float32 `(batch,)` in
        [0, 1], and gives `video`. `stylize_frame(frame, state, strength)` reads a frame and the
        `state` that came with the one before, zeros at first; it gives `frame` and `state`. Of a
        network that reads `neighbours` it reads `before` and `after`, too. Frames may be of any
        size: see `Restorer.endpoints`.
        """
        return self.endpoints_of(self.verb)
