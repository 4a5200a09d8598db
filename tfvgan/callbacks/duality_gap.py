"""How far a game is from an equilibrium, every some epochs."""

import itertools
from collections.abc import Iterable

import keras
import numpy as np

from tfvgan.engine import Responses
from tfvgan.engine.directions import adds


class DualityGap(keras.callbacks.Callback):
    """Adds `duality_gap` to the logs: how much both players could gain against each other.

    Copies of both learn for some steps, each against the other as it is; on other clips the gap
    between what they reach is measured (`tfvgan.engine.Responses`). Near 0 nobody has anything to
    gain. A gap that stays large, or grows, tells of a player that is behind, of modes that were
    left, or of a game that circles.

    It takes the memory of a second game, and the time of `2 * steps` half steps of training. Put
    it before callbacks that write or watch the logs, such as TensorBoard. Epochs without their turn
    have no gap.

    Args:
        batches: iterable of batches as `fit` takes, all of one size, best of clips that are held
            out; `2 * count` are read when training begins. Every other one is learnt on, and the
            rest judge.
        every: int, epochs from one time to the next.
        steps: int, of either copy.
        count: int, batches on each side.
        average: bool, whether the generator is the moving average, or the one that plays.
        seed: int, chooses the latents.

    Attributes:
        result: the last `tfvgan.engine.GameValues`, or None.
        responses: `tfvgan.engine.Responses`, the copies, once training has begun.

    Raises:
        ValueError: when training begins with fewer than two batches, or a model that `Responses`
            refuses.
    """

    def __init__(
        self,
        batches: Iterable[dict[str, np.ndarray]],
        every: int = 5,
        steps: int = 50,
        count: int = 8,
        average: bool = True,
        seed: int = 0,
    ):
        super().__init__()
        self.batches = batches
        self.every = every
        self.steps = steps
        self.count = count
        self.average = average
        self.seed = seed
        self.result = None
        self._read = None
        self.responses = None

    def set_model(self, model: keras.Model) -> None:
        """Tells callbacks that monitor the gap that less is better."""
        super().set_model(model)
        adds(model, duality_gap=False)

    def on_train_begin(self, logs: dict | None = None) -> None:
        """Reads the clips, once, and makes the copies."""
        if self._read is None:
            self._read = list(itertools.islice(self.batches, 2 * self.count))
        if len(self._read) < 2:
            raise ValueError(
                "`DualityGap` needs two batches, one to learn on and one to judge, but was given "
                f"{len(self._read)}: give it more clips, or smaller batches."
            )
        self.responses = Responses(self.model, self.seed)

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        """Measures, when it is its turn."""
        if (epoch + 1) % self.every:
            return
        finding, judging = self._read[::2], self._read[1::2]
        self.result = self.responses(finding, judging, self.steps, self.average)
        if logs is not None:
            logs["duality_gap"] = self.result.gap
