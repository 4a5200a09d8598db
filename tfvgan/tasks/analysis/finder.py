"""A trained finder of cuts on its own: thumbnails in, two probabilities a frame out."""

import os
from collections.abc import Iterable, Iterator
from typing import Any, Self

import numpy as np
import tensorflow as tf

from tfvgan.engine import Draws, Endpoint
from tfvgan.engine.endpoint import Edge
from tfvgan.networks import CutFinder
from tfvgan.networks.cut_finder import HEIGHT, REACH, WIDTH
from tfvgan.streaming import Source
from tfvgan.tasks.encoded import encoded_endpoint
from tfvgan.tasks.examples import smooth_pictures
from tfvgan.tasks.guard import guarded
from tfvgan.tasks.loading import load_keras, save_deflated
from tfvgan.tasks.served import Served
from tfvgan.video import from_uint8

CHUNK = 512  # Frames that are scored at once, beside those around them.
ON_EDGE = 128  # Frames that an edge device is given.
THUMBNAIL = (HEIGHT, WIDTH)


class Finder(Served):
    """Tells of each frame how likely a new shot begins with it, and how likely it is of a gradual
    transition.

    Args:
        generator: `tfvgan.networks.CutFinder`, the network; exports call it so of all models.

    Raises:
        ValueError: when it is another network.
    """

    def __init__(self, generator: CutFinder):
        if not isinstance(generator, CutFinder):
            raise ValueError(
                "`generator` must be a tfvgan.networks.CutFinder, but is a "
                f"{type(generator).__name__}."
            )
        generator.build()
        self.generator = generator
        self._traced = tf.function(self._made, reduce_retracing=True)

    def save(self, path: str | os.PathLike) -> str:
        """Returns `path`, where the network now is.

        Args:
            path: ends in .keras.
        """
        return save_deflated(self.generator, path)

    @classmethod
    def load(cls, path: str | os.PathLike) -> Self:
        """Returns the finder that was saved there.

        Raises:
            ValueError: when the file holds another network, or is damaged.
        """
        return cls(load_keras(path))

    def endpoints(self) -> dict[str, Endpoint]:
        """Returns `score(thumbnails)`, which gives `cut` and `transition`.

        Thumbnails are uint8 `(batch, frames, 27, 48, 3)`; both answers are float32 in [0, 1],
        `(batch, frames)`. An edge device is given 128 frames. `score_encoded(frames_bytes)` reads
        JPEG, PNG or PPM files.
        """
        specs = [tf.TensorSpec((None, None, *THUMBNAIL, 3), tf.uint8, "thumbnails")]
        edge = [tf.TensorSpec((1, ON_EDGE, *THUMBNAIL, 3), tf.uint8, "thumbnails")]
        made = tf.function(self._made, specs)  # One graph for both.
        grey = {"thumbnails": np.full(edge[0].shape, 128, np.uint8)}
        plain = Endpoint(
            guarded(made, specs), specs, Edge(self._made, _examples, edge), lambda: grey
        )
        makes = {name: tf.TensorSpec((None,), tf.float32) for name in ("cut", "transition")}
        return {"score": plain, "score_encoded": encoded_endpoint(plain, makes)}

    def score(self, thumbnails: np.ndarray) -> np.ndarray:
        """Returns both probabilities of each frame, float32 `(t, 2)` in [0, 1].

        Args:
            thumbnails: uint8 `(t, 27, 48, 3)`.
        """
        made = self._traced(tf.constant(thumbnails[None]))
        return np.stack([made["cut"][0], made["transition"][0]], axis=-1)

    def stream(self, thumbnails: Iterable[np.ndarray], chunk: int = CHUNK) -> Iterator[np.ndarray]:
        """Yields both probabilities of each frame, float32 `(2,)`, in order.

        They are those of all frames at once, but for rounding, in constant memory.

        Args:
            thumbnails: uint8 `(27, 48, 3)` each.
            chunk: int, frames that are scored at once.
        """
        held, known = [], 0  # Thumbnails, the first of which were scored and are context.
        for thumbnail in thumbnails:
            held.append(thumbnail)
            if len(held) == known + chunk + REACH:
                yield from self.score(np.stack(held))[known : known + chunk]
                gone = max(0, known + chunk - REACH)
                held, known = held[gone:], known + chunk - gone
        if len(held) > known:
            yield from self.score(np.stack(held))[known:]

    def find(self, video: str | os.PathLike, **read: Any) -> np.ndarray:
        """Returns both probabilities of each frame of a file, float32 `(t, 2)`.

        Args:
            video: path of a file or a folder of images.
            **read: of `tfvgan.streaming.Source`.

        Raises:
            UnreadableVideo: when there is no video in it.
        """
        return np.stack(list(self.stream(Source(video, **read).thumbnails(THUMBNAIL))))

    def _made(self, thumbnails):
        made = tf.sigmoid(self.generator(from_uint8(thumbnails)))
        return {"cut": made[..., 0], "transition": made[..., 1]}


def _examples(count, seed):
    """Returns inputs of `score`: synthetic pictures that move, one behind the other."""
    made = []
    for number in range(count):
        pictures = smooth_pictures(4, WIDTH, seed + number).numpy()[:, :HEIGHT]
        shown = np.repeat(pictures, ON_EDGE // len(pictures), axis=0)
        noise = Draws(seed + number, 1).normal(shown.shape).numpy()
        shown = np.clip(shown + 2 * noise, 0, 255).astype(np.uint8)
        made.append({"thumbnails": shown[None]})
    return made
