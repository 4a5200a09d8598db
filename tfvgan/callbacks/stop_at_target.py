"""Iterate until the players reach a set performance."""

from collections.abc import Sequence

import keras

PASSED = {
    "min": lambda value, target: value <= target,
    "max": lambda value, target: value >= target,
}


class StopAtTarget(keras.callbacks.Callback):
    """Ends training after the first epoch in which every monitored log has passed its target.

    Args:
        monitor: the name of a log such as "d_loss", or a list of names: all must pass in one epoch.
        target: float, or one a name.
        mode: "min" (passed at or below the target) or "max" (at or above), or one a name.

    Raises:
        ValueError: when the lists differ in length, a mode is unknown, or the logs lack a name.
    """

    def __init__(
        self,
        monitor: str | Sequence[str],
        target: float | Sequence[float],
        mode: str | Sequence[str] = "min",
    ):
        super().__init__()
        self.monitor = _listed(monitor)
        self.target = _listed(target)
        self.mode = _listed(mode) if len(_listed(mode)) > 1 else _listed(mode) * len(self.monitor)
        if not len(self.monitor) == len(self.target) == len(self.mode):
            raise ValueError(
                f"`monitor`, `target` and `mode` must have one entry a name, but have "
                f"{len(self.monitor)}, {len(self.target)} and {len(self.mode)}."
            )
        if unknown := [mode for mode in self.mode if mode not in PASSED]:
            raise ValueError(f'`mode` must be "min" or "max", but is {unknown[0]!r}.')

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        """Stops the training when all targets are passed."""
        logs = logs or {}
        if missing := [name for name in self.monitor if name not in logs]:
            raise ValueError(
                f"`monitor` must name logs among {', '.join(logs)}, but names {missing[0]!r}."
            )
        rows = zip(self.monitor, self.target, self.mode, strict=True)
        if all(PASSED[mode](logs[name], target) for name, target, mode in rows):
            self.model.stop_training = True


def _listed(value):
    return list(value) if isinstance(value, (list, tuple)) else [value]
