"""Film strips, time slices and grids: many moments of videos in one picture."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from tfvgan.plots.figures import Place, figure_of, saved
from tfvgan.video import check_video

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Videos = np.ndarray | dict[str, np.ndarray]
Titles = Sequence[str] | None
LABEL_INCHES, FRAME_INCHES = 0.9, 1.0
ON_PHONES = 72 * 16 / 390  # Points an inch across: 16 pixels of 390, as pages' text has.


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
    rows, names = stacked(videos, titles)
    shown = np.linspace(0, rows.shape[1] - 1, min(frames, rows.shape[1])).round().astype(int)
    height, width = rows.shape[2:4]
    gap = max(1, width // 32)
    across = len(shown) * (width + gap) / width * FRAME_INCHES
    points = max(8.0, ON_PHONES * across)
    line = 1.7 * points / 72  # Inches.
    down = len(rows) * (height + gap) / width * FRAME_INCHES + (len(rows) + 1.5) * line
    figure = figure_of((across, down))
    for video, name, axis in zip(rows, names, figure.subplots(len(rows), 1, squeeze=False)[:, 0]):
        drawn_row(axis, frames_in_a_row(video[shown], gap), None)
        axis.set_title(name, loc="left", fontsize=points)
    places = np.arange(len(shown)) * (width + gap) + width / 2
    mark(figure.axes[0], places, [f"{number}" for number in shown], points)
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
    rows, names = stacked(videos, titles)
    time, height, width = rows.shape[1:4]
    row = height // 2 if row is None else row
    if not 0 <= row < height:
        raise ValueError(f"`row` must be from 0 to {height - 1}, but is {row}: choose one inside.")
    figure = figure_of((LABEL_INCHES + 4.4, 0.4 + 2.1 * len(rows)))
    axes = figure.subplots(len(rows), 2, squeeze=False)
    for (left, right), video, name in zip(axes, rows, names):
        drawn_row(left, video[time // 2], name)
        left.axhline(row, color="red", linewidth=1)
        drawn_row(right, video[:, row], "time")
        right.set_aspect(width / time)
        right.yaxis.label.set(rotation=90, ha="center")
    axes[0, 0].set_title(f"frame {time // 2}", fontsize=8)
    axes[0, 1].set_title(f"row {row} over {time} frames", fontsize=8)
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


def stacked(videos, titles):
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
            f"`titles` must name each of the {len(names)} videos, but holds {len(titles)}: "
            "give one a video."
        )
    return np.concatenate(list(groups.values())), titles


def frames_in_a_row(frames, gap):
    """Returns frames `(t, h, w, 3)` as one image `(h, t * (w + gap) - gap, 3)`, white between."""
    padded = np.pad(frames, ((0, 0), (0, 0), (0, gap), (0, 0)), constant_values=255)
    return np.concatenate(list(padded), axis=1)[:, :-gap]


def drawn_row(axis, image, name):
    """Draws an image, whose pixels stay square, with its name on the left."""
    axis.imshow(image, interpolation="nearest", extent=(0, image.shape[1], image.shape[0], 0))
    axis.set(xticks=[], yticks=[])
    axis.set_ylabel(name, fontsize=8, rotation=0, ha="right", va="center")
    axis.spines[:].set_visible(False)


def mark(axis, places, names, points=7):
    """Writes names above an axis, at places along it."""
    axis.set_xticks(places, names, fontsize=points)
    axis.tick_params(length=0, labeltop=True, labelbottom=False)
