"""Pixels as channels, and back: a change of size without arithmetic.

Source: Shi et al. 2016, https://arxiv.org/abs/1609.05158, sec. 3.2.
"""

import keras
from keras import ops


def depth_to_space(x: keras.KerasTensor, side: int = 2) -> keras.KerasTensor:
    """Returns `(n, side * h, side * w, c)` of `(n, h, w, side * side * c)`: channels as squares."""
    _, height, width, channels = ops.shape(x)
    x = ops.reshape(x, (-1, width, side, channels // side))
    x = ops.transpose(x, (0, 2, 1, 3))
    return ops.reshape(x, (-1, side * height, side * width, channels // side**2))


def space_to_depth(x: keras.KerasTensor, side: int = 2) -> keras.KerasTensor:
    """Returns `(n, h / side, w / side, side * side * c)`: undoes `depth_to_space`."""
    _, height, width, channels = ops.shape(x)
    x = ops.reshape(x, (-1, side, width // side, side * channels))
    x = ops.transpose(x, (0, 2, 1, 3))
    return ops.reshape(x, (-1, height // side, width // side, side**2 * channels))
