"""The picture of a report: shots as thumbnails, and the curves of a film under them."""

import math
import os
from typing import TYPE_CHECKING

import numpy as np

from tfvgan.data.stamps import clock
from tfvgan.plots import figure_of, saved

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SHOWN, ACROSS = 24, 12  # Thumbnails at most, and in a row.
POINTS = 1500  # Of a curve; of a longer one the least and the most of each stretch are drawn.
WIDTH, ROW, STRIP = 13.0, 1.1, 0.85  # Inches: of all, and the heights of a curve, and thumbnails.


def picture(analysis, path: str | os.PathLike | None = None) -> "Figure":
    """Returns the figure of an `Analysis`, saved where a path is given.

    Args:
        analysis: `Analysis`.
        path: of a .png, or None.
    """
    curves = _curves(analysis)
    shots = _shown(analysis)
    strips = math.ceil(len(shots) / ACROSS)
    heights = [STRIP] * strips + [ROW] * len(curves)
    figure = figure_of((WIDTH, sum(heights) + 0.5))
    top, bottom = figure.subfigures(2, 1, height_ratios=(STRIP * strips, ROW * len(curves)))
    _draw_shots(top, shots, strips)
    axes = bottom.subplots(len(curves), 1, sharex=True, squeeze=False)[:, 0]
    for axis, (title, lines) in zip(axes, curves.items()):
        for name, values in lines.items():
            axis.plot(*_thinned(analysis.times, values), linewidth=0.8, label=name)
        for each in analysis.transitions:
            begin, end = analysis.time(each.begin), analysis.time(each.end)
            if each.kind == "cut":
                axis.axvline(begin, color="tab:red", linewidth=0.5)
            else:
                axis.axvspan(begin, end, color="tab:orange", alpha=0.3, linewidth=0)
        axis.set_ylabel(title, fontsize=7)
        axis.tick_params(labelsize=7)
        axis.spines[["top", "right"]].set_visible(False)
        if len(lines) > 1:
            axis.legend(fontsize=6, frameon=False, loc="upper right", ncols=len(lines))
    axes[-1].set_xlim(0, max(analysis.end, 1e-3))
    axes[-1].set_xlabel("seconds; red: cuts, orange: gradual transitions", fontsize=7)
    return saved(figure, path)


def _curves(analysis):
    """Returns the curves by panel, a dict of dicts of arrays."""
    measures = analysis.measures
    found = {
        "transitions": {"cut": analysis.scores[:, 0], "gradual": analysis.scores[:, 1]},
        "motion": {"mean": measures["motion"], "largest block": measures["moving"]},
        "sharpness": {"sharpness": measures["sharpness"]},
        "light": {
            "brightness": measures["brightness"] / 255,
            "clipped black": measures["black"],
            "clipped white": measures["white"],
        },
        "anomaly": {"anomaly": analysis.anomaly},
    }
    if analysis.sound is not None:
        found["sound, dB"] = {"level": analysis.sound.level}
    return found


def _shown(analysis):
    """Returns `(seconds, thumbnail)` of some shots, evenly chosen, in order."""
    numbers = np.array(sorted(analysis.stills))
    found = []
    for shot in analysis.shots:
        inside = numbers[(numbers >= shot.begin) & (numbers < shot.end)]
        if len(inside):
            still = analysis.stills[int(inside[len(inside) // 2])]
            found.append((analysis.time(shot.begin), still))
    chosen = np.linspace(0, len(found) - 1, min(len(found), SHOWN)).round().astype(int)
    return [found[number] for number in chosen]


def _draw_shots(figure, shots, strips):
    """Draws the thumbnails of shots, each with the time at which it begins."""
    axes = figure.subplots(strips, ACROSS, squeeze=False).ravel()
    for axis in axes:
        axis.set_axis_off()
    for axis, (seconds, still) in zip(axes, shots):
        axis.imshow(still, aspect=still.shape[1] / still.shape[0] * 9 / 16)
        axis.set_title(clock(seconds), fontsize=7, pad=2)


def _thinned(times, values):
    """Returns times and values of a curve with few points, peaks among them."""
    each = math.ceil(len(values) / POINTS)
    if each <= 2:
        return times, values
    count = len(values) // each
    whole = values[: count * each].reshape(count, each)
    spread = np.stack([whole.min(1), whole.max(1)], axis=-1).ravel()
    return np.repeat(times[: count * each : each], 2), spread
