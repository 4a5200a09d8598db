"""Padding for networks that fold pixels: frames are padded to multiples, and cropped again."""

import functools

import tensorflow as tf


def filled_up(frames, multiple):
    """Returns frames padded to sides that are multiples: their last row and column repeat.

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
    """Returns the pixels that a side lacks to a multiple: int, or int32 `()` if unknown."""
    side = frames.shape[axis]
    if side is None and multiple > 1:
        return -tf.shape(frames)[axis] % multiple
    return -(side or 0) % multiple


def _longer(frames, axis, more):
    """Returns frames with their last row or column repeated `more` times."""
    last = frames[:, -1:] if axis == 1 else frames[:, :, -1:]
    times = [more if each == axis else 1 for each in range(4)]
    return tf.concat([frames, tf.tile(last, times)], axis)


def cut_off(made, frames, factor=1):
    """Returns the output for padded frames, cropped to `factor` times the frames' own size.

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
