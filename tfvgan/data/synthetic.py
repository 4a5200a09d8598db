"""Moving shapes: seeded, labelled videos for tests, notebooks and first experiments."""

import numpy as np

SHAPES = ("circle", "square", "triangle")
MOTIONS = ("horizontal", "vertical")
CLASS_NAMES = tuple(f"{shape}-{motion}" for shape in SHAPES for motion in MOTIONS)
COLORS = np.array(
    [(230, 60, 60), (60, 200, 80), (70, 110, 240), (240, 200, 50), (200, 80, 220), (60, 210, 220)],
    np.float64,
)


def moving_shapes(
    count: int, frames: int = 16, size: int = 64, seed: int = 0
) -> dict[str, np.ndarray]:
    """Returns `{"video": uint8 (count, frames, size, size, 3), "label": int32 (count,)}`.

    Each video shows one anti-aliased circle, square or triangle of one of six colours that moves at
    an even speed over a dark, even ground, along a row or a column, and bounces off the borders.
    The label is the place of `"shape-motion"` in `CLASS_NAMES`; bouncing does not change it.
    Video i depends on `(seed, i, frames, size)` alone, and its pixels are the same on every
    machine: only correctly rounded operations (+, -, *, /, sqrt) make them.

    Args:
        count: how many videos, >= 0.
        frames: frames of a video, >= 1.
        size: side of the square picture in pixels, >= 8.
        seed: whole number >= 0.

    Raises:
        ValueError: when a number is out of its range.
    """
    for name, value, least in (("count", count, 0), ("frames", frames, 1), ("size", size, 8)):
        if value < least:
            raise ValueError(f"`{name}` must be {least} or more, but is {value}.")
    label = np.zeros((count,), np.int32)
    video = np.zeros((count, frames, size, size, 3), np.uint8)
    for i in range(count):
        label[i], video[i] = _one(np.random.default_rng((seed, i)), frames, size)
    return {"video": video, "label": label}


def _one(generator, frames, size):
    """Returns the label and the video of one shape."""
    label = int(generator.integers(len(CLASS_NAMES)))
    shape, motion = divmod(label, len(MOTIONS))
    color = COLORS[generator.integers(len(COLORS))]
    ground = generator.uniform(10, 60, size=3)
    radius = size * generator.uniform(0.15, 0.25)
    start, across = generator.uniform(radius, size - radius, size=2)
    speed = size * generator.uniform(1 / 32, 1 / 8) * generator.choice((-1, 1))
    along = _bounce(start + speed * np.arange(frames), radius, size - radius)
    across = np.full_like(along, across)
    x, y = (along, across) if MOTIONS[motion] == "horizontal" else (across, along)
    cover = _COVERS[shape](*_offsets(x, y, size), radius)[..., None]
    return label, np.round(ground + (color - ground) * cover).astype(np.uint8)


def _bounce(place, low, high):
    """Returns the places folded into [low, high], as a ball between two walls."""
    span = high - low
    turned = np.mod(place - low, 2 * span)
    return low + np.minimum(turned, 2 * span - turned)


def _offsets(x, y, size):
    """Returns how far each pixel's centre lies right of and below `(x, y)`: two (t, h, w)."""
    centers = np.arange(size) + 0.5
    right = centers[None, None, :] - x[:, None, None]
    below = centers[None, :, None] - y[:, None, None]
    return np.broadcast_arrays(right, below)


def _inside(distance):
    """Returns the share of a pixel inside an edge, from its centre's signed distance outside."""
    return np.clip(0.5 - distance, 0.0, 1.0)


def _circle(right, below, radius):
    return _inside(np.sqrt(right * right + below * below) - radius)


def _square_shape(right, below, radius):
    half = radius * 0.85
    return _inside(np.abs(right) - half) * _inside(np.abs(below) - half)


def _triangle(right, below, radius):
    """An equilateral triangle that stands on its base, its corners on the circle."""
    base = below - radius / 2
    sides = np.abs(right) * (np.sqrt(3.0) / 2) - below / 2 - radius / 2
    return _inside(np.maximum(base, sides))


_COVERS = (_circle, _square_shape, _triangle)
