"""Retrieval: a discriminator that knows videos again, whatever was done to them."""

from typing import Any, Self

import keras
import numpy as np
import tensorflow as tf

from tfvgan.engine import AdversarialModel, Draws, Endpoint, Part
from tfvgan.engine.moving_average import copy_network
from tfvgan.layers import nearest
from tfvgan.losses import nt_xent, of_one_kind
from tfvgan.networks import DcganGenerator, EmbedderDiscriminator, Generator
from tfvgan.networks.embedder import SHRUNK
from tfvgan.tasks.phases import taken_over
from tfvgan.tasks.retrieval.embedder import Embedder
from tfvgan.video import to_uint8

USUAL = {"adversarial": 1.0, "alike": 1.0, "made": 1.0}
LATENTS, WIDTH = 32, 64  # Of the usual generator.


@keras.saving.register_keras_serializable(package="tfvgan")
class VideoEmbedder(AdversarialModel):
    """Learns to embed videos, as a discriminator that plays against a generator of videos.

    Trains on batches of `tfvgan.tasks.retrieval.batches`. The trunk of the discriminator learns by
    two terms: `alike`, two edits of a video are to be nearer to each other than to any other's; and
    `made`, generated videos are to be nearer to each other than to real ones. What judges reads
    what the trunk has found, and learns by the game alone; the trunk does not learn by it. What
    weighs 0 in `loss_weights` is not measured. Without the game no video is generated, and `alike`
    alone is learnt.

    The generator makes videos at a third of the sides; so `made` and the game compare means of 3x3
    pixels.

    Source: Jeong and Shin 2021, ContraD, https://arxiv.org/abs/2103.09742, sec. 3.

    Args:
        generator: `tfvgan.networks.Generator` of 4 frames, at a third of the size.
        discriminator: `tfvgan.networks.EmbedderDiscriminator`.
        temperature: float above 0, of both terms.
        seed: int, what every random draw of training follows from.

    Raises:
        ValueError: when the two networks do not fit each other.
    """

    discriminator_terms = ("alike", "made")

    def __init__(
        self,
        generator: Generator,
        discriminator: EmbedderDiscriminator,
        temperature: float = 0.1,
        seed: int = 0,
        **kwargs: Any,
    ):
        if not isinstance(discriminator, EmbedderDiscriminator):
            raise ValueError(
                "`discriminator` must be a tfvgan.networks.EmbedderDiscriminator, but is a "
                f"{type(discriminator).__name__}."
            )
        wanted = discriminator.frames, discriminator.size // SHRUNK
        if (getattr(generator, "frames", None), getattr(generator, "size", None)) != wanted:
            raise ValueError(
                f"`generator` must make {wanted[0]} frames of {wanted[1]}x{wanted[1]} pixels, a "
                f"{SHRUNK}rd of the discriminator's size, but does not: give it these numbers."
            )
        super().__init__(generator, discriminator, seed, **kwargs)
        self.temperature = temperature

    @classmethod
    def from_preset(
        cls,
        size: int = 96,
        seed: int = 0,
        compile: bool = True,
        weights: dict[str, float] | None = None,
        begin: "Embedder | VideoEmbedder | None" = None,
        **numbers: int,
    ) -> Self:
        """Returns a model compiled and ready for `fit`.

        Args:
            size: int, height and width of the windows, three times a power of two.
            seed: int, for the first weights and for every draw of training.
            compile: bool, whether to compile.
            weights: dict, what terms weigh that are to weigh something else than usual.
            begin: what it begins with, whose discriminator's weights are taken.
            **numbers: further arguments of `EmbedderDiscriminator`; of one that begins with another
                those of that.

        Raises:
            ValueError: when the numbers are not those of what it begins with.
        """
        keras.utils.set_random_seed(seed)
        if begin is None:
            discriminator = EmbedderDiscriminator(size, **numbers)
        else:
            trained = begin.embedder if isinstance(begin, VideoEmbedder) else begin
            discriminator = taken_over(trained.generator, "embedder", {"size": size, **numbers})
        generator = DcganGenerator(LATENTS, discriminator.frames, size // SHRUNK, WIDTH)
        model = cls(generator, discriminator, seed=seed)
        if compile:
            model.compile(**learning(**(weights or {})))
        return model

    def parts(self) -> dict[str, Part]:
        """Returns what a batch must hold: a video, another edit of it, and what it is of."""
        hint = "tfvgan.tasks.retrieval.batches makes it"
        shape = self.discriminator.signature()["video"][0]
        video = Part(shape, hint=hint)
        return {"video": video, "edited": video, "source": Part((), "int32", None, hint=hint)}

    def generator_inputs(self, batch: dict[str, tf.Tensor], draws: Draws) -> tf.Tensor:
        """Returns latents `(batch, latent_dim)`."""
        count = tf.shape(batch["video"])[0]
        return self.generator.pack(latents=draws.normal((count, self.generator.latent_dim)))

    def make(
        self, batch: dict[str, tf.Tensor], draws: Draws, training: bool = True
    ) -> tuple[tf.Tensor, dict[str, tf.Tensor]]:
        """Returns generated videos, three times as large as they come, and the batch.

        Without a game none are made: then it returns the batch's own.
        """
        if not self.plays:
            return batch["video"], batch
        video, batch = super().make(batch, draws, training)
        frames = tf.reshape(video, (-1, *video.shape[2:]))
        large = nearest(frames, SHRUNK)
        return tf.reshape(large, (-1, *self.discriminator.signature()["video"][0])), batch

    def learner(self, inputs: tf.Tensor, training: bool = True) -> tf.Tensor:
        """Returns logits of what the trunk has found, which it does not learn by."""
        features = self.discriminator.features(self.discriminator.coarse(inputs))
        return self.discriminator.judged(tf.stop_gradient(features))

    def discriminator_losses(
        self, batch: dict[str, tf.Tensor], fake: tf.Tensor, training: bool = True
    ) -> dict[str, tf.Tensor]:
        """Returns the terms that weigh anything, and 0 for those that do not."""
        network = self.discriminator
        losses = dict.fromkeys(self.discriminator_terms, tf.zeros(()))
        if self.loss_weights["alike"] > 0:
            both = network.embed(tf.concat([batch["video"], batch["edited"]], 0))
            first, second = tf.split(both, 2)
            losses["alike"] = nt_xent(first, second, batch["source"], self.temperature)
        if self.plays and self.loss_weights["made"] > 0:
            seen = network.coarse(tf.concat([tf.stop_gradient(fake), batch["video"]], 0))
            made, real = tf.split(network.among_made(network.features(seen)), 2)
            losses["made"] = of_one_kind(made, real, self.temperature)
        return losses

    def before_and_after(self, batch: dict[str, tf.Tensor]) -> dict[str, np.ndarray]:
        """Returns `{"video": ..., "edited": ..., "nearest": ...}`, uint8 `(..., 3)`.

        What is nearest to a video of the edited ones is its own, where it is known again.
        """
        first, second = (self.discriminator.embed(batch[name]) for name in ("video", "edited"))
        nearest_of = tf.argmax(tf.matmul(first, second, transpose_b=True), axis=1)
        named = {name: batch[name] for name in ("video", "edited")}
        named["nearest"] = tf.gather(batch["edited"], nearest_of)
        return {name: to_uint8(video).numpy() for name, video in named.items()}

    def endpoints(self) -> dict[str, Endpoint]:
        """Returns `embed(windows)`; see `Embedder`."""
        return self.embedder.endpoints()

    @property
    def embedder(self) -> Embedder:
        """Returns an `Embedder` of the discriminator as it is now, in float32."""
        network = self.discriminator
        exact = network.dtype_policy.name == "float32"
        return Embedder(network if exact else copy_network(network))

    def get_config(self) -> dict:
        """Returns the constructor's arguments."""
        return {**super().get_config(), "temperature": self.temperature}


def learning(**weights: float) -> dict:
    """Returns the arguments of `compile`.

    Args:
        **weights: float, of terms by name, other than the usual.
    """
    return {
        "generator_optimizer": keras.optimizers.Adam(5e-4, beta_1=0.0, beta_2=0.99),
        "discriminator_optimizer": keras.optimizers.Adam(2e-3, beta_1=0.9, beta_2=0.99),
        "clip_norm": 1.0,
        "loss_weights": USUAL | weights,
    }
