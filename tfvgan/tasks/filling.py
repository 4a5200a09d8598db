"""Frames of any size for networks that fold pixels: filled up before, and cut off again."""

import functools

import tensorflow as tf


def filled_up(frames, multiple):
    """Returns frames whose sides are multiples: the last row and column go on below and beside.

    Args:
        frames: `(batch, h, w, c)`; where a graph does not know a side, it is found when it runs,
            and nothing is copied where it fits.
        multiple: int.
    """
    for axis in (1, 2):
        more = _lacking(frames, axis, multiple)
        if tf.is_tensor(more):
            longer = functools.partial(_longer, frames, axis, more)
            frames = tf.cond(more > 0, longer, functools.partial(tf.identity, frames))
        elif more:
            frames = _longer(frames, axis, more)
    return frames


def _lacking(frames, axis, multiple):
    """Returns by how much a side is short of a multiple: int, or int32 `()` where it is unknown."""
    side = frames.shape[axis]
    if side is None and multiple > 1:
        return -tf.shape(frames)[axis] % multiple
    return -(side or 0) % multiple


def _longer(frames, axis, more):
    """Returns frames with their last row or column again, so many times."""
    last = frames[:, -1:] if axis == 1 else frames[:, :, -1:]
    times = [more if each == axis else 1 for each in range(4)]
    return tf.concat([frames, tf.tile(last, times)], axis)


def cut_off(made, frames, factor=1):
    """Returns what was made of filled-up frames, as large as what the frames themselves become.

    Args:
        made: `(batch, factor * h, factor * w, c)` or larger.
        frames: `(batch, h, w, c)`, as they were before.
        factor: int.
    """
    static, size = frames.shape[1:3], tf.shape(frames)
    height, width = (
        factor * (size[axis] if side is None else side) for axis, side in zip((1, 2), static)
    )
    return made[:, :height, :width]


def filled_side(side, multiple):
    """Returns a side as `filled_up` leaves it; None stays None."""
    return None if side is None else side + -side % multiple
