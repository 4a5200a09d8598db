"""One line an epoch: what a log file wants in place of a progress bar."""

import time
from collections.abc import Collection

import keras


class EpochLine(keras.callbacks.Callback):
    """Prints one line an epoch: its number, its seconds, and the logs.

    Args:
        epochs: int, how many there will be.
        skip: names of logs to leave out.
    """

    def __init__(self, epochs: int, skip: Collection[str] = ("d_gradient_norm", "g_gradient_norm")):
        super().__init__()
        self.epochs = epochs
        self.skip = skip

    def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:
        """Starts the clock."""
        self._begin = time.monotonic()

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        """Prints the line."""
        shown = [
            f"{name} {value:.3g}" for name, value in (logs or {}).items() if name not in self.skip
        ]
        seconds = time.monotonic() - self._begin
        print(f"epoch {epoch + 1}/{self.epochs}  {seconds:.0f} s  {'  '.join(shown)}", flush=True)
