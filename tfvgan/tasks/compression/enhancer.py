"""The enhanced codec's network alone: it enhances a base layer's frames, one by one."""

import copy
import os
from collections.abc import Sequence
from typing import Self

import numpy as np
import tensorflow as tf

from tfvgan.engine import Endpoint
from tfvgan.networks import RestorerGenerator
from tfvgan.tasks.beside import write_beside
from tfvgan.tasks.compression.sharpness import sharpen_pictures
from tfvgan.tasks.restoration.restorer import Restorer
from tfvgan.video import from_uint8, to_uint8

EDGE = (360, 640)  # Height and width of what an edge device decompresses.


class Enhancer(Restorer):
    """A `Restorer` of base layers, conditioned on a group's coarseness; its blend weight and
    sharpness are inputs, too.

    Args:
        generator: `tfvgan.networks.RestorerGenerator` of factor 1, told the level.
        strength, level, edge: as of `Restorer`.

    Raises:
        ValueError: as of `Restorer`, and when it is no such network.
    """

    def __init__(
        self,
        generator: RestorerGenerator,
        strength: float = 1.0,
        level: float | None = None,
        edge: tuple[int, int] = EDGE,
    ):
        factor, leveled = getattr(generator, "factor", 1), getattr(generator, "leveled", True)
        if factor != 1 or not leveled:
            raise ValueError(
                "A codec's network must be of factor 1 and told the level, but this one has factor "
                f"{factor} and is {'' if leveled else 'not '}told it: train one by `--factor 1 "
                "--recipes coded`."
            )
        super().__init__(generator, strength, level, edge)
        self.sharpness = 0.0

    def save(self, path: str | os.PathLike) -> str:
        """Returns `path`, where the network now is; beside it, as .json, that it is a codec's."""
        write_beside(path, codec=True)
        return super().save(path)

    def with_settings(self, strength: float, level: float, sharpness: float = 0.0) -> Self:
        """Returns another one of the same network, for which nothing is compiled anew.

        Args:
            strength: float in [0, 1].
            level: float in [0, 2], of a base layer; see `tfvgan.data.base_layer.Standard.level`.
            sharpness: float, of `tfvgan.tasks.compression.sharpness`.
        """
        other = copy.copy(self)
        other.strength, other.level, other._level = strength, level, float(level)
        other.sharpness = sharpness
        return other

    def endpoints(self) -> dict[str, Endpoint]:
        """Returns `enhance`, a frame at a time, for servers and edge devices.

        `enhance(before, frame, after, state, level, strength, sharpness)` reads three frames in a
        row of the base layer, uint8 `(batch, h, w, 3)`; the `state` that came with the one before,
        zeros at the beginning of a group; and of the group, float32 `(batch,)`, the level of its
        base layer: where its quantiser is between the best, 0, and the worst, 1, and 1 more where
        frames had half the size and were enlarged by lanczos; how much of what the network changes
        is taken, in [0, 1]; and the sharpness of `sharpness.py`. It gives `frame` and `state`. At
        the ends of a group the nearest frame that there is stands for the one that is not.
        `enhance_320x180`, `enhance_part` and `enhance_part_encoded` are as of `endpoints_of`.
        """
        served = self.endpoints_of("enhance")
        clips = ("enhance", "enhance_encoded")
        return {
            name.replace("_frame", ""): each for name, each in served.items() if name not in clips
        }

    def step(
        self, window: Sequence[np.ndarray], state: np.ndarray | tf.Tensor | None
    ) -> tuple[np.ndarray, tf.Tensor]:
        """Returns the mended frame, and the state after it; see `Restorer.step`."""
        frames = [tf.constant(frame[None]) for frame in window]
        state = self.generator.start(from_uint8(frames[1])) if state is None else state
        amounts = self._level, self.strength, self.sharpness
        conditions = [tf.constant([number], tf.float32) for number in amounts]
        picture, state = self._stepped(*frames, tf.convert_to_tensor(state), *conditions)
        return picture.numpy()[0], state

    def _step(self, before, frame, after, state, level, strength, sharpness):
        conditions = {"level": level, "strength": strength, "sharpness": sharpness}
        made, state = self._made(frame, state, None, before, after, **conditions)
        return to_uint8(made), state

    def _mended(
        self, before, frame, after, state, mask=None, level=None, strength=1.0, sharpness=0.0
    ):
        made, state = self.generator.step(
            [from_uint8(each) for each in (before, frame, after)], state, mask, level
        )
        plain = from_uint8(frame)
        made = plain + tf.reshape(strength, (-1, 1, 1, 1)) * (made - plain)
        return sharpen_pictures(made, sharpness), state

    def _condition_specs(self, extents):
        named = [tf.TensorSpec(extents[:1], tf.float32, name) for name in ("strength", "sharpness")]
        return [*super()._condition_specs(extents), *named]
