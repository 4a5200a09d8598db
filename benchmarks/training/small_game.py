"""A game of two small players on points, by the losses, penalties and draws of tfvgan.

What is seen in small so holds of what videos are trained with: only networks and data are others.
"""

import keras
import tensorflow as tf
from keras import layers

from tfvgan import losses
from tfvgan.engine import Draws
from tfvgan.engine.critic import Critic

BATCH = 256


def mlp(columns, outputs, width=64, seed=0):
    """Returns a `keras.Model` of two hidden layers, from `(batch, columns)` to `(batch, outputs)`.

    Args:
        columns, outputs: int.
        width: int, of either hidden layer.
        seed: int, of the first weights.
    """

    def start(number):
        return keras.initializers.HeNormal(seed=3 * seed + number)

    hidden = [layers.Dense(width, "leaky_relu", kernel_initializer=start(n)) for n in range(2)]
    return keras.Sequential(
        [keras.Input((columns,)), *hidden, layers.Dense(outputs, kernel_initializer=start(2))]
    )


class Judged:
    """What both players minimise, given points.

    Args:
        discriminator: function of points and `training`, which returns logits `(batch, ...)`.
        loss: name of an adversarial loss, or the loss.
        penalty: `tfvgan.losses.Penalty`, a list of them, or None.
    """

    def __init__(self, discriminator, loss, penalty=None):
        self.critic = Critic(discriminator, lambda points: points)
        self.loss = losses.get(loss)
        self.penalties = losses.as_penalties(penalty)

    def discriminator(self, real, fake):
        """Returns the discriminator's loss without the penalty, a float32 scalar."""
        return self.loss.discriminator(self.critic(real), self.critic(fake))

    def penalty(self, real, fake, step, draws):
        """Returns the penalty, a float32 scalar."""
        return losses.total_penalty(self.penalties, step, self.critic, real, fake, draws)

    def generator(self, real, fake):
        """Returns the generator's loss, a float32 scalar."""
        known = self.critic(real) if self.loss.relativistic else None
        return self.loss.generator(known, self.critic(fake))


class SmallGame:
    """Trains both players, or the discriminator alone.

    Args:
        real: function of `Draws`, which returns points, float32 `(batch, columns)`.
        fake: likewise, those that the generator makes.
        weights: the generator's variables.
        discriminator: `keras.Model`.
        loss, penalty: as of `Judged`.
        rate: float, of both players' Adam.
        seed: int, of all draws.
    """

    def __init__(self, real, fake, weights, discriminator, loss, penalty=None, rate=1e-3, seed=0):
        self.real, self.fake = real, fake
        self.judged = Judged(discriminator, loss, penalty)
        self.seed = seed
        self.step = tf.Variable(0, dtype=tf.int64)
        self._weights = {"D": discriminator.trainable_variables, "G": list(weights)}
        self._optimizers = {}
        for who, variables in self._weights.items():
            self._optimizers[who] = keras.optimizers.Adam(rate, beta_1=0.5)
            self._optimizers[who].build(variables)
        self._play = tf.function(self._steps)

    def play(self, steps, both=True):
        """Returns the discriminator's mean loss, without the penalty, while so many steps are made.

        Args:
            steps: int.
            both: bool; False leaves the generator as it is.
        """
        return float(self._play(tf.constant(steps, tf.int64), both))

    def generator_gradient(self):
        """Returns the norm of the generator's gradient, a float."""
        draws = Draws(self.seed, -1)
        with tf.GradientTape() as tape:
            loss = self.judged.generator(self.real(draws), self.fake(draws))
        return float(tf.linalg.global_norm(tape.gradient(loss, self._weights["G"])))

    def _steps(self, steps, both):
        total = tf.zeros(())
        for _ in tf.range(steps):
            draws = Draws(self.seed, self.step)
            real, fake = self.real(draws), self.fake(draws)
            with tf.GradientTape() as tape:
                loss = self.judged.discriminator(real, fake)
                whole = loss + self.judged.penalty(real, fake, self.step, draws)
            self._descend("D", tape, whole)
            if both:
                with tf.GradientTape() as tape:
                    made = self.judged.generator(real, self.fake(draws))
                self._descend("G", tape, made)
            self.step.assign_add(1)
            total += loss
        return total / tf.cast(steps, tf.float32)

    def _descend(self, who, tape, loss):
        weights = self._weights[who]
        self._optimizers[who].apply(tape.gradient(loss, weights), weights)
