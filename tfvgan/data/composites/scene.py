"""A video with things put over it, and the exact mask of where they are."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from tfvgan.data.composites import paths, textures
from tfvgan.data.composites.paths import FINE
from tfvgan.data.composites.sampling import sampled
from tfvgan.data.composites.shapes import SHAPES
from tfvgan.data.composites.staging import Staging
from tfvgan.data.composites.things import Cutout, Thing, pasted, shaped
from tfvgan.data.degrade.compression import jpeg
from tfvgan.data.masks import one_hot

SHUTTER = (0, 1, 2, 3)  # Of a frame's steps, those in which the shutter is open, where it blurs.
LARGEST = 0.6  # Of the picture's side, the radius of a cut-out.
MARGIN = 0.25  # Of the zoom that a moving camera begins with at most, so that it has room.


class Composite(NamedTuple):
    """A video with things over it.

    `video` is uint8 `(t, size, size, 3)`; `mask` uint8 `(t, size, size)`, the class of most of each
    pixel, 0 for the ground; `shares` float32 `(t, size, size, classes)`, how much of a pixel is of
    each class, which sum to 1; `plate` uint8 as the video, the same without the things, but with
    their shadows: where all of a pixel is of class 0 both are equal, but for JPEG and what moves
    and is of class 0.
    """

    video: np.ndarray
    mask: np.ndarray
    shares: np.ndarray
    plate: np.ndarray


class _Layer(NamedTuple):
    thing: Thing
    way: paths.Way
    soft: float  # How wide the edge is, in pixels.
    moves: bool  # Whether time passes for it.


class _Shadow(NamedTuple):
    """How dark, how far right and below in radii, and how soft in radii."""

    dark: float
    right: float
    below: float
    soft: float


def composite(
    draws: np.random.Generator,
    video: np.ndarray | None = None,
    size: int = 128,
    frames: int = 8,
    staging: Staging | None = None,
    cutouts: Sequence[Cutout] = (),
    classes: int = 2,
    mask: np.ndarray | None = None,
) -> Composite:
    """Returns a `Composite`: one to three things, or as many as are asked for, that move.

    They are shapes with textures, or cut-outs; they move on, to and fro, or stop; turn, grow, hide
    each other, leave the picture and return. The camera stands, or it moves.

    Args:
        draws: `numpy.random.Generator`; all is a function of what it draws.
        video: uint8 `(t, h, w, 3)`, `size` or larger, of which the camera shows a square; None for
            a ground of textures.
        size: side of the square in pixels.
        frames: how many, where no video is given.
        staging: `Staging`; None for the default one.
        cutouts: sequence of `Cutout`.
        classes: of masks, the ground's among them.
        mask: uint8 `(t, h, w)`, the classes of what is in the video; None where all is ground.

    Raises:
        ValueError: when the video is too small, or a class is none of so many.
    """
    staging = Staging() if staging is None else staging
    _check(video, size, staging, cutouts, classes, mask)
    if video is None:
        side = size + int(draws.integers(size // 2 + 1))
        video = textures.ground(draws, frames, (side, side))
    elif draws.random() < staging.frozen:
        chosen = [draws.integers(len(video))] * len(video)
        video, mask = video[chosen], None if mask is None else mask[chosen]
    frames = len(video)
    camera = _camera(draws, staging, video, size)
    corner = [draws.integers(extent - size + 1) for extent in video.shape[1:3]]
    shadow = None
    if draws.random() < staging.shadows:
        dark, soft = draws.uniform(0.15, 0.55), draws.uniform(0.15, 0.6)
        shadow = _Shadow(dark, draws.normal(0, 0.35), draws.uniform(-0.1, 0.5), soft)
    soft, steps = draws.uniform(1, 2.2), SHUTTER if draws.random() < staging.blur else (0,)
    decoys = int(draws.integers(1, 4)) if draws.random() < staging.decoys else 0
    standing = [_decoy(draws, video[0], size, camera, soft) for _ in range(decoys)]
    moving = [
        _moving(draws, video[0], size, camera, soft, staging, cutouts)
        for _ in range(draws.integers(staging.things[0], staging.things[1] + 1))
    ]
    lit = np.ones((frames, 3), "float32")
    if draws.random() < staging.light:
        lit = paths.lighting(draws, frames)
    noise = draws.uniform(0.5, 6) if draws.random() < staging.noise else 0.0
    quality = int(draws.integers(40, 95)) if draws.random() < staging.coded else None
    made = []
    for number in range(frames):
        plate = _seen(video[number], camera, number, corner, size)
        ground = _all_ground(size, classes)
        if mask is not None:
            known = one_hot(mask[number], classes)
            ground = _seen(known, camera, number, corner, size)
        plate, _, left = _over(plate, standing, number, (0,), shadow, ground)
        ground = ground if mask is None else left
        picture, plate, shares = _over(plate, moving, number, steps, shadow, ground)
        grain = noise * draws.standard_normal(plate.shape, "float32") if noise else 0.0
        picture, plate = (_to_uint8(each * lit[number] + grain) for each in (picture, plate))
        if quality is not None:
            picture = jpeg(picture, quality)
        made.append((picture, shares.argmax(-1).astype("uint8"), shares, plate))
    return Composite(*(np.stack(each) for each in zip(*made)))


def _check(video, size, staging, cutouts, classes, mask):
    if video is not None and min(video.shape[1:3]) < size:
        height, width = video.shape[1:3]
        raise ValueError(
            f"`size` must be at most the {height}x{width} pixels of the video, but is {size}."
        )
    known = 0 if mask is None else mask.max(initial=0)
    most = max([staging.kind, known, *(cutout.kind for cutout in cutouts)])
    if most >= classes:
        raise ValueError(
            f"`classes` must be above {most}, the largest class of what is in videos or put over "
            f"them, but is {classes}: 0 is the ground's."
        )


def _camera(draws, staging, video, size):
    """Returns the camera; where it moves and has no room around the square, it is nearer."""
    moves = {"still": False, "moving": True, "any": draws.random() < 0.5}[staging.camera]
    if not moves:
        return paths.still(len(video))
    tight = min(video.shape[1:3]) < 1.2 * size
    zoom = 1 + draws.uniform(0.3 * MARGIN, MARGIN) * tight
    return paths.moving(draws, len(video), size, zoom)


def _moving(draws, picture, size, camera, soft, staging, cutouts):
    """Returns the layer of a thing that moves."""
    if cutouts and draws.random() < staging.cutouts:
        cutout = cutouts[draws.integers(len(cutouts))]
        thing = pasted(draws, cutout, size * draws.uniform(0.2, LARGEST))
    else:
        shape = draws.choice(list(SHAPES))
        radius = size * np.exp(draws.uniform(np.log(0.08), np.log(0.36)))
        radius = max(radius, 0.28 * size) if shape == "bust" else radius
        thing = shaped(draws, shape, radius, picture, staging.kind)
    way = paths.way(draws, camera, size, thing.radius, thing.pinned)
    return _Layer(thing, way, soft, True)


def _decoy(draws, picture, size, camera, soft):
    """Returns the layer of a thing that stands in the video, and looks like those that move."""
    shape = draws.choice([name for name in SHAPES if name != "bust"])
    radius = size * np.exp(draws.uniform(np.log(0.06), np.log(0.3)))
    thing = shaped(draws, shape, radius, picture, 0)
    return _Layer(thing, paths.fixed(draws, camera, size), soft, False)


def _seen(picture, camera, number, corner, size):
    """Returns the square that the camera shows of a picture, float32 `(size, size, 3)`."""
    top, left = corner
    if camera.still:
        return picture[top : top + size, left : left + size].astype("float32")
    places = np.arange(size, dtype="float32") + np.float32(0.5 - size / 2)
    zoom, roll, shift = (each[number] for each in camera)
    cos, sin = np.cos(roll) / zoom, np.sin(roll) / zoom
    x, y = places[None], places[:, None]
    right = cos * x - sin * y + shift[0] + left + size / 2
    below = sin * x + cos * y + shift[1] + top + size / 2
    return sampled(picture, right, below)


def _all_ground(size, classes):
    """Returns the shares of a picture in which nothing is, float32 `(size, size, classes)`."""
    ground = np.zeros((size, size, classes), "float32")
    ground[..., 0] = 1
    return ground


def _over(plate, layers, number, steps, shadow, ground):
    """Returns the picture with layers over the plate, the plate in their shadows, and the shares.

    Each is the mean over the steps of a frame; `ground` is the shares of the plate.
    """
    if not layers:
        return plate, plate, ground
    total = [0.0, 0.0, 0.0, 0.0]
    for step in steps:
        through = np.ones((*plate.shape[:2], 1), "float32")  # What is left of the plate's light,
        shaded = through.copy()  # and what shadows alone leave of it.
        added, shares = np.zeros_like(plate), ground.copy()
        for layer in layers:
            place = number * FINE + step
            if shadow is not None:
                box, u, v, time = _box(layer, place, plate.shape[:2], shadow)
                soft = max(shadow.soft, layer.soft / layer.thing.radius)
                dark = shadow.dark * layer.thing.cover(u, v, time, soft)[..., None]
                for each in (through, shaded, added):
                    each[box] *= 1 - dark
            box, u, v, time = _box(layer, place, plate.shape[:2])
            soft = layer.soft / (layer.thing.radius * layer.way.scale[place])
            cover = layer.thing.cover(u, v, time, soft)[..., None]
            added[box] += cover * (layer.thing.colours(u, v, time) - added[box])
            through[box] *= 1 - cover
            shares[box] *= 1 - cover
            shares[box][..., layer.thing.kind] += cover[..., 0]
        total = [all_ + one for all_, one in zip(total, (through, shaded, added, shares))]
    through, shaded, added, shares = (each / np.float32(len(steps)) for each in total)
    return through * plate + added, shaded * plate, shares


def _box(layer, place, sides, shadow=None):
    """Returns the part of a picture that a layer may lie in, its coordinates there, and the time.

    Args:
        layer: `_Layer`.
        place: number of the step.
        sides: height and width of the picture.
        shadow: `_Shadow` where its shadow's part is asked for.
    """
    thing, (middle, turn, scale) = layer.thing, (each[place] for each in layer.way)
    radius = thing.radius * scale
    reach = radius * thing.reach + layer.soft + 1
    if shadow is not None:
        middle = middle + radius * np.array([shadow.right, shadow.below])
        reach += radius * shadow.soft
    slices, offsets = [], []
    for middle_, side in zip(middle[::-1], sides):
        middle_ = middle_ + side / 2
        first, last = (int(np.clip(middle_ + far, 0, side)) for far in (-reach, reach + 1))
        slices.append(slice(first, last))
        offsets.append(((np.arange(first, last) + 0.5 - middle_) / radius).astype("float32"))
    cos, sin = np.float32(np.cos(turn)), np.float32(np.sin(turn))
    y, x = offsets[0][:, None], offsets[1][None]
    time = place / FINE if layer.moves else 0.0
    return tuple(slices), cos * x + sin * y, cos * y - sin * x, time


def _to_uint8(levels):
    return np.clip(np.rint(levels), 0, 255).astype("uint8")
