"""Train for the time there is."""

import time

import keras

from tfvgan.engine.distribution import any_worker


class StopAfter(keras.callbacks.Callback):
    """Ends training at the first batch after so much wall-clock time, on any worker.

    Args:
        minutes: float, counted from the first `on_train_begin`.
    """

    def __init__(self, minutes: float):
        super().__init__()
        self.minutes = minutes
        self._begin = None

    def on_train_begin(self, logs: dict | None = None) -> None:
        """Starts the clock."""
        self._begin = self._begin or time.monotonic()

    def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:
        """Stops the training when the time is over."""
        over = time.monotonic() - self._begin >= self.minutes * 60
        if any_worker(self.model.distribute_strategy, over):
            self.model.stop_training = True
