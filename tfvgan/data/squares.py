"""Squares cut out of clips, and what is made of them: what networks are trained on."""

from collections.abc import Callable, Sequence

import numpy as np
import tensorflow as tf

from tfvgan.data.leaving import LEAVING, Leaving, expect_iterators, unless_leaving
from tfvgan.data.order import generator
from tfvgan.video import to_uint8


def of_squares(
    clips: tf.data.Dataset,
    size: int,
    make: Callable[..., tuple],
    kinds: Sequence[tf.DType],
    finish: Callable[..., dict[str, tf.Tensor]],
    stream: str,
    seed: int = 0,
    start: int = 0,
    beside: Sequence[str] = (),
    axis: int = 0,
) -> tf.data.Dataset:
    """Returns a `tf.data.Dataset` of what is made of squares cut out of clips, batch by batch.

    All that is drawn is a function of (stream, seed, batch, place in the batch) alone.

    Args:
        clips: data set of `tfvgan.data.clips`, of `size` or larger. Of a `share` it says by
            "place" where in the batch each clip lies.
        size: side of the square in pixels; where it lies is drawn.
        make: function from a `np.random.Generator` and a square's video, uint8 `(t, size, size,
            3)`, to a tuple of arrays.
        kinds: dtypes of these arrays.
        finish: function from these, stacked along the batch, whose shapes are unknown, to a batch.
        stream: of `tfvgan.data.order`, what draws are for.
        seed: whole number >= 0.
        start: batches of clips that were left out before the first one.
        beside: names of further videos of the clips, whose squares `make` is handed, too.
        axis: along which what is made is stacked.

    Raises:
        ValueError: when the size does not fit the clips.
    """
    height, width = clips.element_spec["video"].shape[2:4]
    if min(height, width) < size:
        raise ValueError(
            f"`size` must be at most the {height}x{width} pixels of the clips, but is {size}."
        )

    def cut(number, places, *videos):
        made = []
        for place, *clip in zip(places, *videos, strict=True):
            if LEAVING.is_set():
                raise Leaving
            draws = generator(stream, seed, number, place)
            made.append(make(draws, *square_of(draws, size, *clip)))
        return [np.stack(column, axis=axis) for column in zip(*made, strict=True)]

    def batch(number, named):
        videos = [to_uint8(named[name]) for name in ("video", *beside)]
        places = named.get("place", tf.range(tf.shape(videos[0])[0]))
        return finish(*tf.numpy_function(unless_leaving(cut), (number, places, *videos), kinds))

    expect_iterators()
    return clips.enumerate(start).map(batch, num_parallel_calls=2, deterministic=True)


def square_of(draws: np.random.Generator, size: int, *videos: np.ndarray) -> list[np.ndarray]:
    """Returns the same square of videos of one size, `(t, size, size, c)` each.

    Args:
        draws: `np.random.Generator`, which says where it lies.
        size: side of the square in pixels.
        *videos: `(t, h, w, c)` each.
    """
    top, left = (draws.integers(side - size + 1) for side in videos[0].shape[1:3])
    return [each[:, top : top + size, left : left + size] for each in videos]
