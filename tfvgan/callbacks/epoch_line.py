"""One line an epoch: what a log file wants in place of a progress bar."""

import time
from collections.abc import Collection

from tfvgan.callbacks.clock import Clock


class EpochLine(Clock):
    """Prints one line an epoch: its number, its seconds, and the logs.

    Args:
        epochs: int, how many there will be.
        skip: names of logs to leave out.
        minutes: float, after which training ends before the last epoch; then the line tells of
            them. None if the epochs alone end it.
    """

    def __init__(
        self,
        epochs: int,
        skip: Collection[str] = ("d_gradient_norm", "g_gradient_norm"),
        minutes: float | None = None,
    ):
        super().__init__(minutes)
        self.epochs = epochs
        self.skip = skip

    def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:
        """Starts the clock."""
        self._epoch = time.monotonic()

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        """Prints the line."""
        shown = [
            f"{name} {value:.3g}" for name, value in (logs or {}).items() if name not in self.skip
        ]
        seconds, place = time.monotonic() - self._epoch, f"epoch {epoch + 1}/{self.epochs}"
        if self.minutes is not None:
            place = f"epoch {epoch + 1}, {self.gone:.1f} of {self.minutes:g} minutes"
        print(f"{place}  {seconds:.0f} s  {'  '.join(shown)}", flush=True)
