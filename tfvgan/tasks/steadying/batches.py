"""What a steadier learns from: squares of clips, copies that flicker, and their steady twins."""

import numpy as np
import tensorflow as tf

from tfvgan.data.flicker import flickering
from tfvgan.data.squares import of_squares
from tfvgan.tasks.motion import motion_and_back
from tfvgan.video import from_uint8


def batches(clips: tf.data.Dataset, size: int, seed: int = 0, start: int = 0) -> tf.data.Dataset:
    """Returns a `tf.data.Dataset` of squares cut out of clips, beside copies that flicker.

    Each is followed by its frames in the other order but the last: of t frames of a clip there are
    T = 2 t - 1, so that a network meets every frame but one again, after others. Batches are
    `{"video": what counts as real, the steady twin of what flickers, "source": the original,
    "processed": what flickers, all float32 (b, T, size, size, 3) in [-1, 1], "flow": float32 (b, T
    - 1, size, size, 2), how far pixels of each frame but the first are from where they were in the
    one before, in pixels right and down, "visible": float32 (b, T - 1, size, size, 1), 1 where they
    were seen there}`. All that is drawn is a function of (seed, batch, place in the batch) alone;
    see `tfvgan.data.flicker`.

    Args:
        clips: data set of `tfvgan.data.clips`, of `size` or larger.
        size: side of the square in pixels.
        seed: whole number >= 0.
        start: batches of clips that were left out before the first one.

    Raises:
        ValueError: when the size does not fit the clips.
    """
    frames = clips.element_spec["video"].shape[1]

    def make(draws, square):
        source = np.concatenate([square, square[-2::-1]])
        return (source, *flickering(source, draws))

    def finish(*made):
        for each in made:
            each.set_shape((None, 2 * frames - 1, size, size, 3))
        flow, seen = motion_and_back(made[0][:, :frames])
        named = dict(zip(("source", "processed", "video"), map(from_uint8, made), strict=True))
        return {**named, "flow": flow, "visible": seen}

    kinds = (tf.uint8,) * 3
    return of_squares(clips, size, make, kinds, finish, "flicker", seed, start).prefetch(2)
