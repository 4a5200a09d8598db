"""What of a video stands: the ground, kept along the camera's motion, and what moves beside it.

Source: see `tfvgan.networks.segmenter`, which reads this.
"""

from typing import NamedTuple

import keras
from keras import ops

from tfvgan.layers import depth_to_space, fold_pixels, warp, warp_sharply
from tfvgan.networks.camera import camera_flow
from tfvgan.networks.registration import STILL, far, searched_for
from tfvgan.video import LUMA

COLOURS = 3
CHANNELS = COLOURS + 2  # Of what is kept.
OLDEST = 32.0  # Frames that the ground is a mean of at most.
ENTERS = 0.1  # Of what is held for a thing, how much enters the ground.
NEAR = 2.0  # Pixels of motion that are told apart well; farther ones less and less.
LIKE = 0.15  # Likewise of levels, in [-1, 1], by which places differ.


class Movement(NamedTuple):
    """How far a frame is from the one before, at half the sides, float32 `(n, h / 2, w / 2, ...)`.

    In pixels right and down: `camera`, what the camera's motion gives each place; `own`, what it
    moved by beside that, 0 where the camera's fits as well. Without a unit: `beside`, `own` as the
    network sees it; `mismatch`, how much brighter a place is than it was, by the camera's motion,
    and by both.
    """

    camera: keras.KerasTensor
    own: keras.KerasTensor
    beside: keras.KerasTensor
    mismatch: keras.KerasTensor


def movement(grey: keras.KerasTensor, before: keras.KerasTensor) -> Movement:
    """Returns `Movement` of grey frames at half the sides."""
    flow = searched_for(grey, before)
    there = warp(before, flow)
    least = far(grey, there) + STILL  # What stays or goes with the camera may be as far as that.
    camera = camera_flow(flow * ops.cast(least < far(grey, before), "float32"), grey)
    still = warp(before, camera)
    own = (flow - camera) * ops.cast(least < far(grey, still), "float32")
    both = ops.concatenate([grey - still, grey - there], axis=-1)
    made = Movement(camera, own, ops.tanh(own / NEAR), ops.tanh(both / LIKE))
    return Movement(*(ops.stop_gradient(each) for each in made))


def movements(halves: list[keras.KerasTensor]) -> list[Movement]:
    """Returns `Movement` of each frame to the one before, found at once of all."""
    grey = [ops.matmul(half, LUMA) for half in halves]
    now, before = (ops.concatenate(each, axis=0) for each in (grey, [grey[0], *grey[:-1]]))
    parts = (ops.split(each, len(halves), axis=0) for each in movement(now, before))
    return [Movement(*each) for each in zip(*parts, strict=True)]


class Kept(NamedTuple):
    """What is kept of frames, at half the sides, float32 `(n, h / 2, w / 2, ...)`.

    `before` is the grey frame before; `ground` the mean of what was held for no thing, in colours;
    `age` how many frames that is of, of `OLDEST`. All are 0 where nothing is kept.
    """

    before: keras.KerasTensor
    ground: keras.KerasTensor
    age: keras.KerasTensor


def unfolded(kept: keras.KerasTensor, colours: keras.KerasTensor) -> Kept:
    """Returns `Kept` of channels of the state; the frame before the first one is that itself."""
    kept = depth_to_space(kept)
    ground, age, before = kept[..., :COLOURS], kept[..., COLOURS:-1], kept[..., -1:]
    grey = ops.matmul(colours, LUMA)
    # Of no place at all is the age 0 but before the first frame.
    begun = ops.cast(ops.sum(age, axis=(1, 2), keepdims=True) > 0.0, "float32")
    return Kept(grey + begun * (before - grey), ground, age)


def beside_ground(
    kept: Kept, moves: Movement, colours: keras.KerasTensor
) -> tuple[Kept, keras.KerasTensor]:
    """Returns `Kept` where it is in the new frame, and how that differs, of 8 channels.

    What was not in the picture has the age 0, and the frame itself for a ground.

    Args:
        kept: of the step before.
        moves: since then.
        colours: float32 `(n, h / 2, w / 2, 3)`, the frame at half its sides.
    """
    age = warp(kept.age, moves.camera) * _inside(moves.camera)
    known = ops.cast(age > 0.5 / OLDEST, "float32")
    ground = ops.clip(warp_sharply(kept.ground, moves.camera), -1.0, 1.0)
    ground = colours + known * (ground - colours)
    apart = ops.tanh((colours - ground) / LIKE)
    beside = ops.concatenate([moves.beside, moves.mismatch, apart, age], axis=-1)
    return Kept(kept.before, ground, age), beside


def _inside(flow):
    """Returns 1 where the flow points into the picture, else 0, float32 `(n, h, w, 1)`."""
    _, height, width, _ = ops.shape(flow)
    columns = ops.arange(width, dtype="float32") + flow[..., 0]
    rows = ops.arange(height, dtype="float32")[:, None] + flow[..., 1]
    inside = (columns > -0.5) & (columns < ops.cast(width, "float32") - 0.5)
    inside = inside & (rows > -0.5) & (rows < ops.cast(height, "float32") - 0.5)
    return ops.cast(inside, "float32")[..., None]


def entered(kept: Kept, colours: keras.KerasTensor, share: keras.KerasTensor) -> keras.KerasTensor:
    """Returns channels of the state, `(n, h / 4, w / 4, 4 * CHANNELS)`, for the next step.

    Args:
        kept: of `beside_ground`.
        colours: likewise.
        share: float32 `(n, h / 2, w / 2, 1)`, how far each place is held for ground.
    """
    enters = ENTERS + (1.0 - ENTERS) * share
    ground = kept.ground + (colours - kept.ground) * enters / (1.0 + OLDEST * kept.age)
    age = ops.minimum(kept.age + enters / OLDEST, 1.0 - 1.0 / OLDEST)
    made = ops.concatenate([ground, age, ops.matmul(colours, LUMA)], axis=-1)
    return ops.stop_gradient(fold_pixels(made, 1))
