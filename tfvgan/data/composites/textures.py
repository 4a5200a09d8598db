"""Textures of things, and grounds to put them on where no video is given."""

from collections.abc import Sequence

import numpy as np
from PIL import Image

from tfvgan.data.composites.sampling import sampled


def noise(draws: np.random.Generator, size: tuple[int, int], cells: int = 4) -> np.ndarray:
    """Returns smooth noise of several sizes, float32 `size`, of about mean 0 and deviation 1.

    Args:
        draws: `numpy.random.Generator`.
        size: `(height, width)`.
        cells: of the coarsest noise, along a side.
    """
    total, strength, power = np.zeros(size, "float32"), 1.0, 0.0
    while cells <= max(size):
        grid = draws.normal(size=(cells + 1, cells + 1)).astype("float32")
        wide = Image.fromarray(grid).resize(size[::-1], Image.Resampling.BICUBIC)
        total += strength * np.asarray(wide)
        power += strength**2
        strength, cells = 0.6 * strength, 2 * cells
    return total / np.sqrt(max(power, 1e-6))


def texture(draws: np.random.Generator, side: int) -> np.ndarray:
    """Returns a picture of a surface, float32 `(side, side, 3)` in [0, 255].

    It mixes two colours by a pattern: noise, stripes, checks, spots, or next to none; fine noise
    and a third colour lie over it.
    """
    y, x = np.mgrid[:side, :side].astype("float32") / side
    turn, count = draws.uniform(0, np.pi), draws.uniform(2, 9)
    first, second = np.cos(turn) * x + np.sin(turn) * y, np.cos(turn) * y - np.sin(turn) * x
    waves = np.sin(2 * np.pi * count * first), np.sin(2 * np.pi * count * second)
    pattern = (
        lambda: noise(draws, (side, side), int(draws.integers(2, 8))),
        lambda: 3 * waves[0],
        lambda: 6 * waves[0] * waves[1],
        lambda: 6 * (waves[0] + waves[1] - draws.uniform(0, 1.2)),
        lambda: 0.3 * noise(draws, (side, side), 2),
    )[draws.integers(5)]()
    share = 0.5 + 0.5 * np.tanh(pattern)[..., None]
    colours = _colours(draws)
    mixed = colours[0] + share * (colours[1] - colours[0])
    rough = noise(draws, (side, side), int(draws.integers(3, 10)))[..., None]
    over = draws.uniform(0, 0.35) * np.clip(rough, 0, 1)
    mixed += over * (colours[2] - mixed)
    mixed += draws.uniform(2, 12) * noise(draws, (side, side), max(2, side // 6))[..., None]
    return np.clip(mixed, 0, 255).astype("float32")


def dressed(draws: np.random.Generator, side: int, levels: Sequence[float]) -> np.ndarray:
    """Returns what somebody wears, from hair to trousers, float32 `(side, side, 3)` in [0, 255].

    Args:
        draws: `numpy.random.Generator`.
        side: in pixels.
        levels: where face, coat and trousers begin, from -1 at the upper border to 1.
    """
    hair, coat, trousers = texture(draws, side), texture(draws, side), texture(draws, side)
    skin = np.array([225, 175, 145]) * draws.uniform(0.35, 1.1) + draws.uniform(-10, 10, 3)
    grain = 4 * noise(draws, (side, side), 4)[..., None]
    rows = np.linspace(-1, 1, side)[:, None, None]
    worn = np.where(rows < levels[0], 0.35 * hair, np.clip(skin, 0, 255) + grain)
    worn = np.where(rows < levels[1], worn, coat)
    worn = np.where(rows < levels[2], worn, 0.7 * trousers)
    return np.clip(worn, 0, 255).astype("float32")


def piece(draws: np.random.Generator, picture: np.ndarray, side: int) -> np.ndarray:
    """Returns a part of a picture in other colours, float32 `(side, side, 3)` in [0, 255]."""
    part = [draws.integers(max(1, extent - side + 1)) for extent in picture.shape[:2]]
    places = np.arange(side) + 0.5
    y, x = np.meshgrid(places + part[0], places + part[1], indexing="ij")
    if draws.random() < 0.5:
        x, y = y - part[0] + part[1], x - part[1] + part[0]
    found = sampled(picture, x, y)
    mean, gains = found.mean((0, 1)), draws.uniform(0.8, 1.2, 3) * draws.uniform(0.6, 1.4)
    return np.clip(mean * gains + draws.uniform(0.7, 1.5) * (found - mean), 0, 255)


def ground(draws: np.random.Generator, frames: int, size: tuple[int, int]) -> np.ndarray:
    """Returns a video to put things on, uint8 `(frames, *size, 3)`: still, or it ripples.

    A texture is crossed by others in places, with hard or soft borders.
    """
    height, width = size
    side = max(size)
    picture = texture(draws, side)
    for _ in range(draws.integers(2, 7)):
        y, x = np.mgrid[:side, :side].astype("float32") / side
        turn = draws.uniform(0, 2 * np.pi)
        field = np.cos(turn) * (x - draws.random()) + np.sin(turn) * (y - draws.random())
        field = field + draws.uniform(0, 0.2) * noise(draws, (side, side), 3)
        wide = draws.uniform(0.1, 0.5)
        share = np.clip(draws.uniform(3, side) * (wide / 2 - np.abs(field)), 0, 1)[..., None]
        picture += share * (texture(draws, side) - picture)
    picture = picture[:height, :width]
    if draws.random() < 0.6:
        return np.repeat(np.rint(picture).astype("uint8")[None], frames, axis=0)
    y, x = np.mgrid[:height, :width].astype("float32") + 0.5
    reach, wave, pace = draws.uniform(0.3, 1.5), draws.uniform(6, 20), draws.uniform(0.2, 1.0)
    shown = []
    for number in range(frames):
        right = x + reach * np.sin(y / wave + pace * number)
        below = y + reach * np.sin(x / wave + 1.3 * pace * number)
        shown.append(sampled(picture, right, below))
    return np.rint(np.stack(shown)).astype("uint8")


def _colours(draws):
    """Returns three colours, near each other or far, float32 `(3, 3)` in [0, 255]."""
    vivid = draws.choice((8, 25, 70))  # Most of what is seen is not.
    grey = draws.uniform(15, 240) + draws.normal(0, draws.uniform(10, 70), (3, 1))
    tint = draws.normal(0, vivid, 3) + draws.normal(0, 0.5 * vivid, (3, 3))
    return np.clip(grey + tint, 0, 255).astype("float32")
