"""How much better either player could do against the other: copies of both answer it.

Source: Grnarova et al. 2019, "A domain agnostic measure for monitoring and evaluating GANs",
sections 3 and 4 (https://arxiv.org/abs/1811.05512).
"""

from collections.abc import Sequence
from typing import NamedTuple

import tensorflow as tf

from tfvgan.engine.adversarial_model import AdversarialModel
from tfvgan.engine.batch import as_batch
from tfvgan.engine.critic import Critic
from tfvgan.engine.draws import Draws


class GameValues(NamedTuple):
    """What a game is worth, `V(D, G)`, for its players and for those that answered them.

    `V` is the negative of what the discriminator minimises: of "minimax" and "non_saturating",
    that of Goodfellow et al. 2014, eq. 1, which is `-2 log 2` where nobody can tell.

    Attributes:
        value: float, `V(D, G)`.
        by_discriminator: float, `V(D', G)`: D' learnt against this generator alone.
        by_generator: float, `V(D, G')`: G' learnt against this discriminator alone.
    """

    value: float
    by_discriminator: float
    by_generator: float

    @property
    def gap(self) -> float:
        """Returns `V(D', G) - V(D, G')`, in nats: 0 at an equilibrium, else more."""
        return self.by_discriminator - self.by_generator


class Responses:
    """Finds the gap between what both players' answers reach.

    It holds a second game: both networks, the average, and the slots of both optimizers. So the
    memory of a game is taken twice.

    Args:
        model: a compiled `AdversarialModel` that plays on one replica.
        seed: int, what latents follow from; they are those of no training step.

    Raises:
        ValueError: when the model was not compiled, does not play, or has several replicas.
    """

    def __init__(self, model: AdversarialModel, seed: int = 0):
        if not (model.compiled and model.plays):
            raise ValueError(
                "A duality gap is that of a game, but this model "
                + ("plays none: " if model.compiled else "was not compiled: ")
                + "compile it with a weight of `adversarial` above 0."
            )
        if model.distribute_strategy.num_replicas_in_sync > 1:
            raise ValueError(
                "A duality gap is found on one device, but this model has "
                f"{model.distribute_strategy.num_replicas_in_sync}: measure it after training, "
                "of the model loaded without a strategy."
            )
        self.model = model
        self.game = type(model).from_config(model.get_config())
        self.game.compile_from_config(model.get_compile_config())
        self.game.seed = seed
        self._optimizers = [
            (variable, variable.numpy())
            for each in (self.game.generator_optimizer, self.game.discriminator_optimizer)
            for variable in each.variables
        ]
        self._moves = {
            name: tf.function(move, reduce_retracing=True)
            for name, move in (("D", self._discriminate), ("G", self._generate))
        }
        self._worth = tf.function(self._value, reduce_retracing=True)

    def __call__(
        self, finding: Sequence, judging: Sequence, steps: int = 50, average: bool = True
    ) -> GameValues:
        """Returns the `GameValues` of the model as it is now.

        Args:
            finding: list of batches, as the model trains on, that the answers are learnt on.
            judging: list of other batches, of which `V` is the mean.
            steps: int, of either answer.
            average: bool, whether the generator is the average, which users get, or the one that
                plays.
        """
        finding, judging = (
            [as_batch(batch, self.model.parts()) for batch in batches]
            for batches in (finding, judging)
        )
        self._reset(average)
        value = self._mean(judging)
        found = [value]
        for who in ("D", "G"):
            self._reset(average)
            for number in range(steps):
                self._moves[who](finding[number % len(finding)], tf.constant(number, tf.int64))
            found.append(self._mean(judging))
        return GameValues(*found)

    def _reset(self, average):
        """Makes both players those of the model, and their optimizers new."""
        generator = self.model.average if average else self.model.generator
        self.game.generator.set_weights(generator.get_weights())
        self.game.discriminator.set_weights(self.model.discriminator.get_weights())
        for variable, first in self._optimizers:
            variable.assign(first)
        self.game.augment_p.assign(self.model.augment_p)
        self.game.step.assign(0)

    def _discriminate(self, batch, number):
        """Makes a step of the discriminator alone."""
        draws = Draws(self.game.seed, number, "judging")
        self.game._train_discriminator(*self.game.make(batch, draws), draws)
        self.game.step.assign_add(1)

    def _generate(self, batch, number):
        """Makes a step of the generator alone."""
        draws = Draws(self.game.seed, number, "judging")
        with tf.GradientTape() as tape:
            fake, batch = self.game.make(batch, draws)
        self.game._train_generator(batch, fake, draws, tape, {})

    def _mean(self, batches):
        """Returns the mean of `V` over batches, with latents that no answer learnt on."""
        values = [
            float(self._worth(batch, tf.constant(-1 - number, tf.int64)))
            for number, batch in enumerate(batches)
        ]
        return sum(values) / len(values)

    def _value(self, batch, number):
        """Returns `V` of a batch, without penalty and augmentation."""
        fake, batch = self.game.make(batch, Draws(self.game.seed, number, "judging"))
        critic = Critic(
            self.game.discriminator, lambda video: self.game.discriminator_inputs(video, batch)
        )
        real, made = critic(self.game.real(batch)), critic(fake)
        return -self.game.adversarial_loss.discriminator(real, made)
