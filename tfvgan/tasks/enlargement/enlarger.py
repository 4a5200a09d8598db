"""A trained enlarger on its own: small videos in, large ones out, some frames at a time."""

import os

import numpy as np
import tensorflow as tf

from tfvgan.engine import Edge, Endpoint
from tfvgan.networks import EnlargerGenerator
from tfvgan.sealed import write_sealed
from tfvgan.tasks.beside import DRAWS, use_of, write_beside
from tfvgan.tasks.encoded import encoded_endpoint
from tfvgan.tasks.examples import smooth_pictures
from tfvgan.tasks.generation import codes
from tfvgan.tasks.guard import guarded
from tfvgan.tasks.served import Served
from tfvgan.video import check_video, from_uint8, to_uint8


class Enlarger(Served):
    """Makes small videos large with one trained network; nothing of the training is needed.

    Args:
        generator: `tfvgan.networks.EnlargerGenerator`; it must not learn any more.
        draws: 1 or 2, how latents follow from a seed, as `tfvgan.tasks.beside.use_of` says. With 1
            they are those of the videos of a first stage, with 2 they are its own.

    Raises:
        ValueError: when it is no such network, or there are no such draws.
    """

    def __init__(self, generator: EnlargerGenerator, draws: int = DRAWS):
        if not isinstance(generator, EnlargerGenerator):
            raise ValueError(
                "`generator` must be a tfvgan.networks.EnlargerGenerator, but is a "
                f"{type(generator).__name__}: of a VideoEnlarger give its `average`."
            )
        self.generator = generator
        self.draws = draws
        self._use = use_of(draws, "enlarging")

    def save(self, path: str | os.PathLike) -> str:
        """Returns `path`, which ends in .keras, where the network now is; beside it its draws."""
        write_beside(path, draws=self.draws)
        return write_sealed(path, self.generator.save)

    def enlarge(self, videos: np.ndarray, seed: int = 0, chunk: int = 8) -> np.ndarray:
        """Returns the videos made large, uint8 `(n, t, factor * size, factor * size, 3)`.

        The details of the n-th video depend on its frames, on `seed` and on n alone. Memory beside
        the videos does not grow with their length.

        Args:
            videos: uint8 `(n, t, size, size, 3)` in [0, 255].
            seed: int, chooses among details.
            chunk: int, how many frames are enlarged at once.

        Raises:
            ValueError: when the videos are of another size.
        """
        count, frames, *sides = check_video(videos, "videos").shape[:4]
        size, large = self.generator.size, self.generator.size * self.generator.factor
        if sides != [size, size]:
            raise ValueError(
                f"`videos` must be of {size}x{size} pixels to be enlarged by this model, but are of"
                f" {sides[0]}x{sides[1]}: resize them, or train with another `size` or `factor`."
            )
        latents = codes.latents(self.generator, tf.range(count), seed, self._use)
        result = np.empty((count, frames, large, large, 3), np.uint8)
        for number in range(count):
            for first in range(0, frames, chunk):
                part = np.s_[number : number + 1, first : first + chunk]
                made = self._enlarged(videos[part], latents[number : number + 1])
                result[part] = to_uint8(made).numpy()
        return result

    def before_and_after(self, videos: np.ndarray) -> dict[str, np.ndarray]:
        """Returns `{"small": ..., "enlarged": ..., "real": videos}`, all of the same shape.

        Args:
            videos: uint8 `(n, t, factor * size, factor * size, 3)`, large ones; the small ones are
                made of them, and shown in large pixels.
        """
        factor = self.generator.factor
        small = np.concatenate(
            [to_uint8(self.generator.shrink(from_uint8(video[None]))).numpy() for video in videos]
        )
        shown = small.repeat(factor, axis=2).repeat(factor, axis=3)
        return {"small": shown, "enlarged": self.enlarge(small), "real": videos}

    def endpoints(self) -> dict[str, Endpoint]:
        """Returns `enlarge(video, latents)` and, for edge devices, `enlarge_frame(frame, latents)`.

        Both read and give uint8; a frame is what it is in its video. `enlarge_encoded` reads and
        gives JPEG, PNG or PPM files, `frames_bytes`.
        """
        side, latent_dim = self.generator.size, self.generator.latent_dim
        latents = tf.TensorSpec((None, latent_dim), tf.float32, name="latents")
        video = tf.TensorSpec((None, None, side, side, 3), tf.uint8, name="video")
        frame = tf.TensorSpec((None, side, side, 3), tf.uint8, name="frame")

        def enlarge(video, latents):
            return {"video": to_uint8(self._enlarged(video, latents))}

        def made(frame, latents):
            return {"frame": self._enlarged(frame[:, None], latents)[:, 0]}

        def rounded(frame, latents):
            return {"frame": to_uint8(made(frame, latents)["frame"])}

        def examples(count, seed):
            latents = codes.latents(self.generator, tf.range(count), seed, self._use).numpy()
            frames = smooth_pictures(count, side, seed).numpy()
            return [
                {"frame": frames[i : i + 1], "latents": latents[i : i + 1]} for i in range(count)
            ]

        def request():
            noise = np.zeros((1, latent_dim), np.float32)
            return {"video": np.full((1, 2, side, side, 3), 128, np.uint8), "latents": noise}

        plain = Endpoint(guarded(enlarge, [video, latents]), [video, latents], request=request)
        makes = {"video": tf.TensorSpec((None, None, None, 3), tf.uint8)}
        return {
            "enlarge": plain,
            "enlarge_encoded": encoded_endpoint(plain, makes),
            "enlarge_frame": Endpoint(
                guarded(rounded, [frame, latents]), [frame, latents], edge=Edge(made, examples)
            ),
        }

    def _enlarged(self, video, latents):
        """Returns the average's large video, float32 in [-1, 1], of a small one, uint8."""
        inputs = self.generator.pack(video=from_uint8(video), latents=latents)
        return self.generator(inputs, training=False)
