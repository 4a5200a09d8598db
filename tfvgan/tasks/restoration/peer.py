"""Published networks of other authors over videos, as our restorers go."""

import hashlib
import os
from collections.abc import Sequence
from typing import Any, Unpack

import numpy as np
import tensorflow as tf

from tfvgan import weights
from tfvgan.data.degrade.recipes import STRONGEST
from tfvgan.layers import bicubic
from tfvgan.streaming.settings import ProcessSettings
from tfvgan.tasks.recurrent import are_files
from tfvgan.tasks.restoration.propagation import Propagation
from tfvgan.tasks.restoration.restorer import LEVEL

BESIDE = 2.0  # Times the numbers of a network: what its convolutions take beside them.


class PeerRestorer:
    """Restores videos with one published network, whose weights have been fetched.

    It is a `tfvgan.streaming.Stepper`, in tiles where frames are large. Frames are made one by one,
    and nothing is remembered from one to the next; but with BasicVSR `together` of them are made at
    once, from each other and from what is remembered of all before.

    Args:
        name: such as "span_x2"; see `tfvgan weights list`.
        strength: float in [0, 1], how much of what the network changes is taken.
        level: float in [0, 1], the strength of the noise, for networks that are told (ffdnet), as
            of `Restorer`; None is `LEVEL`, or of others nothing.

    Raises:
        MissingWeights: when its weights have not been fetched, or are damaged.
        ValueError: when no network of that name restores; when a number is out of its range.
    """

    verb = "restore"
    alpha, found = False, None  # As of `tfvgan.streaming.Stepper`.

    def __init__(self, name: str, strength: float = 1.0, level: float | None = None):
        if not self.is_known(name):
            names = [entry.name for entry in weights.CATALOGUE.values() if entry.picture]
            raise ValueError(
                f"A published network that restores must be one of {', '.join(names)}, but is "
                f"{name!r}: name one."
            )
        for what, value in (("strength", strength), ("level", level)):
            if value is not None and not 0 <= value <= 1:
                raise ValueError(f"`{what}` must be from 0 to 1, but is {value!r}.")
        picture = weights.find(name).picture
        if level is not None and not picture.levelled:
            raise ValueError(
                f"The network {name} is not told how strong the noise is: leave `level` (--level) "
                "out."
            )
        self.name, self.strength, self.level = name, strength, level
        self.factor, self.multiple = picture.factor, picture.multiple
        self.together = picture.together
        self._margin, self._levelled = picture.margin, picture.levelled
        self._level = float(LEVEL if level is None else level) * self._levelled
        self._network = weights.network(name)
        frames = tf.TensorSpec((None, None, None, 3), tf.float32)
        self._read_alone = tf.function(self._read, input_signature=[frames])
        self._made = Propagation(self._network) if self.together > 1 else self._alone

    @staticmethod
    def is_known(name: Any) -> bool:
        """Returns whether a published network that restores has that name, fetched or not."""
        entry = weights.CATALOGUE.get(name) if isinstance(name, str) else None
        return entry is not None and entry.picture is not None

    @property
    def identity(self) -> str:
        """Returns a text that is unique to these weights, strength and level."""
        said = f"{weights.find(self.name).sha256} {float(self.strength)} {self._level}"
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def bytes_per_pixel(self) -> float:
        """Returns roughly the bytes of memory that a step takes for each pixel of its frame."""
        step = 4.0 * (BESIDE * self._network.floats_per_pixel + 12 * self.factor**2)
        if self.together == 1:
            return step
        # Frames and features of the whole run, and what was made of it.
        return step + self.together * (4.0 * (3 + self._network.width) + 6 * self.factor**2)

    def step(self, window: Sequence[np.ndarray], state: Any) -> tuple[np.ndarray, np.ndarray]:
        """Returns the new frame, `(factor * h, factor * w, 3)`, and the state after it.

        Args:
            window: three frames, uint8 or uint16 `(h, w, 3)`, of which most networks read the one
                in the middle; sides are multiples of `multiple`.
            state: as it came with the frame before; None at the beginning of a scene. Of most
                networks it is nothing.
        """
        (picture,), state = self.steps(window, state)
        return picture, state

    def steps(
        self, window: Sequence[np.ndarray], state: Any
    ) -> tuple[list[np.ndarray], np.ndarray]:
        """Returns what all frames but the first and the last become, and the state after them.

        Args:
            window, state: as of `step`, of three frames or more.
        """
        most = np.float32(np.iinfo(window[1].dtype).max)
        given = [frame[..., :3] / most for frame in window]
        pictures = []
        for frame, found in zip(given[1:-1], self._made(given, state), strict=True):
            made, state_after = found
            if self.strength != 1:
                plain = bicubic(frame[None], self.factor).numpy()[0]
                made = plain + self.strength * (made - plain)
            levels = np.rint(most * np.clip(made, 0, 1))
            pictures.append(levels.astype(window[1].dtype))
        return pictures, state_after

    def _alone(self, window, state):
        """Yields what the network makes of each frame, and a state of nothing."""
        around = (self._margin, self._margin)
        for frame in window[1:-1]:
            wide = np.pad(frame, [around, around, (0, 0)], "edge")
            yield self._read_alone(wide[None]).numpy()[0], np.zeros(0, "float32")

    def _read(self, frames):
        """Returns what the network makes of frames, float32 in about [0, 1]."""
        if not self._levelled:
            return self._network(frames)
        noise = tf.fill(tf.shape(frames)[:1], self._level * STRONGEST / 255)
        return self._network({"frame": frames, "noise": noise})

    def scene(self, video: np.ndarray) -> np.ndarray:
        """Returns what frames become, uint8 `(t, factor * h, factor * w, 3)`.

        Args:
            video: uint8 `(t, h, w, 3)`.
        """
        from tfvgan import streaming

        recurrence = streaming.Recurrence(self, cuts=False, part=len(video))
        return np.stack([made.picture for made in recurrence(video)])

    def restore(
        self,
        video: np.ndarray | str | os.PathLike,
        out: str | os.PathLike | None = None,
        mask: None = None,
        **how: Unpack[ProcessSettings],
    ) -> np.ndarray | str:
        """Returns the video restored, uint8 `(t, factor * h, factor * w, 3)`; or, of a file, `out`.

        Args:
            video, out, how: as of `Restorer.restore`.
            mask: must be None: none of these networks fills what is missing.

        Raises:
            ValueError: when there is a mask; as `Restorer.restore` does.
        """
        from tfvgan import streaming

        if mask is not None:
            raise ValueError(
                f"The network {self.name} does not fill what is missing: leave `mask` (--mask) out."
            )
        if are_files({"video": video}, out, how):
            return streaming.process(self, video, out, **how)
        return self.scene(video)
