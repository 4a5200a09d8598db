"""The time that a training has taken."""

import time

import keras


class Clock(keras.callbacks.Callback):
    """Counts wall-clock time from the first `on_train_begin`, over as many fits as there are.

    Args:
        minutes: float, that a training has, or None.
    """

    def __init__(self, minutes: float | None = None):
        super().__init__()
        self.minutes = minutes
        self._begin = None

    def on_train_begin(self, logs: dict | None = None) -> None:
        """Starts the clock."""
        self._begin = self._begin or time.monotonic()

    @property
    def gone(self) -> float:
        """The minutes that are gone."""
        return (time.monotonic() - self._begin) / 60
