"""Decoys: what happens within a shot, and only looks like a cut."""

import numpy as np


def _flash(draws, video, other):
    """Returns a video with a photographer's flash, of one to three frames."""
    count = int(draws.integers(1, 4))
    begin = int(draws.integers(1, max(2, len(video) - count)))
    strength = draws.uniform(0.5, 1.0) * 0.6 ** np.arange(count)
    return _lit(draws, video, begin, strength)


def _lightning(draws, video, other):
    """Returns a video with light that flickers for up to twelve frames."""
    count = int(draws.integers(4, 13))
    begin = int(draws.integers(1, max(2, len(video) - count)))
    return _lit(draws, video, begin, draws.uniform(-0.3, 0.9, count).clip(0))


def _exposure(draws, video, other):
    """Returns a video whose brightness changes within some frames, and stays so."""
    count = int(draws.integers(3, 30))
    begin = int(draws.integers(1, max(2, len(video) - count)))
    share = np.clip((np.arange(len(video)) - begin + 1) / count, 0, 1)
    stops = draws.choice((-1, 1)) * draws.uniform(0.4, 1.2)
    gain = np.exp2(stops * share)[:, None, None, None]
    changed = np.rint(np.clip(video * gain, 0, 255)).astype(np.uint8)
    return changed, (share > 0) & (share < 1)


def _passing(draws, video, other):
    """Returns a video before which something large passes by, seen blurred, and near."""
    frames, height, width = video.shape[:3]
    count = int(draws.integers(4, 24))
    begin = int(draws.integers(0, max(1, frames - count)))
    wide = draws.uniform(0.4, 1.2)
    picture = other[int(draws.integers(len(other)))].mean((0, 1)) * draws.uniform(0.1, 1.0)
    texture = draws.normal(0, 12, (height, 1, 3)) + picture
    left = -wide + (1 + wide) * (np.arange(count) + 0.5) / count
    left = left if draws.random() < 0.5 else 1 - wide - left
    places, soft = (np.arange(width) + 0.5) / width, draws.uniform(0.03, 0.2)
    inside = np.minimum(places - left[:, None], left[:, None] + wide - places)
    cover = np.clip(inside / soft + 0.5, 0, 1)[:, None, :, None]
    made, stretch = video.copy(), slice(begin, begin + count)
    below = video[stretch].astype("float32")
    cover = cover[: len(below)]
    made[stretch] = np.rint(np.clip(below + (texture - below) * cover, 0, 255)).astype(np.uint8)
    return made, _marked(frames, begin, count)


def _lit(draws, video, begin, strength):
    """Returns a video with more light from a frame on, by its strength in each, and where."""
    height, width = video.shape[1:3]
    down, across = draws.uniform(-0.4, 0.4, 2)
    spread = 1 + down * np.linspace(-1, 1, height)[:, None] + across * np.linspace(-1, 1, width)
    strength = strength[: len(video) - begin]
    share = np.clip(strength[:, None, None] * spread, 0, 1)[..., None]
    made, stretch = video.copy(), slice(begin, begin + len(strength))
    below = video[stretch].astype("float32")
    # Light adds to what is there, and what is bright is clipped.
    lit = below * (1 + 1.5 * share) + 160 * share
    made[stretch] = np.rint(np.clip(lit, 0, 255)).astype(np.uint8)
    return made, _marked(len(video), begin, len(strength))


def _marked(frames, begin, count):
    """Returns which frames are among `count` from one on, bool `(frames,)`."""
    numbers = np.arange(frames)
    return (numbers >= begin) & (numbers < begin + count)


def letterbox(draws: np.random.Generator, video: np.ndarray) -> np.ndarray:
    """Returns a video with black bars above and below, or at both sides, of a drawn size."""
    made = video.copy()
    axis = 1 if draws.random() < 0.7 else 2
    side = video.shape[axis]
    bar = round(side * draws.uniform(0.05, 0.2))
    level = int(draws.integers(0, 17))
    bars = made.swapaxes(1, axis)
    bars[:, :bar] = bars[:, side - bar :] = level
    return made


DECOYS = {"flash": _flash, "lightning": _lightning, "exposure": _exposure, "passing": _passing}
FLASHES = ("flash", "lightning")  # Light that flares up.
