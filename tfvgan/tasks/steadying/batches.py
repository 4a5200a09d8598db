"""What a steadier learns from: squares of clips, copies that flicker, and their steady twins."""

import numpy as np
import tensorflow as tf

from tfvgan.data.flicker import flickering
from tfvgan.data.leaving import LEAVING, Leaving, expect_iterators, unless_leaving
from tfvgan.data.order import generator
from tfvgan.tasks.motion import motion_and_back
from tfvgan.video import from_uint8, to_uint8


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
    _, frames, height, width, _ = clips.element_spec["video"].shape
    if min(height, width) < size:
        raise ValueError(
            f"`size` must be at most the {height}x{width} pixels of the clips, but is {size}."
        )

    def cut(number, video):
        made = []
        for place, clip in enumerate(video):
            if LEAVING.is_set():
                raise Leaving
            draws = generator("flicker", seed, number, place)
            top, left = (draws.integers(side - size + 1) for side in (height, width))
            square = clip[:, top : top + size, left : left + size]
            source = np.concatenate([square, square[-2::-1]])
            made.append((source, *flickering(source, draws)))
        return [np.stack(column) for column in zip(*made)]

    def batch(number, named):
        made = tf.numpy_function(
            unless_leaving(cut), (number, to_uint8(named["video"])), (tf.uint8,) * 3
        )
        for each in made:
            each.set_shape((None, 2 * frames - 1, size, size, 3))
        flow, seen = motion_and_back(made[0][:, :frames])
        named = dict(zip(("source", "processed", "video"), map(from_uint8, made), strict=True))
        return {**named, "flow": flow, "visible": seen}

    expect_iterators()
    numbered = clips.enumerate(start)
    return numbered.map(batch, num_parallel_calls=2, deterministic=True).prefetch(2)
