"""Missing pixels, filled from the frames before and after, or from the pixels around them."""

from collections import deque
from typing import NamedTuple

import numpy as np

REACH_FRAMES = 16  # Frames; what was seen longer ago, or will be later, does not count.
ALIKE, APART = 4.0, 28.0  # Levels between what is seen before and after: to where that is what is
# between, and from where on nothing is known of that.
SWEEPS, OVER = 6, 1.7  # Of relaxation at each size: sweeps, and by how much each goes too far.


class _Frame(NamedTuple):
    rgb: np.ndarray
    missing: np.ndarray
    first: bool  # Whether a scene begins with it.


def fill(video, mask):
    """Returns a clip without holes, uint8, and how little is known of them, float32 in [0, 1].

    Args:
        video: uint8 `(t, h, w, 3)`, one scene.
        mask: `(t, h, w)`, or `(h, w)` for all frames, above 0 where pixels are missing; a last
            axis of 1 may follow.

    Returns:
        `(filled, gap)`, `(t, h, w, 3)` and `(t, h, w, 1)`; see `filled`.

    Raises:
        ValueError: when the mask has another shape.
    """
    pairs = list(filled(zip(video, _checked_mask(mask, video.shape[:3]), strict=True)))
    return tuple(np.stack(column) for column in zip(*pairs, strict=True))


def _checked_mask(mask, shape):
    """Returns where pixels are missing, bool `(t, h, w)`, of a mask of any shape that `fill` takes.

    Raises:
        ValueError: when the mask has another.
    """
    mask = np.asarray(mask)
    for wanted in (shape, shape[1:]):
        if mask.shape in (wanted, (*wanted, 1)):
            return np.broadcast_to(mask.reshape(wanted) > 0, shape)
    raise ValueError(
        f"`mask` must be {shape} as the video's frames are, or {shape[1:]} for all of them, but is "
        f"{mask.shape}."
    )


def filled(frames, cut=lambda frame: False):
    """Yields `(rgb, gap)` of each frame: the holes filled, and how little is known of them.

    A missing pixel gets the values that it has when it is seen next, before and after, mixed by
    their distance, or the one of the two that there is within `REACH_FRAMES` of its scene; a pixel
    that is never seen there gets what is around it. `gap`, float32 `(h, w, 1)`, is 0 where nothing
    is missing, the share of `REACH_FRAMES` + 1 that the nearer of the two is away, the less the
    more they agree, and 1 where there is none.

    Args:
        frames: iterable of `(rgb, missing)`, uint8 `(h, w, 3)` and bool `(h, w)`.
        cut: function of a frame that says whether it is the first of a scene.
    """
    coming, past = deque(), None
    for rgb, missing in frames:
        coming.append(_Frame(rgb, missing, cut(rgb)))
        if len(coming) > REACH_FRAMES:
            past = _remember(past, coming[0])
            yield _mended(coming, past)
            coming.popleft()
    while coming:
        past = _remember(past, coming[0])
        yield _mended(coming, past)
        coming.popleft()


def _remember(past, frame):
    """Returns what each pixel was when it was seen last, and how many frames ago."""
    value, age = past or (frame.rgb, np.full(frame.missing.shape, REACH_FRAMES + 1))
    if frame.first:
        age = np.full(frame.missing.shape, REACH_FRAMES + 1)
    age = np.where(frame.missing, np.minimum(age + 1, REACH_FRAMES + 1), 0)
    return np.where(frame.missing[..., None], value, frame.rgb), age


def _mended(coming, past):
    """Returns the first of the frames that are coming without holes, and its gap."""
    now, (before, age) = coming[0], past
    if not now.missing.any():
        return now.rgb, np.zeros((*now.missing.shape, 1), "float32")
    after, wait = _next_values(coming)
    within_reach = np.minimum(age, wait) <= REACH_FRAMES
    share = np.where(
        wait > REACH_FRAMES, 0.0, np.where(age > REACH_FRAMES, 1.0, age / np.maximum(age + wait, 1))
    )
    mixed = before + share[..., None] * (after.astype("float32") - before)
    mixed = np.where(now.missing[..., None], mixed, now.rgb)
    gap = np.minimum(age, wait) / (REACH_FRAMES + 1)
    both = np.maximum(age, wait) <= REACH_FRAMES
    gap = np.where(both, gap * _disagreement(before, after, both & now.missing), gap)
    if not within_reach.all():
        mixed = np.where(within_reach[..., None], mixed, surroundings(mixed, within_reach))
    return np.rint(mixed).astype("uint8"), gap[..., None].astype("float32")


