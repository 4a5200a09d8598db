"""Train for the time there is."""

from tfvgan.callbacks.clock import Clock
from tfvgan.engine.distribution import any_worker


class StopAfter(Clock):
    """Ends training at the first batch after so much wall-clock time, on any worker.

    Args:
        minutes: float, counted from the first `on_train_begin`.
    """

    def __init__(self, minutes: float):
        super().__init__(minutes)

    def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:
        """Stops the training when the time is over."""
        over = self.gone >= self.minutes
        if any_worker(self.model.distribute_strategy, over):
            self.model.stop_training = True
