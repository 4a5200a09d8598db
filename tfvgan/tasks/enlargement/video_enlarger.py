"""Enlargement: small videos in, large ones with plausible details out; the second stage of two."""

from typing import Any, Self

import keras
import numpy as np
import tensorflow as tf

from tfvgan.engine import AdversarialModel, Draws, Endpoint, Part
from tfvgan.losses import R1
from tfvgan.networks import EnlargerDiscriminator, EnlargerGenerator
from tfvgan.networks.enlarger import small_size
from tfvgan.networks.network import check_agreement
from tfvgan.tasks.enlargement.enlarger import Enlarger
from tfvgan.tasks.generation import moments
from tfvgan.video import to_uint8

BLUR = 0.7  # Largest deviation of the blur that small frames are trained with, in pixels.
NOISE = 0.1  # Largest deviation of their noise, where white is 1 and black -1.


@keras.saving.register_keras_serializable(package="tfvgan")
class VideoEnlarger(AdversarialModel):
    """Learns to make small videos large, with details like those of the videos it is shown.

    Trains on batches `{"video": float32 (batch, k, side, side, 3) in [-1, 1], "times": float32
    (batch, k)}`, the large frames; the small ones are their means over squares of pixels,
    blurred and noisy, so that videos of a first stage, which are not quite like real ones, are
    enlarged as well (Ho et al. 2022, Cascaded Diffusion Models, https://arxiv.org/abs/2106.15282,
    sec. 4.2: conditioning augmentation). Two terms hold the details to the small video:
    `consistency`, how far the enlarged video is from the small one when it is made small again, and
    `fidelity`, how far it is from the real one; both are mean absolute differences.

    Args:
        generator: `tfvgan.networks.EnlargerGenerator`.
        discriminator: `tfvgan.networks.EnlargerDiscriminator` of the same size and factor.
        seed: int, what every random draw of training follows from.

    Raises:
        ValueError: when the two networks do not fit each other.
    """

    terms = ("consistency", "fidelity")
    augmentable = False

    def __init__(
        self,
        generator: EnlargerGenerator,
        discriminator: EnlargerDiscriminator,
        seed: int = 0,
        **kwargs: Any,
    ):
        check_agreement(generator, discriminator, "size", "factor")
        super().__init__(generator, discriminator, seed, **kwargs)

    @classmethod
    def from_preset(
        cls,
        frames: int = 16,
        size: int = 256,
        factor: int = 4,
        seed: int = 0,
        compile: bool = True,
        **widths: Any,
    ) -> Self:
        """Returns a model compiled and ready for `fit`.

        Args:
            frames: int, frames of the clips that are sampled from.
            size: int, height and width of the large videos, a power of two.
            factor: int, how many times as large as the small ones they are, a power of two from 2.
            seed: int, for the first weights and for every draw of training.
            compile: bool, whether to compile.
            **widths: further arguments of both networks, such as `width`.

        Raises:
            ValueError: when there are no small videos of 8 pixels a side or more to make them of.
        """
        keras.utils.set_random_seed(seed)
        both = {"size": small_size(size, factor), "factor": factor, **widths}
        model = cls(EnlargerGenerator(**both), EnlargerDiscriminator(frames, **both), seed=seed)
        if compile:
            model.compile(**learning())
        return model

    def parts(self) -> dict[str, Part]:
        """Returns what a batch must hold: large frames; times may be beside them."""
        return moments.parts(self.discriminator)

    def generator_inputs(self, batch: dict[str, tf.Tensor], draws: Draws) -> dict[str, tf.Tensor]:
        """Returns the small frames, blurred and noisy, with new latents."""
        small = disturbed(self.generator.shrink(batch["video"]), draws)
        latents = draws.normal((tf.shape(small)[0], self.generator.latent_dim))
        return self.generator.pack(video=small, latents=latents)

    def discriminator_inputs(
        self, video: tf.Tensor, batch: dict[str, tf.Tensor]
    ) -> dict[str, tf.Tensor]:
        """Returns the large frames, with the small ones and their times."""
        small = self.generator.shrink(batch["video"])
        return self.discriminator.pack(video=video, small=small, times=moments.times(batch))

    def generator_losses(
        self, batch: dict[str, tf.Tensor], fake: tf.Tensor
    ) -> dict[str, tf.Tensor]:
        """Returns the two terms, mean absolute differences on the scale of [-1, 1]."""
        missed = self.generator.shrink(fake - batch["video"])
        return {
            "consistency": tf.reduce_mean(tf.abs(missed)),
            "fidelity": tf.reduce_mean(tf.abs(fake - batch["video"])),
        }

    def enlarge(self, videos: np.ndarray, seed: int = 0, chunk: int = 8) -> np.ndarray:
        """Returns the videos made large by the average; see `Enlarger.enlarge`."""
        return self.enlarger.enlarge(videos, seed, chunk)

    def before_and_after(self, batch: dict[str, tf.Tensor]) -> dict[str, np.ndarray]:
        """Returns `{"small": ..., "enlarged": ..., "real": ...}` of a batch; see `Enlarger`."""
        return self.enlarger.before_and_after(to_uint8(batch["video"]).numpy())

    def endpoints(self) -> dict[str, Endpoint]:
        """Returns `enlarge(video, latents)` and `enlarge_frame(frame, latents)`; see `Enlarger`."""
        return self.enlarger.endpoints()

    @property
    def enlarger(self) -> Enlarger:
        """Returns an `Enlarger` of the average as it is now, which can be saved on its own."""
        return Enlarger(self.average)


def disturbed(video, draws):
    """Returns the video, blurred and noisy, as much as is drawn for each clip: from not at all.

    Args:
        video: float32 `(batch, k, height, width, 3)`.
        draws: `Draws`.
    """
    count = tf.shape(video)[0]
    blur, noise = (draws.uniform((count, 1, 1, 1, 1)) for _ in range(2))
    video += blur * (softened(video) - video)
    return video + NOISE * noise * draws.normal(tf.shape(video))


def softened(video):
    """Returns the video `(batch, k, height, width, 3)`, blurred by `BLUR` pixels each way.

    Of three pixels in a row the outer ones weigh half of the variance each; beyond the border, the
    pixels of the border go on.
    """
    side = BLUR**2 / 2
    wide = tf.pad(video, [(0, 0), (0, 0), (1, 1), (1, 1), (0, 0)], "SYMMETRIC")
    rows = (1 - 2 * side) * wide[:, :, 1:-1] + side * (wide[:, :, :-2] + wide[:, :, 2:])
    return (1 - 2 * side) * rows[:, :, :, 1:-1] + side * (rows[:, :, :, :-2] + rows[:, :, :, 2:])


def learning():
    """Returns the arguments of `compile` that the preset trains with."""
    return {
        "generator_optimizer": keras.optimizers.Adam(1e-3, beta_1=0.0, beta_2=0.99),
        "discriminator_optimizer": keras.optimizers.Adam(1e-3, beta_1=0.0, beta_2=0.99),
        "penalty": R1(0.2, every=16),
        "loss_weights": {"consistency": 50.0, "fidelity": 100.0},
        "moving_average": 0.998,
    }
