"""The game: one training step, `min_G max_D V(D, G)`, for every task.

    V(D, G) = E[log D(x)] + E[log(1 - D(G(z)))]        (Goodfellow et al. 2014, eq. 1)

Two networks, two losses, two optimizers. The step knows no task, no file and no data set.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import keras
import tensorflow as tf

from tfvgan import losses
from tfvgan.engine import augmentation
from tfvgan.engine.agreement import check_critic, refusal
from tfvgan.engine.batch import as_inputs
from tfvgan.engine.critic import Critic
from tfvgan.engine.distribution import clips_in_step, per_replica, per_worker, with_a_clip
from tfvgan.engine.draws import Draws
from tfvgan.engine.habits import check_compile
from tfvgan.engine.logs import OF_TRAINING
from tfvgan.engine.moving_average import follow
from tfvgan.engine.optimizers import descend, make_optimizers
from tfvgan.engine.precision import in_float16
from tfvgan.engine.steps import on_batches
from tfvgan.engine.strays import Strays
from tfvgan.engine.task import Task


class AdversarialModel(Task):
    """Trains a generator against a discriminator.

    A task subclasses this and answers: what the generator reads (`generator_inputs`), what the
    discriminator takes for real (`real`) and reads beside it (`discriminator_inputs`), what else
    the generator minimises (`terms`, `generator_losses`), and what it serves (`endpoints`). Where
    more than the video comes out of the generator, `make` puts it into the batch, and all these are
    handed it. What the discriminator learns beside the game are the `discriminator_terms`. No task
    overrides `train_step`.

    Args:
        generator: `keras.Model`, maps its inputs to a video, float in [-1, 1].
        discriminator: `keras.Model`, maps a video to logits of any shape `(batch, ...)`.
        seed: int. Every random draw of training is a function of it and of the step, so a run that
            was stopped and restored continues as if it had not been.

    Attributes:
        average: the moving average of the generator, a network like it. It is what previews,
            `generate` and exports use.
        step: int64 variable, the number of training steps made; `steps_made` is it as an int.
        augment_p: float32 variable, the probability of an adaptive augmentation.
    """

    def compile(
        self,
        generator_optimizer: str | keras.optimizers.Optimizer = "adam",
        discriminator_optimizer: str | keras.optimizers.Optimizer = "adam",
        adversarial_loss: str | losses.AdversarialLoss = "non_saturating",
        penalty: losses.Penalty | Sequence[losses.Penalty] | None = None,
        loss_weights: Mapping[str, float] | None = None,
        discriminator_steps: int = 1,
        moving_average: float = 0.999,
        augment: str | augmentation.DiffAugment | None = None,
        mixed_precision: str | None = None,
        clip_norm: float | None = None,
        metrics: Sequence[keras.metrics.Metric] | None = None,
        jit_compile: bool | None = None,
        **kwargs: Any,
    ) -> None:
        """Sets how the two players learn.

        Args:
            generator_optimizer: `keras.optimizers.Optimizer` or its name.
            discriminator_optimizer: likewise; the two are never shared.
            adversarial_loss: `tfvgan.losses.AdversarialLoss` or its name.
            penalty: `tfvgan.losses.Penalty`, or a list of them, on the discriminator.
            loss_weights: dict, weights of the task's `terms` and `discriminator_terms`, and of the
                game by the name of "adversarial"; 1 where not named. Where that is 0 each player
                minimises its terms alone, and one without any rests.
            discriminator_steps: int, updates of D for each of G, on the same real clips with
                new fakes.
            moving_average: float in [0, 1), decay of the generator's average; 0 copies.
            augment: `DiffAugment`, or its policy such as "color,translation,cutout"; or
                `AdaptiveAugment`, or "adaptive": as much of it as D overfits, in games whose loss
                has a boundary. Tasks whose videos belong to what they are made of take none.
            mixed_precision: None, "mixed_float16" (with loss scaling) or "mixed_bfloat16"; heads,
                and what reads times, stay in float32.
            clip_norm: float, the largest global norm of each player's gradient.
            metrics: list of `keras.metrics.Metric`, such as `tfvgan.metrics.PSNR()`; each is
                handed what counts as real and what was generated, float32 in [-1, 1]: in
                training the step's fakes, in `evaluate` the videos of the average.
            jit_compile: bool. By default XLA is used where there is a GPU and no `metrics`, some of
                which it can't compile; on CPUs it is slower.
            **kwargs: what `keras.Model.compile` takes (`run_eagerly`, `steps_per_execution`).

        Raises:
            ValueError: when an argument is not one of the above, or two do not go together.
        """
        self._unsaved.jit_compile = jit_compile
        if jit_compile is None:
            jit_compile = bool(tf.config.list_physical_devices("GPU")) and not metrics
        kwargs = check_compile(kwargs)
        super().compile(optimizer=None, auto_scale_loss=False, jit_compile=jit_compile, **kwargs)
        self.adversarial_loss = losses.get(adversarial_loss)
        self.penalty = penalty
        self.penalties = losses.as_penalties(penalty)
        named = (*self.terms, *self.discriminator_terms)
        self.loss_weights = losses.weights_of(named, loss_weights)
        self.plays = self.loss_weights["adversarial"] > 0
        if not (isinstance(discriminator_steps, int) and discriminator_steps >= 1):
            raise ValueError(
                f"`discriminator_steps` must be an int >= 1, but is {discriminator_steps!r}."
            )
        if not 0 <= moving_average < 1:
            raise ValueError(f"`moving_average` must be in [0, 1), but is {moving_average!r}.")
        self.discriminator_steps = discriminator_steps
        self.moving_average = moving_average
        self.augment = augmentation.get_augmentation(augment)
        if sentence := refusal(self, self.augment, self.adversarial_loss):
            raise ValueError(sentence)
        check_critic(self.discriminator, self.adversarial_loss, self.penalties)
        adaptive = self.augment is not None and self.augment.adaptive
        penalised = self.plays and bool(self.penalties)
        used = {"g_gradient_norm": self.makes, "d_gradient_norm": self.judges}
        self.logs.compile(metrics, self.plays, penalty=penalised, augment_p=adaptive, **used)
        self.strays = {name: Strays(self.parts()) for name in ("train_step", "test_step")}
        self.mixed_precision = mixed_precision
        self.clip_norm = clip_norm
        optimizers = (generator_optimizer, discriminator_optimizer)
        players = (self.generator, self.discriminator)
        self.take_optimizers(*make_optimizers(optimizers, players, mixed_precision, clip_norm))

    @property
    def makes(self) -> bool:
        """Whether the generator has anything to minimise."""
        return self.plays or any(self.loss_weights[name] for name in self.terms)

    @property
    def judges(self) -> bool:
        """Whether the discriminator has."""
        return self.plays or any(self.loss_weights[name] for name in self.discriminator_terms)

    def call(self, inputs: tf.Tensor | dict[str, tf.Tensor], training: bool = False) -> tf.Tensor:
        """Returns the average generator's video for `inputs`."""
        return self.average(inputs, training=False)

    def critic(
        self,
        batch: dict[str, tf.Tensor],
        draws: Draws | None = None,
        training: bool = True,
        learns: bool = False,
    ) -> Critic:
        """Returns the discriminator as a function of the video alone.

        With `learns` it is that of its own loss; see `learner`.
        """
        augment = None
        if self.augment is not None and training:
            p = self.augment_p.value if self.augment.adaptive else None
            augment = lambda video: self.augment(video, draws, p)  # noqa: E731
        return Critic(
            self.learner if learns else self.discriminator,
            lambda video: self.discriminator_inputs(video, batch),
            augment,
            training,
        )

    @on_batches
    def train_step(self, batch: dict[str, tf.Tensor]) -> dict[str, tf.Tensor]:
        """Updates D (`discriminator_steps` times), then G, then G's average; returns the logs."""
        draws = Draws(self.seed, self.step.value)
        for _ in range(self.discriminator_steps - 1 if self.plays else 0):
            self._train_discriminator(*self.make(batch, draws), draws)
        with tf.GradientTape() as tape:
            fake, batch = self.make(batch, draws)
        judged = self._train_discriminator(fake, batch, draws) if self.judges else {}
        self._train_generator(batch, fake, draws, tape, judged)
        self.adapt(batch)
        self.logs.score(self.real(batch), fake)
        follow(self.average, self.generator, self.moving_average, self.step.value)
        self.step.assign_add(1)
        return per_worker(self.get_metrics_result())

    def _train_discriminator(self, fake, batch, draws):
        """Makes the discriminator's step, and returns its terms."""
        with tf.GradientTape() as tape:
            terms = self.discriminator_losses(batch, fake)
            total = self._judgement(fake, batch, draws) if self.plays else tf.zeros(())
            total += self._weighed(self.discriminator_terms, terms)
            scaled = per_replica(total, self.discriminator_optimizer)
        weights, pace = self.discriminator.trainable_variables, self.optimizer.pace.value
        partly = not self.plays  # Its terms may leave out what judges.
        norm = descend(self.discriminator_optimizer, tape, scaled, weights, pace, partly)
        self._track(d_gradient_norm=norm, **terms)
        return terms

    def _judgement(self, fake, batch, draws):
        """Returns the discriminator's loss in the game, with its penalty."""
        critic = self.critic(batch, draws, learns=True)
        real, fake = critic.augment(self.real(batch)), critic.augment(fake)
        real_logits, fake_logits = critic(real), critic(fake)
        loss = self.adversarial_loss.discriminator(real_logits, fake_logits)
        penalty = losses.total_penalty(self.penalties, self.step.value, critic, real, fake, draws)
        self._adapt_augment(real, real_logits, fake_logits)
        self._track(d_loss=loss, penalty=penalty, augment_p=self.augment_p)
        self._track(d_real=real_logits, d_fake=fake_logits)
        return loss + penalty

    def _adapt_augment(self, real, real_logits, fake_logits):
        if self.augment is not None and self.augment.adaptive:
            margin = self.adversarial_loss.margin(real_logits, fake_logits)
            self.augment_p.assign(self.augment.adapt(self.augment_p, margin, clips_in_step(real)))

    def _train_generator(self, batch, fake, draws, tape, judged):
        """Makes the generator's step; `judged` are the discriminator's terms, for the logs."""
        with tape:  # It holds the generator's forward pass already.
            loss = self._game(batch, fake, draws) if self.plays else tf.zeros(())
            terms = self.generator_losses(batch, fake)
            total = self._weighed(("adversarial", *self.terms), {"adversarial": loss, **terms})
            scaled = per_replica(total, self.generator_optimizer)
        if self.makes:
            weights, pace = self.generator.trainable_variables, self.optimizer.pace.value
            norm = descend(self.generator_optimizer, tape, scaled, weights, pace)
            self._track(g_gradient_norm=norm)
        self._track(loss=total + self._weighed(judged, judged), g_loss=loss, **terms)

    def _weighed(self, names, terms):
        """Returns the weighed sum of the terms of these names, 0 of none."""
        weighed = [self.loss_weights[name] * terms[name] for name in names]
        return tf.add_n(weighed) if weighed else tf.zeros(())

    def _game(self, batch, fake, draws):
        """Returns the generator's loss in the game."""
        critic, real_logits = self.critic(batch, draws), None
        if self.adversarial_loss.relativistic:
            real_logits = critic(critic.augment(self.real(batch)))
        return self.adversarial_loss.generator(real_logits, critic(critic.augment(fake)))

    @on_batches
    def test_step(self, batch: dict[str, tf.Tensor]) -> dict[str, tf.Tensor]:
        """Returns the same logs without learning; the fakes are the same at every call."""
        draws = Draws(self.seed, self.logs.judged.count.value, "judging")
        fake, batch = self.make(batch, draws, training=False)
        terms, game = self.generator_losses(batch, fake), tf.zeros(())
        if self.plays:
            critic = self.critic(batch, training=False)
            real, made = critic(self.real(batch)), critic(fake)
            loss, game = self.adversarial_loss, self.adversarial_loss.generator(real, made)
            self._track(d_loss=loss.discriminator(real, made), g_loss=game)
            self._track(d_real=real, d_fake=made)
        judged = self.discriminator_losses(batch, fake, training=False) if self.judges else {}
        named = {"adversarial": game, **terms, **judged}
        total = self._weighed(("adversarial", *self.terms, *judged), named)
        self._track(loss=total, **terms, **judged)
        if self.logs.scores:
            inputs = self.generator_inputs(batch, draws)
            self.logs.score(self.real(batch), tf.cast(self.average(inputs), tf.float32))
        results = self.get_metrics_result().items()
        return per_worker({name: value for name, value in results if name not in OF_TRAINING})

    def predict_step(self, data: tf.Tensor | dict[str, tf.Tensor] | tuple) -> tf.Tensor:
        """Returns the average generator's video for what it reads."""
        inputs, *_ = keras.utils.unpack_x_y_sample_weight(with_a_clip(data))
        return self(as_inputs(self.average, inputs), training=False)

    def _track(self, **values):
        players = (self.generator_optimizer, self.discriminator_optimizer)
        self.logs.track(skip_overflow=any(map(in_float16, players)), **values)
