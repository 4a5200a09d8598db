"""Smaller steps towards the end of training."""

from tfvgan.callbacks.clock import Clock


class CoolDown(Clock):
    """Lowers both players' learning rates along a line in the last part of training.

    Batches of a few clips make noisy gradients, and steps that get smaller average them out. The
    rates are lowered within a step and put back, so that a model saved at any moment, by whatever
    callback, holds those it was compiled with, and a resumed training goes on as one that never
    stopped. Rates that are schedules of their own are left alone.

    Args:
        steps: int, of the whole training; the model's own counter says how many are done.
        minutes: float or None: when this time ends training earlier, it is what counts.
        share: the last part of training, in (0, 1], in which the rates fall.
        lowest: what is left of the rates in the end, in [0, 1].
    """

    def __init__(
        self, steps: int, minutes: float | None = None, share: float = 0.5, lowest: float = 0.05
    ):
        super().__init__(minutes)
        if not 0 < share <= 1 or not 0 <= lowest <= 1:
            raise ValueError(
                "`share` must be above 0 and at most 1 and `lowest` from 0 to 1, but they are "
                f"{share!r} and {lowest!r}."
            )
        self.steps = steps
        self.share = share
        self.lowest = lowest

    def factor(self, done: float) -> float:
        """Returns what is left of the rates when the part `done` of training, 0 to 1, is over."""
        fallen = max(0.0, (done - 1.0) / self.share + 1.0)
        return 1.0 - (1.0 - self.lowest) * min(fallen, 1.0)

    def on_train_batch_begin(self, batch: int, logs: dict | None = None) -> None:
        """Slows both players down."""
        done = self.model.steps_made / self.steps
        if self.minutes is not None:
            done = max(done, self.gone / self.minutes)
        self.model.optimizer.pace.assign(self.factor(done))
