"""Film strips, time slices, curves and histograms: matplotlib figures that need no display."""

import csv
import math
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from tfvgan.quiet import unlogged
from tfvgan.video import check_video
from tfvgan.whole import write_whole

if TYPE_CHECKING:
    from keras.callbacks import History
    from matplotlib.figure import Figure

Videos = np.ndarray | dict[str, np.ndarray]
Place = str | os.PathLike | None
Titles = Sequence[str] | None
LABEL_INCHES, FRAME_INCHES = 0.9, 1.0
ON_PHONES = 72 * 16 / 390  # Points an inch across: 16 pixels of 390, as pages' text has.
LINE_COLORS = ("tab:blue", "tab:orange", "tab:gray")


def film_strip(
    videos: Videos, path: Place = None, frames: int = 8, titles: Titles = None
) -> "Figure":
    """Returns a figure with one video a row and its frames from left to right.

    Args:
        videos: uint8 `(n, t, h, w, 3)`, or a dict of such arrays: a group of rows each, named by
            the key.
        path: where to save it (`.png`, `.pdf`, `.svg`), or None.
        frames: int, how many frames of each video to show, evenly spaced, the first and the last
            among them.
        titles: one string a row; by default the group's name and the row's number.

    Raises:
        ValueError: when the videos differ in shape or the titles in number.
    """
    rows, names = _stacked(videos, titles)
    shown = np.linspace(0, rows.shape[1] - 1, min(frames, rows.shape[1])).round().astype(int)
    height, width = rows.shape[2:4]
    gap = max(1, width // 32)
    across = len(shown) * (width + gap) / width * FRAME_INCHES
    points = max(8.0, ON_PHONES * across)
    line = 1.7 * points / 72  # Inches.
    down = len(rows) * (height + gap) / width * FRAME_INCHES + (len(rows) + 1.5) * line
    figure = figure_of((across, down))
    for video, name, axis in zip(rows, names, figure.subplots(len(rows), 1, squeeze=False)[:, 0]):
        _row(axis, _side_by_side(video[shown], gap), None)
        axis.set_title(name, loc="left", fontsize=points)
    places = np.arange(len(shown)) * (width + gap) + width / 2
    _mark(figure.axes[0], places, [f"{number}" for number in shown], points)
    return saved(figure, path)


def time_slice(
    videos: Videos, path: Place = None, row: int | None = None, titles: Titles = None
) -> "Figure":
    """Returns a figure with each video's middle frame beside its x-t slice.

    The slice is one line of pixels over time (time runs downwards): what stands still draws
    vertical lines, what moves draws slanted ones, flicker draws horizontal stripes.

    Args:
        videos: uint8 `(n, t, h, w, 3)`, or a dict of such arrays as in `film_strip`.
        path: where to save it, or None.
        row: int, the line of pixels to cut along; the middle one by default.
        titles: one string a video.

    Raises:
        ValueError: when the videos differ in shape or the titles in number, or when `row` is
            outside the frame.
    """
    rows, names = _stacked(videos, titles)
    time, height, width = rows.shape[1:4]
    row = height // 2 if row is None else row
    if not 0 <= row < height:
        raise ValueError(f"`row` must be from 0 to {height - 1}, but is {row}: choose one inside.")
    figure = figure_of((LABEL_INCHES + 4.4, 0.4 + 2.1 * len(rows)))
    axes = figure.subplots(len(rows), 2, squeeze=False)
    for (left, right), video, name in zip(axes, rows, names):
        _row(left, video[time // 2], name)
        left.axhline(row, color="red", linewidth=1)
        _row(right, video[:, row], "time")
        right.set_aspect(width / time)
        right.yaxis.label.set(rotation=90, ha="center")
    axes[0, 0].set_title(f"frame {time // 2}", fontsize=8)
    axes[0, 1].set_title(f"row {row} over {time} frames", fontsize=8)
    return saved(figure, path)


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
    videos, _ = _stacked(
        {str(number): video[None] for number, (_, video) in enumerate(rows)}, kinds
    )
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
        _row(axis, image, kind if kind != before else "")
        axis.yaxis.label.set(color=colors[kind], fontweight="bold")
        axis.spines["left"].set(visible=True, color=colors[kind], lw=4, position=("outward", 4))
    _mark(axes[0], [images[0].shape[1] - videos.shape[3] / 2], ["middle line, time runs down"])
    _numbers(bottom, histograms or {}, lines or {}, colors)
    return saved(figure, path)


def grid(videos: np.ndarray, columns: int | None = None) -> np.ndarray:
    """Returns all the videos side by side as one: uint8 `(t, rows * h, columns * w, 3)`.

    Args:
        videos: uint8 `(n, t, h, w, 3)`. What is left over of the last row stays black.
        columns: int; by default the grid is as square as can be, and wider than high.
    """
    videos = np.asarray(check_video(videos, "videos"))
    count, time, height, width, channels = videos.shape
    columns = columns or math.ceil(math.sqrt(count))
    rows = math.ceil(count / columns)
    full = np.zeros((rows * columns, time, height, width, channels), videos.dtype)
    full[:count] = videos
    full = full.reshape(rows, columns, time, height, width, channels)
    return full.transpose(2, 0, 3, 1, 4, 5).reshape(time, rows * height, columns * width, channels)


def _stacked(videos, titles):
    """Returns all the videos as one array, and one title for each."""
    groups = videos if isinstance(videos, dict) else {"": videos}
    groups = {name: np.asarray(check_video(v, name or "videos")) for name, v in groups.items()}
    shapes = {group.shape[1:] for group in groups.values()}
    if len(shapes) != 1:
        raise ValueError(
            f"The videos must share one shape, but have {sorted(shapes)}: resize or cut them first."
        )
    names = [
        f"{name} {i + 1}".strip() if len(group) > 1 or not name else name
        for name, group in groups.items()
        for i in range(len(group))
    ]
    titles = names if titles is None else list(titles)
    if len(titles) != len(names):
        raise ValueError(
            f"`titles` must name each of the {len(names)} rows, but holds {len(titles)}: "
            "give one a row."
        )
    return np.concatenate(list(groups.values())), titles


def _side_by_side(frames, gap):
    """Returns frames `(t, h, w, 3)` as one image `(h, t * (w + gap) - gap, 3)`, white between."""
    padded = np.pad(frames, ((0, 0), (0, 0), (0, gap), (0, 0)), constant_values=255)
    return np.concatenate(list(padded), axis=1)[:, :-gap]


def _frames_and_slice(video, shown):
    """Returns some frames of a video and its x-t slice, as high as they are, as one image."""
    time, height, width = video.shape[:3]
    gap = max(1, width // 32)
    times = np.arange(height) * time // height
    slice_ = video[times, height // 2]
    space = np.full((height, 4 * gap, 3), 255, video.dtype)
    return np.concatenate([_side_by_side(video[shown], gap), space, slice_], axis=1)


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


def _row(axis, image, name):
    axis.imshow(image, interpolation="nearest", extent=(0, image.shape[1], image.shape[0], 0))
    axis.set(xticks=[], yticks=[])
    axis.set_ylabel(name, fontsize=8, rotation=0, ha="right", va="center")
    axis.spines[:].set_visible(False)


def _mark(axis, places, names, points=7):
    axis.set_xticks(places, names, fontsize=points)
    axis.tick_params(length=0, labeltop=True, labelbottom=False)


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
