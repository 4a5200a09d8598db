"""A restorer that enlarges, and frames that keep their size: halved before it, or after it."""

from collections.abc import Sequence
from typing import Self

import numpy as np
import tensorflow as tf

from tfvgan.layers.resampling import HALVING
from tfvgan.tasks.restoration.restorer import Restorer


class Halved:
    """A `tfvgan.streaming.Stepper` that halves frames, and has a restorer make them large again.

    A video that was enlarged once, or is blurred, has no detail that halving takes away. A network
    that enlarges was shown sharp small frames: on these it draws edges as they should be.

    Args:
        restorer: `Restorer` of factor 2 or more.
        strength: float in [0, 1], how much of the change is taken.

    Raises:
        ValueError: when the restorer does not enlarge, or the strength is out of its range.
    """

    alpha, found = False, None

    def __init__(self, restorer: Restorer, strength: float = 1.0):
        if restorer.factor < 2:
            raise ValueError("`restorer` must enlarge by 2 or 4, but keeps the size.")
        if not 0 <= strength <= 1:
            raise ValueError(f"`strength` must be from 0 to 1, but is {strength!r}.")
        self.restorer, self.strength = restorer, strength
        self.factor = restorer.factor // 2
        self.multiple = 2 * restorer.multiple

    @property
    def identity(self) -> str:
        """Returns a text that is unique to the restorer and the strength."""
        how = type(self).__name__.lower()
        return f"{how} {float(self.strength)} {self.restorer.identity}"

    def fast(self) -> Self:
        """Returns the same with the restorer's `fast`."""
        return type(self)(self.restorer.fast(), self.strength)

    @property
    def bytes_per_pixel(self) -> float:
        """Returns roughly the bytes of memory that a step takes for each pixel of its frame."""
        return self.restorer.bytes_per_pixel / 4 + 48

    def step(
        self, window: Sequence[np.ndarray], state: np.ndarray | tf.Tensor | None
    ) -> tuple[np.ndarray, tf.Tensor]:
        """Returns the frame, `(factor * h, factor * w, 3)`, and the state after it.

        Args:
            window, state: as of `Restorer.step`; sides are multiples of `multiple`.

        Raises:
            ValueError: when only a part of the change is to be taken of frames that are enlarged.
        """
        made, state = self._made(window, state)
        if self.strength == 1:
            return made, state
        if self.factor > 1:
            raise ValueError("Of what is enlarged the whole change is taken: leave `strength` 1.")
        frame = window[1].astype("float32")
        mixed = frame + self.strength * (made.astype("float32") - frame)
        return np.rint(mixed).astype(made.dtype), state

    def _made(self, window, state):
        """Returns the frame with the whole change, and the state."""
        return self.restorer.step([halved(frame) for frame in window], state)


class Shrunk(Halved):
    """A `tfvgan.streaming.Stepper` that has a restorer enlarge frames, and halves what it made.

    For a network that halves what it reads itself, since it was made for pictures without detail.

    Args:
        restorer, strength: as of `Halved`.

    Raises:
        ValueError: likewise.
    """

    def __init__(self, restorer: Restorer, strength: float = 1.0):
        super().__init__(restorer, strength)
        self.multiple = restorer.multiple

    @property
    def bytes_per_pixel(self) -> float:
        """Returns roughly the bytes of memory that a step takes for each pixel of its frame."""
        return self.restorer.bytes_per_pixel + 16 * self.restorer.factor**2

    def _made(self, window, state):
        made, state = self.restorer.step(window, state)
        return halved(made), state


def halved(frame: np.ndarray) -> np.ndarray:
    """Returns a frame of half its height and width, bicubically, of its dtype.

    Args:
        frame: uint8 or uint16 `(h, w, c)`, sides even.
    """
    made = frame.astype("float32")
    for axis in (0, 1):
        edges = [(0, 0)] * 3
        edges[axis] = (3, 3)
        wide, side = np.pad(made, edges, "edge"), made.shape[axis]
        parts = [slice(tap, tap + side, 2) for tap in range(len(HALVING))]
        at = [(slice(None),) * axis + (part,) for part in parts]
        made = sum(weight * wide[place] for weight, place in zip(HALVING, at, strict=True))
    return np.clip(np.rint(made), 0, np.iinfo(frame.dtype).max).astype(frame.dtype)
