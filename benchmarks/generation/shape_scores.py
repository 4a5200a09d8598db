"""What happens in videos of moving shapes, and whether all that could happen does.

FVD says that videos differ, and not in what. Of MoCoGAN's shapes all can be told: there is one
shape in every frame, it keeps its colour and its size, it is a square or a circle, of any hue, and
moves more across or more along the picture. Each is measured video by video; the shares of what
there is stand beside those of real videos, with the total variation between the two.
"""

import colorsys

import numpy as np

LEAST = 8  # pixels: fewer are no shape
SQUARE = 0.9  # a shape that fills more of its box is a square; a circle fills pi / 4 of it
BINS = {
    "kind": [0.65, 0.85, 0.95],  # of the filled share: neither, circle, neither, square
    "hue": [1 / 6, 2 / 6, 3 / 6, 4 / 6, 5 / 6],
    "horizontal": [0.1, 0.25, 0.5, 0.75, 0.9],
    "size": [6, 8, 10, 12, 14, 16],
    "step": [1, 2, 3, 4, 5, 6, 8, 10],
}
KINDS = ("neither", "circle", "neither", "square")


def describe(videos, batch=16):
    """Returns what there is in each video, a dict of float arrays `(n,)`, NaN where nothing is.

    "one shape": the share of the frames with exactly one connected shape of 8 pixels or more.
    "acd": `tfvgan.metrics.content`'s distance, in levels. "kind": the share of its bounding box
    that the largest shape fills, the median over the frames where it does not touch the edge.
    "hue": of its mean colour, in [0, 1). "size": the root of its area, median over the frames.
    "horizontal": the share of the centre's way that goes across the picture. Beside them "step",
    `(steps of all videos,)`: how far the centre moves from one frame to the next, in pixels.

    Args:
        videos: uint8 `(n, frames, height, width, 3)`.
        batch: int, videos looked at at once.
    """
    import tensorflow as tf

    from tfvgan.metrics.content import content, shape_mask
    from tfvgan.video import levels

    rows, distances = [], []
    for start in range(0, len(videos), batch):
        part = tf.constant(videos[start : start + batch])
        distances.append(content(part).distance.numpy())
        masks = shape_mask(levels(part)).numpy() > 0
        rows += [of_video(*pair) for pair in zip(videos[start : start + batch], masks)]
    steps = np.concatenate([row.pop("step") for row in rows])
    facts = {name: np.array([row[name] for row in rows]) for name in rows[0]}
    return {**facts, "acd": np.concatenate(distances), "step": steps}


def of_video(video, masks):
    """Returns what `describe` says of one video, "step" as an array.

    Args:
        video: uint8 `(frames, height, width, 3)`.
        masks: bool `(frames, height, width)`, where its shapes are.
    """
    shapes = [_largest(mask) for mask in masks]
    shown = [(frame, shape) for frame, (shape, _) in zip(video, shapes) if shape is not None]
    facts = {"one shape": float(np.mean([count == 1 for _, count in shapes]))}
    # The median over frames: a shape that is drawn badly once keeps its kind.
    fills = [fill for fill in (_filled(shape) for _, shape in shown) if fill is not None]
    facts["kind"] = np.median(fills) if fills else np.nan
    facts["hue"] = _hue([frame[shape].mean(axis=0) for frame, shape in shown])
    facts["size"] = np.sqrt(np.median([shape.sum() for _, shape in shown])) if shown else np.nan
    centres = np.array([_centre(shape) for shape, _ in shapes])
    moves = np.diff(centres, axis=0)
    moves = np.abs(moves[np.isfinite(moves).all(axis=1)])
    down, across = moves.sum(axis=0) if len(moves) else (0.0, 0.0)
    # What moves less than a pixel on its whole way has no direction, but that of noise.
    facts["horizontal"] = across / (down + across) if down + across >= 1 else np.nan
    return {**facts, "step": np.hypot(*moves.T)}


def summary(facts):
    """Returns a dict of numbers over the videos that `describe` has seen."""
    kinds = shares("kind", facts["kind"])
    return {
        "one shape": float(np.mean(facts["one shape"])),
        "ACD": _of_finite(np.mean, facts["acd"]),
        "step": _of_finite(np.mean, facts["step"]),
        "step +-": _of_finite(np.std, facts["step"]),
        "squares": _of_finite(lambda fills: np.mean(fills > SQUARE), facts["kind"]),
        "neither": kinds["neither"] + kinds["nothing"],
        "horizontal": _of_finite(lambda across: np.mean(across > 0.5), facts["horizontal"]),
        "size": _of_finite(np.mean, facts["size"]),
        "size +-": _of_finite(np.std, facts["size"]),
    }


def shares(name, values):
    """Returns the histogram of one of `BINS`, `{bin: share}`; what is NaN is "nothing"."""
    edges = BINS[name]
    titles = [f"< {edges[0]:.3g}", *(f"{a:.3g} .. {b:.3g}" for a, b in zip(edges, edges[1:]))]
    titles += [f"> {edges[-1]:.3g}"]
    titles = KINDS if name == "kind" else titles
    finite = np.isfinite(values)
    result = dict.fromkeys([*titles, "nothing"], 0.0)
    for place in np.digitize(values[finite], edges):
        result[titles[place]] += 1 / len(values)
    return {**result, "nothing": float(np.mean(~finite)) if len(values) else 1.0}


def histograms(facts):
    """Returns `{name: shares}` of all that is in `BINS`."""
    return {name: shares(name, facts[name]) for name in BINS}


def total_variation(ours, theirs):
    """Returns half the sum of the differences between two histograms: 0 for equals, 1 at most."""
    return 0.5 * sum(abs(ours[title] - theirs[title]) for title in theirs)


def distances(facts, real):
    """Returns `{"TV of kind": ...}`, the total variation to the real videos for all in `BINS`."""
    ours, theirs = histograms(facts), histograms(real)
    return {f"TV of {name}": total_variation(ours[name], theirs[name]) for name in BINS}


def _of_finite(function, values):
    """Returns the function of the values that are no NaN, None where there are none."""
    values = values[np.isfinite(values)]
    return float(function(values)) if len(values) else None


def _hue(colors):
    """Returns the hue of the mean of colours in levels, in [0, 1); NaN where there is none."""
    return colorsys.rgb_to_hsv(*np.mean(colors, axis=0) / 255)[0] if colors else np.nan


def _largest(mask):
    """Returns the largest connected shape as a mask, or None, and how many shapes there are."""
    from scipy.ndimage import label

    labels, _ = label(mask)
    areas = np.bincount(labels.ravel())[1:]
    count = int((areas >= LEAST).sum())
    return (labels == 1 + areas.argmax() if count else None), count


def _centre(shape):
    return np.argwhere(shape).mean(axis=0) if shape is not None else np.full(2, np.nan)


def _filled(shape):
    """Returns the share of its box that a shape fills; None where it touches the edge."""
    if shape[[0, -1]].any() or shape[:, [0, -1]].any():
        return None
    rows, columns = (np.flatnonzero(shape.any(axis=axis)) for axis in (1, 0))
    return shape.sum() / ((np.ptp(rows) + 1) * (np.ptp(columns) + 1))
