"""Videos of several kinds above numbers of each kind."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from tfvgan.plots.figures import Place, figure_of, saved
from tfvgan.plots.strips import (
    FRAME_INCHES,
    LABEL_INCHES,
    drawn_row,
    frames_in_a_row,
    mark,
    stacked,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LINE_COLORS = ("tab:blue", "tab:orange", "tab:gray")


def comparison(
    rows: Sequence[tuple[str, np.ndarray]],
    path: Place = None,
    histograms: dict | None = None,
    lines: dict | None = None,
    title: str = "",
    frames: int = 8,
) -> "Figure":
    """Returns a figure that shows videos of several kinds, and below them numbers of each kind.

    A row is a video: its frames from left to right, and behind them its x-t slice, the middle line
    of pixels over time, which runs downwards. A kind has one colour, in the rows and in the panels.

    Args:
        rows: list of pairs of a kind, such as "real", and a video, uint8 `(t, h, w, 3)`.
        path: where to save it, or None.
        histograms: dict of titles, each with a dict of numbers by kind.
        lines: likewise, drawn over the place in the sequence.
        title: of the figure.
        frames: int, how many frames of each video to show.

    Raises:
        ValueError: when there is no video, or they differ in shape.
    """
    kinds = [kind for kind, _ in rows]
    videos, _ = stacked({str(number): video[None] for number, (_, video) in enumerate(rows)}, kinds)
    colors = dict(zip(dict.fromkeys(kinds), LINE_COLORS))
    shown = np.linspace(0, videos.shape[1] - 1, min(frames, videos.shape[1])).round().astype(int)
    images = [_frames_and_slice(video, shown) for video in videos]
    width = FRAME_INCHES * (len(shown) + 1.3)
    above = 0.3 + len(rows) * width * images[0].shape[0] / images[0].shape[1]
    heights = above, 2.2 * bool(histograms or lines)
    figure = figure_of((LABEL_INCHES + width, sum(heights) + 0.3))
    figure.suptitle(title, fontsize=9)
    top, bottom = figure.subfigures(2, 1, height_ratios=heights)
    axes = top.subplots(len(rows), 1, squeeze=False)[:, 0]
    for axis, image, kind, before in zip(axes, images, kinds, ["", *kinds]):
        drawn_row(axis, image, kind if kind != before else "")
        axis.yaxis.label.set(color=colors[kind], fontweight="bold")
        axis.spines["left"].set(visible=True, color=colors[kind], lw=4, position=("outward", 4))
    mark(axes[0], [images[0].shape[1] - videos.shape[3] / 2], ["middle line, time runs down"])
    _numbers(bottom, histograms or {}, lines or {}, colors)
    return saved(figure, path)


def _frames_and_slice(video, shown):
    """Returns some frames of a video and its x-t slice, as high as they are, as one image."""
    time, height, width = video.shape[:3]
    gap = max(1, width // 32)
    times = np.arange(height) * time // height
    slice_ = video[times, height // 2]
    space = np.full((height, 4 * gap, 3), 255, video.dtype)
    return np.concatenate([frames_in_a_row(video[shown], gap), space, slice_], axis=1)


def _numbers(figure, histograms, lines, colors):
    """Draws a panel for each histogram and each line."""
    count = len(histograms) + len(lines)
    axes = iter(figure.subplots(1, count, squeeze=False)[0] if count else ())
    for title, values in histograms.items():
        axis = next(axes)
        values = {kind: np.asarray(v)[np.isfinite(v)] for kind, v in values.items()}
        pooled = np.concatenate(list(values.values()))
        bins = np.histogram_bin_edges(pooled, int(np.clip(len(pooled) // 4, 5, 24)))
        for kind, v in values.items():
            weights = np.full(len(v), 100 / max(1, len(v)))
            axis.hist(v, bins, weights=weights, color=colors[kind], alpha=0.5, label=kind)
        _label_axis(axis, title, "% of videos")
    for title, values in lines.items():
        axis = next(axes)
        for kind, v in values.items():
            axis.plot(v, color=colors[kind], label=kind, linewidth=1)
        _label_axis(axis, title, None, "frame")


def _label_axis(axis, title, vertical, horizontal=None):
    axis.set_title(title, fontsize=8)
    axis.set_ylabel(vertical, fontsize=7)
    axis.set_xlabel(horizontal, fontsize=7)
    axis.tick_params(labelsize=7)
    axis.locator_params(nbins=5)
    axis.spines[["top", "right"]].set_visible(False)
    axis.legend(fontsize=6, frameon=False)
