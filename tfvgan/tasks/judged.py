"""Models whose discriminator sees three frames in a row beside what they were made from."""

from typing import Any

import tensorflow as tf

from tfvgan.engine import AdversarialModel
from tfvgan.networks.network import check_agreement
from tfvgan.tasks.perceptual import check_seen, in_a_row, perceptual_distance


class Judged(AdversarialModel):
    """Base class of models that make videos of others, with a restorer's discriminator.

    Args:
        generator: a network with a `factor`.
        discriminator: `tfvgan.networks.RestorerDiscriminator` of the same factor.
        perceptual: the network of the perceptual term, "lpips-alex" or "lpips-vgg"; its weights are
            read when training begins, if the term weighs anything.
        seed: int, what every random draw of training follows from.

    Raises:
        ValueError: when the two networks do not fit each other.
    """

    augmentable = False
    made_from = "source"  # The name, in batches, of what the discriminator sees beside a video.

    def __init__(
        self,
        generator: Any,
        discriminator: Any,
        perceptual: str = "lpips-alex",
        seed: int = 0,
        **kwargs: Any,
    ):
        check_agreement(generator, discriminator, "factor")
        super().__init__(generator, discriminator, seed, **kwargs)
        self.perceptual = perceptual

    def discriminator_inputs(
        self, video: tf.Tensor, batch: dict[str, tf.Tensor]
    ) -> dict[str, tf.Tensor]:
        """Returns three frames in a row, others at every step, with what they were made from."""
        named = {"video": video, "degraded": batch[self.made_from]}
        return self.discriminator.pack(**dict(zip(named, self.in_a_row(*named.values()))))

    def in_a_row(self, *videos: tf.Tensor) -> list[tf.Tensor]:
        """Returns three frames in a row of each video, the same ones, others at every step."""
        return [in_a_row(video, self.step.value) for video in videos]

    def seen_apart(self, made: tf.Tensor, real: tf.Tensor) -> tf.Tensor:
        """Returns how different three frames of two videos look to a network, a float32 scalar."""
        return perceptual_distance(self.perceptual, *self.in_a_row(made, real))

    def check_ready(self) -> None:
        """Raises MissingWeights when the perceptual term weighs anything, and has none."""
        check_seen(self)

    def get_config(self) -> dict:
        """Returns the constructor's arguments."""
        return {**super().get_config(), "perceptual": self.perceptual}
