"""Things that are put over videos: drawn ones, and such as were cut out of videos."""

import functools
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from PIL import Image

from tfvgan.data.composites import textures
from tfvgan.data.composites.sampling import sampled
from tfvgan.data.composites.shapes import SHAPES

# Shapes that are dressed, and where their faces, coats and trousers begin, in radii.
WORN = {"figure": (-0.86, -0.64, 0.05), "bust": (-0.68, 0.12, 2.0)}
REAL = 0.4  # Share of textures that are cut out of the picture.
PLAIN = 8.0  # Deviation of grey levels below which a part of a picture is no texture.
FEET = ("bust",)  # Shapes that go on below the picture.
TILE = 1.3  # Of a drawn thing's radius, what half of its texture's side shows.
COLUMN = 0.5  # Of a cut-out's last row, what makes it go on below the picture: alpha above this.
LEAST_SEEN = 0.45  # Of the rows of a cut-out that goes on below.
BROADER = 0.07  # Deviation of the logarithm of how much broader a cut-out is shown.
MIDDLE = 110  # The grey level that more or less contrast leaves.


class Cutout(NamedTuple):
    """What was cut out of a video.

    `video` is uint8 `(t, h, w, 3)`, `alpha` uint8 `(t, h, w)`, 0 where it is not, and `kind` its
    class in masks, 0 for what moves and is none of these. It is played to and fro. Where its last
    row is in it, it goes on below: it is put at the lower border of the picture.
    """

    video: np.ndarray
    alpha: np.ndarray
    kind: int = 1


class Thing(NamedTuple):
    """A thing, in its own coordinates: `u` right and `v` down of its middle, in radii.

    `radius` is in pixels. `cover(u, v, time, soft)` says how much of a place it covers, float32 in
    [0, 1], its edge as wide as `soft`, in radii; `colours(u, v, time)` are float32 `(..., 3)` in
    [0, 255]. None of it is further than `reach` from its middle, in radii. `pinned` things go on
    below the picture; `kind` is the class in masks.
    """

    radius: float
    cover: Callable
    colours: Callable
    reach: float
    pinned: bool
    kind: int


def shaped(
    draws: np.random.Generator, shape: str, radius: float, picture: np.ndarray, kind: int = 1
) -> Thing:
    """Returns a `Thing` of a shape, with a texture that is drawn, too.

    Args:
        draws: `numpy.random.Generator`.
        shape: one of `tfvgan.data.composites.shapes.SHAPES`.
        radius: in pixels.
        picture: `(h, w, 3)`, of which some textures are cut.
        kind: its class in masks.
    """
    distance, side = SHAPES[shape](draws), max(8, round(2 * TILE * radius))
    surface = textures.piece(draws, picture, side) if draws.random() < REAL else None
    if shape in WORN and surface is None:
        levels = np.array(WORN[shape]) + draws.normal(0, 0.02, 3)
        surface = textures.dressed(draws, side, levels / TILE)
    elif surface is None or surface.std() < PLAIN:
        surface = textures.texture(draws, side)
    towards, deep = draws.uniform(0, 2 * np.pi), draws.uniform(0, 0.4)
    light = deep * np.cos(towards), deep * np.sin(towards)

    def cover(u, v, time, soft):
        return np.clip(0.5 - distance(u, v, time) / soft, 0, 1).astype("float32")

    def colours(u, v, time):
        found = sampled(surface, *((place / TILE + 1) * (side / 2) for place in (u, v)))
        return found * np.clip(1 + light[0] * u + light[1] * v, 0, 2)[..., None]

    return Thing(radius, cover, colours, 1.25, shape in FEET, kind)


def pasted(draws: np.random.Generator, cutout: Cutout, radius: float) -> Thing:
    """Returns the `Thing` that a cut-out is, mirrored or not, begun at any of its frames.

    It is somewhat broader or narrower, in other light and of other colours; where it goes on below,
    less of it may be seen.

    Args:
        draws: `numpy.random.Generator`.
        cutout: `Cutout`.
        radius: half of its height, in pixels.
    """
    mirrored, first = draws.choice((-1, 1)), int(draws.integers(len(cutout.alpha)))
    pinned = bool((cutout.alpha[:, -1] > 255 * COLUMN).any())
    turned, offset = _recoloured(draws)
    broader = np.exp(draws.normal(0, BROADER))
    seen = draws.uniform(LEAST_SEEN, 1) if pinned and draws.random() < 0.5 else 1.0
    height = max(1, round(seen * cutout.alpha.shape[1]))
    video, alphas = cutout.video[:, :height], cutout.alpha[:, :height]
    frames, _, width = alphas.shape
    wide = broader * width / height
    around = -(-height // 4)  # Pixels of nothing, into which its edge may fade.
    tall, broad = 1 + 2 * around / height, wide * (1 + 2 * around / width)

    def frame(time):
        number = (first + int(time)) % max(2 * frames - 2, 1)
        return min(number, 2 * frames - 2 - number)

    def at(picture, u, v, half):
        """Returns a picture's values where its half width and height are as given, in radii."""
        y, x = picture.shape[:2]
        return sampled(picture, (mirrored * u / half[1] + 1) * (x / 2), (v / half[0] + 1) * (y / 2))

    @functools.lru_cache(maxsize=4)  # A frame is asked for by each step of it, and by its shadow.
    def shown(number, factor):
        alpha = np.pad(alphas[number], around)
        if pinned:
            alpha[around + height :] = alpha[around + height - 1]
        return _smaller(alpha, factor)[..., None]

    def cover(u, v, time, soft):
        alpha = shown(frame(time), int(max(height / (2 * radius), soft * height / 8)))
        inside = (np.abs(u) <= broad) & (np.abs(v) <= tall)
        return at(alpha, u, v, (tall, broad))[..., 0] * inside / np.float32(255)

    def colours(u, v, time):
        found = at(_smaller(video[frame(time)], int(height / (2 * radius))), u, v, (1, wide))
        return np.clip(found @ turned + offset, 0, 255)

    return Thing(radius, cover, colours, float(np.hypot(broad, tall)), pinned, cutout.kind)


def _recoloured(draws):
    """Returns what colours are multiplied by, float32 `(3, 3)`, and what is added to them.

    Exposure, contrast, saturation, and a light's tint; next to nothing in every fourth.
    """
    much = draws.choice((0.1, 1.0), p=(0.25, 0.75))
    bright, contrast, vivid = np.exp(much * draws.normal(0, (0.25, 0.15, 0.3)))
    tint = np.exp(much * draws.normal(0, 0.08, 3))
    grey = np.full((3, 3), 1 / 3)
    turned = contrast * bright * (grey + vivid * (np.eye(3) - grey)) * tint
    return turned.astype("float32"), np.float32(MIDDLE * bright * (1 - contrast))


def _smaller(picture, factor):
    """Returns a picture that many times smaller, by means over squares."""
    if factor < 2:
        return picture
    return np.asarray(Image.fromarray(picture).reduce(factor))
