"""What is missing: holes that stand or move, scratches of old film, logos."""

from collections.abc import Sequence

import numpy as np


def moving_mask(
    draws: np.random.Generator, frames: int, size: tuple[int, int], side: float, speed: float = 0.0
) -> np.ndarray:
    """Returns a mask with one hole, float32 `(frames, *size, 1)`: 1 in the hole, 0 elsewhere.

    The hole is a rectangle or an ellipse that bounces off the borders.

    Args:
        draws: `numpy.random.Generator`.
        frames: how many.
        size: `(height, width)`.
        side: mean of the hole's sides in pixels; below both of the picture's.
        speed: in pixels a frame; 0 for one that stands.
    """
    sides = np.minimum(side * draws.uniform(0.7, 1.3, 2), np.array(size) - 1.0)
    room = np.array(size) - sides
    way = draws.normal(size=2)
    way *= speed / max(np.linalg.norm(way), 1e-6)
    place = draws.random(2) * room + way * np.arange(frames)[:, None]
    place = room - np.abs(place % (2 * room) - room)  # A ball between walls.
    round_ = draws.random() < 0.5
    axes = [np.arange(length) + 0.5 for length in size]
    far = [
        np.abs(axis[None] - place[:, n : n + 1] - sides[n] / 2) / (sides[n] / 2)
        for n, axis in enumerate(axes)
    ]
    y, x = far[0][:, :, None], far[1][:, None]
    inside = y**2 + x**2 <= 1.0 if round_ else np.maximum(y, x) <= 1.0
    return inside[..., None].astype("float32")


def scratches(
    draws: np.random.Generator, frames: int, size: tuple[int, int], count: int = 3, dust: int = 4
) -> np.ndarray:
    """Returns a mask of old film, float32 `(frames, *size, 1)` in [0, 1].

    Scratches are upright lines that tremble, and come and go; dust is there for one frame.

    Args:
        draws: `numpy.random.Generator`.
        frames: how many.
        size: `(height, width)`.
        count: of scratches.
        dust: specks a frame, on average.
    """
    height, width = size
    mask = np.zeros((frames, height, width), "float32")
    columns = np.arange(width) + 0.5
    for _ in range(count):
        # A walk of small steps: drawn anew for each frame, a line would jump and not tremble.
        place = draws.random() * width + np.cumsum(draws.normal(0, 0.3, frames))
        thick, strength = draws.uniform(0.5, 1.5), draws.uniform(0.3, 1.0, (frames, 1))
        there = draws.random((frames, 1)) < 0.8
        line = np.clip(thick + 0.5 - np.abs(columns - place[:, None]), 0, 1) * strength * there
        top, low = np.sort(draws.integers(0, height + 1, 2))
        rows = slice(None) if draws.random() < 0.5 else slice(top, low)
        # The larger, as sums exceed 1 where scratches cross.
        mask[:, rows] = np.maximum(mask[:, rows], line[:, None])
    for frame in mask:
        for _ in range(draws.poisson(dust)):
            y, x = draws.integers(0, height), draws.integers(0, width)
            frame[y : y + draws.integers(1, 4), x : x + draws.integers(1, 4)] = draws.uniform(
                0.5, 1
            )
    return mask[..., None]


def covered(video: np.ndarray, mask: np.ndarray, colour: int | Sequence[int]) -> np.ndarray:
    """Returns the video with a colour where the mask is, uint8.

    Args:
        video: uint8 `(t, h, w, 3)`.
        mask: float32 `(t, h, w, 1)` in [0, 1].
        colour: three numbers in [0, 255], or one.
    """
    mixed = video + mask * (np.asarray(colour, "float32") - video)
    return np.clip(np.rint(mixed), 0, 255).astype("uint8")
