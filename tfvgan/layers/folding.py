"""Frames as a part of the batch, and back: how a 2-D network reads a video."""

from keras import ops


def fold_frames(x):
    """Returns `(batch, frames, ...)` as `(batch * frames, ...)`, a video's frames side by side."""
    return ops.reshape(x, (-1, *x.shape[2:]))


def unfold_frames(x, frames):
    """Returns `(batch * frames, ...)` as `(batch, frames, ...)`: undoes `fold_frames`."""
    return ops.reshape(x, (-1, frames, *x.shape[1:]))


def crop_frames(x, frames):
    """Returns the first `frames` of `(batch, more frames, ...)`; `x` itself if it has as many."""
    return x if x.shape[1] == frames else x[:, :frames]
