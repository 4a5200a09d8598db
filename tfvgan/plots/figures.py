"""Figures of matplotlib that need no display, and the files that they are saved to."""

import os
from typing import TYPE_CHECKING

from tfvgan.quiet import unlogged
from tfvgan.whole import write_whole

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Place = str | os.PathLike | None


def figure_of(size: tuple[float, float]) -> "Figure":
    """Returns an empty figure that draws into memory: no window, no global state."""
    with unlogged("matplotlib"):  # It warns of a home that it can't write to, and writes elsewhere.
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    return FigureCanvasAgg(Figure(figsize=size, dpi=110, layout="constrained")).figure


def saved(figure: "Figure", path: Place) -> "Figure":
    """Returns the figure, saved under a temporary name and then renamed when there is a path."""
    if path is not None:
        write_whole(path, lambda file: figure.savefig(file, bbox_inches="tight"))
    return figure
