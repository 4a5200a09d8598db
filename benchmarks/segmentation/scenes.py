"""What masks of moving things are measured on: things put over videos, with exact masks.

A ground is one frame of a video, so that nothing moves in a scene but what is in its mask, and
what the camera does. Grounds that play are left out: what of them moves is in no mask.

Scenes are drawn as those of the training are, by `tfvgan.data.composites`, of other videos and
other draws: shapes and textures are of the same kinds. Shadows, changes of light, noise, JPEG and
things that stand still are among them, as often as there.
"""

import itertools
import zlib
from typing import NamedTuple

import numpy as np

from tfvgan.data import probe
from tfvgan.data.composites import Staging, composite
from tfvgan.data.decode import read_frames

CAMERAS = ("still", "moving")
SIDE, FRAMES = 192, 40
SHORTER = 256  # Of the ground's sides: what is around the square is room for a camera that moves.
SEED = 26  # Beside the video's name: draws of trainings have none.


class Scene(NamedTuple):
    """A video, uint8 `(t, side, side, 3)`, and its mask, bool `(t, side, side)`: true where things
    are that move, or have moved."""

    video: np.ndarray
    mask: np.ndarray


def scenes(path, camera, count, frames=FRAMES, side=SIDE):
    """Yields `Scene`s over as many frames of a video, evenly spaced.

    Args:
        path: of the video.
        camera: of `CAMERAS`.
        count: how many scenes.
        frames: of each.
        side: of the square.
    """
    for number, ground in enumerate(grounds(path, count)):
        yield scene(ground, (path.name, camera, number), frames, side)


def scene(ground, key, frames=FRAMES, side=SIDE):
    """Returns the `Scene` over a ground, uint8 `(h, w, 3)`.

    Args:
        ground: `side` or larger.
        key: the video's name, the camera and the scene's number, of which all that is drawn is a
            function.
        frames: how many.
        side: of the square.
    """
    name, camera, number = key
    seed = [SEED, zlib.crc32(name.encode()), CAMERAS.index(camera), number]
    video = np.broadcast_to(ground, (frames, *ground.shape))
    draws = np.random.default_rng(seed)
    made = composite(draws, video, side, staging=Staging(camera=camera))
    return Scene(made.video, made.mask > 0)


def grounds(path, count):
    """Returns so many frames of a video, evenly spaced, whose shorter side is `SHORTER`.

    Raises:
        ValueError: when it has less frames.
    """
    every = probe(path).frames / count
    wanted = {int((number + 0.5) * every) for number in range(count)}
    chunks = read_frames(path, size=SHORTER, crop="none", decoder="pyav")
    pictures = itertools.islice(itertools.chain.from_iterable(chunks), max(wanted) + 1)
    found = [picture for number, picture in enumerate(pictures) if number in wanted]
    if len(found) < count:
        raise ValueError(f"{path} must have {count} frames or more, but {len(found)} were found.")
    return found
