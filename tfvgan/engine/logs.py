"""What is logged: the means of an epoch, and the metrics that `compile` was given."""

import keras
import tensorflow as tf

from tfvgan.engine.directions import BETTER, Directions, set_direction

OF_TRAINING = ("d_gradient_norm", "g_gradient_norm", "penalty", "augment_p")
MEANS = ("loss", "d_loss", "g_loss", "d_real", "d_fake", *OF_TRAINING)
OF_THE_GAME = ("d_loss", "g_loss", "d_real", "d_fake")


class Logs:
    """Keeps the running values of all that is logged.

    A plain object, and on purpose: Keras tracks and saves what a model holds, and a metric that
    comes and goes with `compile` is no part of the model.

    Args:
        terms: names of the task's losses, of both players, logged beside `MEANS`.
        tells: `{name: "down", "up" or None}`, of what else the task logs, and what is better.

    Attributes:
        judged: the mean whose count is that of the batches of `evaluate`.

    Raises:
        ValueError: when one of the names is a mean that every game logs.
    """

    def __init__(self, terms=(), tells=None):
        if taken := sorted(set(MEANS) & {*terms, *(tells or {})}):
            raise ValueError(
                f"Every game logs {', '.join(taken)} of its own: give the task's term another name."
            )
        self.means = {name: keras.metrics.Mean(name) for name in (*MEANS, *terms, *(tells or {}))}
        self.directions = Directions(self)
        minimised = dict.fromkeys(("loss", "d_loss", "g_loss", "penalty", *terms), "down")
        for name, direction in (minimised | dict(tells or {})).items():
            set_direction(self.means[name], direction)
        self.scores = []
        self.unused = {"penalty", "augment_p"}
        self.judged = self.means["loss"]

    @property
    def trackers(self):
        """The metrics of all that is logged: the means that are in use, then the scores."""
        means = [mean for name, mean in self.means.items() if name not in self.unused]
        return [*means, *self.scores]

    def compile(self, metrics, plays=True, **used):
        """Takes the metrics that score real videos against generated ones.

        Args:
            metrics: None, or a list of `keras.metrics.Metric`.
            plays: bool, whether the discriminator has a say.
            **used: `name=bool`, whether this mean means anything in the game that is compiled.

        Raises:
            ValueError: when one is no metric, or two, or a mean, share a name.
        """
        scores = list(metrics or ())
        for score in scores:
            if not isinstance(score, keras.metrics.Metric):
                raise ValueError(
                    "`metrics` must be keras.metrics.Metric objects, such as "
                    f"tfvgan.metrics.PSNR(), but holds {score!r}."
                )
        names = [*self.means, *(score.name for score in scores)]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(
                f"Each of `metrics` needs a name of its own, but {', '.join(twice)} stands for "
                "two logs: give one another name=."
            )
        self.scores = scores
        self.unused = {name for name, is_used in used.items() if not is_used}
        self.unused |= set() if plays else set(OF_THE_GAME)
        for score in scores:
            set_direction(score, BETTER.get(getattr(score, "higher_is_better", None)))

    def track(self, skip_overflow=False, **values):
        """Adds values to the means.

        Args:
            skip_overflow: bool. Loss scaling skips a step whose gradient overflows: such a
                gradient's norm is not one of the run's.
            **values: `name=float32 tensor`.
        """
        for name, value in values.items():
            weight = None
            if skip_overflow and name.endswith("gradient_norm"):
                weight = tf.cast(tf.math.is_finite(value), tf.float32)
                value = tf.math.multiply_no_nan(value, weight)
            self.means[name].update_state(value, sample_weight=weight)

    def score(self, real, video):
        """Updates the metrics.

        Args:
            real: float32 video in [-1, 1], what counts as real.
            video: likewise, what the generator made.
        """
        for score in self.scores:
            score.update_state(real, video)
