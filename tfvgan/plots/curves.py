"""Curves of a training: the losses, and what the discriminator says."""

import csv
import os
from typing import TYPE_CHECKING

from tfvgan.plots.figures import Place, figure_of, saved

if TYPE_CHECKING:
    from keras.callbacks import History
    from matplotlib.figure import Figure


def curves(log: "str | os.PathLike | dict | History", path: Place = None) -> "Figure":
    """Returns a figure of two panels over the epochs: the losses, and D's mean logits.

    Args:
        log: path of a csv file with one row an epoch, a `keras.callbacks.History`, or a dict of
            lists of numbers.
        path: where to save it, or None.

    Raises:
        ValueError: when the log holds no number.
    """
    columns = _columns(log)
    epochs = columns.pop("epoch", None)
    if not any(columns.values()):
        raise ValueError(f"The log must hold one epoch or more, but {log!r} holds none: train.")
    losses = [name for name in columns if name.endswith("loss") and not name.startswith("val_")]
    figure = figure_of((8, 3))
    left, right = figure.subplots(1, 2)
    _panel(left, columns, epochs, losses, "loss")
    _panel(right, columns, epochs, ["d_real", "d_fake"], "mean logit of D")
    return saved(figure, path)


def _panel(axis, columns, epochs, names, title):
    for name in names:
        if values := columns.get(name):
            marker = "." if len(values) < 20 else None
            x = [i + 1 for i in epochs or range(len(values))]
            axis.plot(x, values, label=name, marker=marker)
    axis.set_xlabel("epoch")
    axis.set_title(title, fontsize=9)
    axis.grid(alpha=0.3)
    if axis.lines:
        axis.legend(fontsize=8)


def _columns(log):
    """Returns a log as `{name: list of float}`."""
    log = getattr(log, "history", log)
    if isinstance(log, dict):
        return {name: list(values) for name, values in log.items()}
    with open(log, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = [name for name, value in (rows[-1].items() if rows else ()) if value != "NA"]
    return {name: [float(row[name]) for row in rows] for name in names}
