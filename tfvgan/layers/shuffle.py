"""Pixels as channels, and back: a change of size without arithmetic.

Source: Shi et al. 2016, https://arxiv.org/abs/1609.05158, sec. 3.2.
"""

import keras
from keras import ops


def depth_to_space(x: keras.KerasTensor) -> keras.KerasTensor:
    """Returns `(n, 2 h, 2 w, c)` of `(n, h, w, 4 c)`: each pixel's channels become 2 x 2 pixels."""
    _, height, width, channels = ops.shape(x)
    x = ops.reshape(x, (-1, width, 2, channels // 2))
    x = ops.transpose(x, (0, 2, 1, 3))
    return ops.reshape(x, (-1, 2 * height, 2 * width, channels // 4))


def space_to_depth(x: keras.KerasTensor) -> keras.KerasTensor:
    """Returns `(n, h / 2, w / 2, 4 c)` of `(n, h, w, c)`: undoes `depth_to_space`."""
    _, height, width, channels = ops.shape(x)
    x = ops.reshape(x, (-1, 2, width // 2, 2 * channels))
    x = ops.transpose(x, (0, 2, 1, 3))
    return ops.reshape(x, (-1, height // 2, width // 2, 4 * channels))
