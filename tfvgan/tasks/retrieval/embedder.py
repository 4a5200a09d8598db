"""A trained embedder on its own: half seconds of video in, vectors out."""

import functools
import os
from typing import Self

import numpy as np
import tensorflow as tf

from tfvgan.engine import Draws, Edge, Endpoint
from tfvgan.library.windows import FRAMES, LENGTH
from tfvgan.networks import EmbedderDiscriminator
from tfvgan.sealed import write_sealed
from tfvgan.tasks.encoded import encoded_endpoint
from tfvgan.tasks.examples import smooth_pictures
from tfvgan.tasks.guard import guarded
from tfvgan.tasks.loading import load_keras
from tfvgan.tasks.served import Served
from tfvgan.video import from_uint8

AT_ONCE = 32  # Windows that are embedded at once: more take memory, and no less time.
NAMED = 16  # Letters of the digest that an embedder goes by.


class Embedder(Served):
    """Maps half seconds of video to vectors: those of one video's copies are near each other.

    It is what `tfvgan.library` makes vectors with. Nothing of the training is needed.

    Args:
        generator: `tfvgan.networks.EmbedderDiscriminator`, a discriminator, in spite of what every
            model that is alone calls its network; it must not learn any more.

    Raises:
        ValueError: when it is no such network.
    """

    def __init__(self, generator: EmbedderDiscriminator):
        if not isinstance(generator, EmbedderDiscriminator):
            raise ValueError(
                "`generator` must be a tfvgan.networks.EmbedderDiscriminator, but is a "
                f"{type(generator).__name__}: of a VideoEmbedder give its `discriminator`."
            )
        self.generator = generator
        self._vectors = tf.function(self._rounded, input_signature=self._specs())

    @classmethod
    def load(cls, path: str | os.PathLike) -> Self:
        """Returns the embedder of a `.keras` file.

        Raises:
            ValueError: when it is damaged, or holds no embedder's network.
        """
        return cls(load_keras(path))

    def save(self, path: str | os.PathLike) -> str:
        """Returns `path`, which ends in .keras, where the network now is."""
        return write_sealed(path, self.generator.save)

    @functools.cached_property
    def name(self) -> str:
        """A text that is this network's alone: vectors of two names don't go together."""
        return self.digest(b"embedder").hex()[:NAMED]

    def embed(self, windows: np.ndarray) -> np.ndarray:
        """Returns the vectors of windows, int8 `(n, 64)`, about 127 long.

        Args:
            windows: uint8 `(n, 4, 96, 96, 3)` in [0, 255]; see `tfvgan.library.windows`.

        Raises:
            ValueError: when they are no such array.
        """
        size = self.generator.size
        wanted = (FRAMES, size, size, 3)
        shape = getattr(windows, "shape", None)
        if shape is None or shape[1:] != wanted or windows.dtype != np.uint8:
            raise ValueError(
                f"`windows` must be uint8 (n, {', '.join(map(str, wanted))}), but are "
                f"{getattr(windows, 'dtype', type(windows).__name__)} {shape or ''}: "
                "tfvgan.library.windows cuts videos so."
            )
        parts = [windows[at : at + AT_ONCE] for at in range(0, len(windows), AT_ONCE)]
        made = [self._vectors(tf.constant(part)).numpy() for part in parts]
        return np.concatenate([np.empty((0, self.generator.numbers), np.int8), *made])

    def endpoints(self) -> dict[str, Endpoint]:
        """Returns `embed(windows)`, which gives `vectors`: int8, on edge devices float32.

        `windows` are uint8 `(n, 4, 96, 96, 3)`. `vectors` are int8 `(n, 64)`, 127 times those of
        edge devices, which are of length 1. `embed_encoded(frames_bytes)` reads JPEG, PNG or PPM.
        """
        specs = self._specs()
        single = [tf.TensorSpec((1, *spec.shape[1:]), spec.dtype, spec.name) for spec in specs]
        edge = Edge(lambda windows: {"vectors": self._made(windows)}, self._examples, single)
        served = guarded(lambda windows: {"vectors": self._vectors(windows)}, specs)
        plain = Endpoint(served, specs, edge, lambda: {"windows": _grey(single[0])})
        makes = {"vectors": tf.TensorSpec((self.generator.numbers,), tf.int8)}
        return {"embed": plain, "embed_encoded": encoded_endpoint(plain, makes)}

    def _specs(self):
        size = self.generator.size
        return [tf.TensorSpec((None, FRAMES, size, size, 3), tf.uint8, "windows")]

    def _made(self, windows):
        return tf.cast(self.generator.embed(from_uint8(windows)), tf.float32)

    def _rounded(self, windows):
        return tf.cast(tf.round(LENGTH * self._made(windows)), tf.int8)

    def _examples(self, count, seed):
        """Returns windows of synthetic pictures that move."""
        size, moved = self.generator.size, Draws(seed, 1).integers((count, 2), 9).numpy() - 4
        made = []
        for picture, step in zip(smooth_pictures(count, size, seed).numpy(), moved, strict=True):
            rolled = [np.roll(picture, n * step, (0, 1)) for n in range(FRAMES)]
            made.append({"windows": np.stack(rolled)[None]})
        return made


def _grey(spec):
    """Returns grey pictures of a shape."""
    return np.full(spec.shape, 128, np.uint8)
