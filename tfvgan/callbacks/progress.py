"""A progress bar that fits the terminal."""

from collections.abc import Sequence

from tfvgan.callbacks.clock import Clock

FORMAT = "{desc} {bar:8} {remaining}{postfix}"  # 80 columns, with four logs


class Progress(Clock):
    """Shows a bar an epoch, cut to the width of the terminal, with the logs' running means.

    Args:
        epochs: int, how many there will be.
        names: the logs to show.
        minutes: float, after which training ends before the last epoch; then the bar tells of them.
            None if the epochs alone end it.
    """

    def __init__(
        self,
        epochs: int,
        names: Sequence[str] = ("d_loss", "g_loss", "d_real", "d_fake"),
        minutes: float | None = None,
    ):
        super().__init__(minutes)
        self.epochs = epochs
        self.names = names

    def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:
        """Begins a bar."""
        from tqdm import tqdm

        self._number = epoch
        self._bar = tqdm(
            total=self.params["steps"],
            desc=self._place(epoch),
            bar_format=FORMAT,
            dynamic_ncols=True,
        )

    def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:
        """Moves it on."""
        shown = [f"{name} {logs[name]:.2f}" for name in self.names if name in logs]
        self._bar.set_description_str(self._place(self._number), refresh=False)
        self._bar.set_postfix_str(" ".join(shown), refresh=False)
        self._bar.update(1)

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        """Ends it."""
        self._bar.close()

    def _place(self, epoch):
        if self.minutes is not None:
            return f"{self.gone:.1f}/{self.minutes:g} min"
        return f"epoch {epoch + 1}/{self.epochs}"
