"""The contract that every part speaks: what a video is, inside the package and at its borders.

Inside, a video is float32 `(batch, frames, height, width, 3)` in [-1, 1]. At the borders (files,
endpoints, metrics) it is uint8 in [0, 255].
"""

import keras
import numpy as np
from keras import backend, ops

LARGEST_LEVEL = {"uint8": 255.0, "uint16": 65535.0}  # Levels of a colour: of 8 bits, and of more.
# What red, green and blue weigh in luma (ITU-R BT.601), a matrix of one column.
LUMA = np.array([[0.299], [0.587], [0.114]], "float32")


def to_uint8(video: keras.KerasTensor) -> keras.KerasTensor:
    """Returns the video as uint8 in [0, 255].

    Args:
        video: float tensor of any rank, in [-1, 1]; what lies outside is clipped.
    """
    return to_levels(video, "uint8")


def from_uint8(video: keras.KerasTensor) -> keras.KerasTensor:
    """Returns the video as float32 in [-1, 1].

    Args:
        video: uint8 tensor of any rank, in [0, 255].
    """
    return ops.cast(video, "float32") / 127.5 - 1.0


def to_levels(video: keras.KerasTensor, dtype: str) -> keras.KerasTensor:
    """Returns the video as whole numbers, the largest of the dtype for 1.

    Args:
        video: float tensor of any rank, in [-1, 1]; what lies outside is clipped.
        dtype: "uint8" in [0, 255], or "uint16" in [0, 65535].
    """
    most = LARGEST_LEVEL[dtype]
    video = ops.cast(video, "float32")
    return ops.cast(ops.round(ops.clip((video + 1.0) * (most / 2), 0.0, most)), dtype)


def from_levels(video: keras.KerasTensor) -> keras.KerasTensor:
    """Returns the video as float32 in [-1, 1].

    Args:
        video: uint8 tensor of any rank in [0, 255], or uint16 in [0, 65535].
    """
    most = LARGEST_LEVEL[backend.standardize_dtype(video.dtype)]
    return ops.cast(video, "float32") / (most / 2) - 1.0


def levels(video: keras.KerasTensor) -> keras.KerasTensor:
    """Returns the video's grey levels: float32, whole numbers in [0, 255].

    Scores are computed on these, so that a score in memory is that of the saved file.

    Args:
        video: tensor of any rank, whose dtype says its range: uint8 in [0, 255], or float in
            [-1, 1], rounded to the nearest level as `to_uint8` does.

    Raises:
        ValueError: when the dtype is neither.
    """
    video = ops.convert_to_tensor(video)
    dtype = backend.standardize_dtype(video.dtype)
    if dtype != "uint8":
        if not dtype.startswith(("float", "bfloat")):
            raise ValueError(
                "A video must be uint8 in [0, 255] or float in [-1, 1], but its dtype is "
                f"{dtype}: convert it."
            )
        video = to_uint8(video)
    return ops.cast(video, "float32")


def check_video(video: keras.KerasTensor, name: str = "video", rank: int = 5) -> keras.KerasTensor:
    """Returns `video` when it is shaped like one.

    Args:
        video: array or tensor.
        name: what to call it in the error.
        rank: 5 for `(batch, frames, height, width, 3)`, 4 for `(frames, height, width, 3)`.

    Raises:
        ValueError: when the rank differs or the last axis is not 3.
    """
    shape = tuple(video.shape)
    if len(shape) != rank or shape[-1] != 3:
        wanted = "(batch, frames, height, width, 3)" if rank == 5 else "(frames, height, width, 3)"
        cure = "add the missing axis, or convert to RGB"
        if rank == 4 and len(shape) == 5:
            cure = "give one video of the batch, such as the one at [0]"
        raise ValueError(f"`{name}` must have the shape {wanted}, but has {shape}: {cure}.")
    return video
