"""Frames as a part of the batch, and back: how a 2-D network reads a video."""

import keras
from keras import ops


def fold_frames(x: keras.KerasTensor) -> keras.KerasTensor:
    """Returns `(batch, frames, ...)` as `(batch * frames, ...)`, a video's frames side by side."""
    return ops.reshape(x, (-1, *x.shape[2:]))


def unfold_frames(x: keras.KerasTensor, frames: int) -> keras.KerasTensor:
    """Returns `(batch * frames, ...)` as `(batch, frames, ...)`: undoes `fold_frames`."""
    return ops.reshape(x, (-1, frames, *x.shape[1:]))


def crop_frames(x: keras.KerasTensor, frames: int) -> keras.KerasTensor:
    """Returns the first `frames` of `(batch, more frames, ...)`; `x` itself if it has as many."""
    return x if x.shape[1] == frames else x[:, :frames]
