"""Models whose discriminator sees three frames in a row beside what they were made from."""

from typing import Any

import keras
import tensorflow as tf

from tfvgan.engine import AdversarialModel
from tfvgan.engine.moving_average import built_anew
from tfvgan.losses import R1
from tfvgan.networks import RestorerDiscriminator
from tfvgan.networks.network import check_agreement
from tfvgan.tasks.perceptual import check_seen, in_a_row, perceptual_distance
from tfvgan.tasks.phases import taken_over


class Judged(AdversarialModel):
    """Base class of models that make videos of others, with a restorer's discriminator.

    Args:
        generator: a network with a `factor`.
        discriminator: `tfvgan.networks.RestorerDiscriminator` of the same factor.
        seed: int, what every random draw of training follows from.

    Raises:
        ValueError: when the generator is of another class than `network`, or the two networks do
            not fit each other.
    """

    augmentable = False
    made_from = "source"  # The name, in batches, of what the discriminator sees beside a video.
    network: type = keras.Model  # The generator's class.
    holds = ""  # The attribute that is the trained network on its own.

    def __init__(self, generator: Any, discriminator: Any, seed: int = 0, **kwargs: Any):
        if not isinstance(generator, self.network):
            raise ValueError(
                f"`generator` must be a tfvgan.networks.{self.network.__name__}, but is a "
                f"{type(generator).__name__}."
            )
        check_agreement(generator, discriminator, "factor")
        super().__init__(generator, discriminator, seed, **kwargs)

    @classmethod
    def players(cls, size: int, begin: Any, numbers: dict, alike: bool = True) -> tuple:
        """Returns the generator and the discriminator, new ones or with trained weights.

        Args:
            size: int, height and width of the squares that the discriminator sees.
            begin: None, or what to begin with, such a model or what one `holds`.
            numbers: dict, arguments of the generator; of one that begins with another those of it.
            alike: bool, whether a trained discriminator judged what the new one is to judge.

        Raises:
            ValueError: when the numbers are not those of what it begins with.
        """
        if begin is None:
            generator = cls.network(**numbers)
        else:
            generator = taken_over(getattr(begin, cls.holds, begin).generator, cls.holds, numbers)
        judge = getattr(begin, "discriminator", None)
        if alike and judge is not None and judge.size == size:
            return generator, built_anew(judge, judge.get_weights())
        return generator, RestorerDiscriminator(size, 1, channels=cls.channels(generator))

    @staticmethod
    def channels(generator: Any) -> int:
        """Returns the channels of what the generator makes."""
        return 3

    def discriminator_inputs(
        self, video: tf.Tensor, batch: dict[str, tf.Tensor]
    ) -> dict[str, tf.Tensor]:
        """Returns three frames in a row, others at every step, with what they were made from."""
        named = {"video": video, "degraded": batch[self.made_from]}
        return self.discriminator.pack(**dict(zip(named, self.in_a_row(*named.values()))))

    def in_a_row(self, *videos: tf.Tensor) -> list[tf.Tensor]:
        """Returns three frames in a row of each video, the same ones, others at every step."""
        return [in_a_row(video, self.step.value) for video in videos]


class Seen(Judged):
    """Base class of those that also weigh how different videos look to a network.

    Args:
        generator, discriminator, seed: as of `Judged`.
        perceptual: the network of the perceptual term, "lpips-alex" or "lpips-vgg"; its weights are
            read when training begins, if the term weighs anything.
    """

    def __init__(
        self,
        generator: Any,
        discriminator: Any,
        perceptual: str = "lpips-alex",
        seed: int = 0,
        **kwargs: Any,
    ):
        super().__init__(generator, discriminator, seed, **kwargs)
        self.perceptual = perceptual

    def seen_apart(self, made: tf.Tensor, real: tf.Tensor) -> tf.Tensor:
        """Returns how different three frames of two videos look to a network, a float32 scalar."""
        return perceptual_distance(self.perceptual, *self.in_a_row(made, real))

    def check_ready(self) -> None:
        """Raises MissingWeights when the perceptual term weighs anything, and has none."""
        check_seen(self)

    def get_config(self) -> dict:
        """Returns the constructor's arguments."""
        return {**super().get_config(), "perceptual": self.perceptual}


def calm_game(weights: dict[str, float], *penalties: Any) -> dict:
    """Returns arguments of `compile`, of a discriminator that learns more slowly than usual.

    At the generator's rate its penalty rose in bursts when trainings were short.

    Args:
        weights: dict, what terms weigh.
        *penalties: of the discriminator, further ones beside R1.
    """
    return {
        "generator_optimizer": keras.optimizers.Adam(1e-3, beta_1=0.9, beta_2=0.99),
        "discriminator_optimizer": keras.optimizers.Adam(2e-4, beta_1=0.0, beta_2=0.99),
        "clip_norm": 1.0,
        "penalty": [R1(0.2, every=16), *penalties],
        "loss_weights": weights,
        "moving_average": 0.999,
    }