def _disagreement(before, after, compared):
    """Returns how far two frames are from each other around each pixel, from 0 to 1.

    Args:
        before, after: uint8 `(h, w, 3)`.
        compared: bool `(h, w)`, the pixels that count.
    """
    far = np.abs(before.astype("float32") - after).mean(-1, keepdims=True)
    weight = compared[..., None].astype("float32")
    total, count = (_halved(_halved(x)) for x in (far * weight, weight))
    blurred = _doubled(_doubled(total / np.maximum(count, 1e-6)))
    height, width = compared.shape
    return np.clip((blurred[:height, :width, 0] - ALIKE) / (APART - ALIKE), 0.0, 1.0)


def _next_values(coming):
    """Returns what each pixel of the first frame is when seen next, and in how many frames."""
    value, wait = coming[0].rgb.copy(), np.where(coming[0].missing, REACH_FRAMES + 1, 0)
    for distance, frame in enumerate(coming):
        if distance and frame.first:
            break
        new = (wait > REACH_FRAMES) & ~frame.missing
        value[new], wait[new] = frame.rgb[new], distance
    return value, wait


def surroundings(picture, known):
    """Returns the picture, its unknown pixels made of those around them, float32 `(h, w, 3)`.

    A membrane is spanned over each hole, fixed at its border: harmonic inpainting, as in Chan and
    Shen 2002, Mathematical Models for Local Nontexture Inpaintings.

    Args:
        picture: `(h, w, 3)`.
        known: bool `(h, w)`; if nothing is known, all becomes grey.
    """
    if not known.any():
        return np.full(picture.shape, 127.0, "float32")
    result = picture.astype("float32")
    if not known.all():
        rows, columns = (np.flatnonzero(~known.all(axis)) for axis in (1, 0))
        part = tuple(slice(max(of[0] - 1, 0), of[-1] + 2) for of in (rows, columns))
        result[part] = _membrane(result[part], known[part])
    return result


def _membrane(picture, known):
    """Returns the holes filled so that each pixel is the mean of its four neighbours.

    It begins with what is found at half the size, where a square knows what any of its pixels does:
    pull and push, Gortler et al. 1996, The Lumigraph, sec. 3.4.3.
    """
    if known.all():
        return picture
    weight = known[..., None].astype("float32")
    total, count = (_halved(x) for x in (picture * weight, weight))
    coarse = _membrane(total / np.maximum(count, 1e-6), count[..., 0] > 0)
    begin = np.where(weight > 0, picture, _doubled(coarse)[: len(known), : known.shape[1]])
    return _relaxed(begin.astype("float32"), known)


def _relaxed(picture, known):
    """Returns the picture after some sweeps of successive over-relaxation, as on a chessboard."""
    rows, columns = np.indices(known.shape)
    fields = [(~known & ((rows + columns) % 2 == colour))[..., None] for colour in (0, 1)]
    for _ in range(SWEEPS):
        for field in fields:
            wide = np.pad(picture, [(1, 1), (1, 1), (0, 0)], "edge")
            across, down = wide[1:-1, :-2] + wide[1:-1, 2:], wide[:-2, 1:-1] + wide[2:, 1:-1]
            change = np.float32(0.25 * OVER) * (across + down) - np.float32(OVER) * picture
            picture = picture + field * change
    return picture


def _halved(x):
    """Returns the means over squares of two pixels a side."""
    height, width = x.shape[:2]
    x = np.pad(x, [(0, height % 2), (0, width % 2), (0, 0)], constant_values=0)
    return x.reshape(len(x) // 2, 2, x.shape[1] // 2, 2, -1).mean((1, 3))


def _doubled(x):
    """Returns the picture twice as large, bilinearly."""
    for axis in (0, 1):
        length, shape = x.shape[axis], list(x.shape)
        beside = [np.clip(np.arange(length) + step, 0, length - 1) for step in (-1, 1)]
        pair = [0.75 * x + 0.25 * np.take(x, places, axis) for places in beside]
        shape[axis] = 2 * length
        x = np.stack(pair, axis + 1).reshape(shape)
    return x
