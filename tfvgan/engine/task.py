"""What the game asks of a task, with the answers that most tasks give."""

import tensorflow as tf

from tfvgan.engine.batch import judged
from tfvgan.engine.draws import Draws
from tfvgan.engine.endpoint import Endpoint
from tfvgan.engine.part import Part
from tfvgan.engine.two_players import TwoPlayers


class Task(TwoPlayers):
    """The questions that `AdversarialModel` asks of a subclass."""

    def parts(self) -> dict[str, Part]:
        """Returns `{name: Part}`, what a batch must hold: the video first, as D reads it."""
        return {"video": judged(self.discriminator)}

    def generator_inputs(
        self, batch: dict[str, tf.Tensor], draws: Draws
    ) -> tf.Tensor | dict[str, tf.Tensor]:
        """Returns what the generator reads for this batch, a tensor or a dict of tensors."""
        raise NotImplementedError

    def real(self, batch: dict[str, tf.Tensor]) -> tf.Tensor:
        """Returns what the discriminator takes for real: float32 video in [-1, 1]."""
        return batch["video"]

    def discriminator_inputs(
        self, video: tf.Tensor, batch: dict[str, tf.Tensor]
    ) -> tf.Tensor | dict[str, tf.Tensor]:
        """Returns what the discriminator reads to judge `video`: the video, or a dict with it."""
        return video

    def make(
        self, batch: dict[str, tf.Tensor], draws: Draws, training: bool = True
    ) -> tuple[tf.Tensor, dict[str, tf.Tensor]]:
        """Returns the video made for a batch, and the batch with what else was found on the way."""
        video = self.generator(self.generator_inputs(batch, draws), training=training)
        return tf.cast(video, tf.float32), batch

    def generator_losses(
        self, batch: dict[str, tf.Tensor], fake: tf.Tensor
    ) -> dict[str, tf.Tensor]:
        """Returns `{name: float32 scalar}` for the names in `terms` and `tells`."""
        return {}

    def discriminator_losses(
        self, batch: dict[str, tf.Tensor], fake: tf.Tensor, training: bool = True
    ) -> dict[str, tf.Tensor]:
        """Returns `{name: float32 scalar}` for the names in `discriminator_terms`."""
        return {}

    def learner(self, inputs: tf.Tensor | dict[str, tf.Tensor], training: bool = True) -> tf.Tensor:
        """Returns the discriminator's logits as its own loss in the game is computed of them.

        A task whose discriminator is not to learn all of its weights by the game stops the gradient
        on its way to these; the generator's, which goes through the discriminator, has no stop.
        """
        return self.discriminator(inputs, training=training)

    def check_ready(self) -> None:
        """Raises ValueError when a loss asks for what is not there, such as fetched weights."""

    def adapt(self, batch: dict[str, tf.Tensor]) -> None:
        """Updates a task's own state, once a step, after the players."""

    def endpoints(self) -> dict[str, Endpoint]:
        """Returns `{name: Endpoint}`; the functions read `self.average`, the first is default."""
        raise NotImplementedError(f"`{type(self).__name__}` has no `endpoints`, so serves nothing.")
