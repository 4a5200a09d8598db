"""Frames of any size for networks that fold pixels: filled up before, and cut off again."""

import tensorflow as tf


def filled_up(frames, multiple):
    """Returns frames whose sides are multiples: the last row and column go on below and beside.

    Args:
        frames: `(batch, h, w, c)`; where a graph does not know a side, it is found when it runs.
        multiple: int.
    """
    for axis in (1, 2):
        side = frames.shape[axis]
        if side is None or side % multiple:
            length = tf.shape(frames)[axis] if side is None else side
            places = tf.minimum(tf.range(length + -length % multiple), length - 1)
            frames = tf.gather(frames, places, axis=axis)
    return frames


def cut_off(made, frames, factor=1):
    """Returns what was made of filled-up frames, as large as what the frames themselves become.

    Args:
        made: `(batch, factor * h, factor * w, c)` or larger.
        frames: `(batch, h, w, c)`, as they were before.
        factor: int.
    """
    known, size = frames.shape[1:3], tf.shape(frames)
    height, width = (
        factor * (size[axis] if side is None else side) for axis, side in zip((1, 2), known)
    )
    return made[:, :height, :width]


def filled_side(side, multiple):
    """Returns a side as `filled_up` leaves it; None stays None."""
    return None if side is None else side + -side % multiple
