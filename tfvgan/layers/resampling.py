"""Pictures made larger by a rule, whatever a network adds."""

import keras
import numpy as np
from keras import ops

from tfvgan.layers.borders import bordered
from tfvgan.layers.shuffle import depth_to_space

# What eight pixels in a row count when a line is halved. The bicubic kernel, a = -1/2, as wide as
# that asks for: Keys 1981, eq. 15.
HALVING = np.array([-0.0234375, -0.0703125, 0.2265625, 0.8671875], "float32") / 2
HALVING = np.concatenate([HALVING, HALVING[::-1]])


def nearest(x: keras.KerasTensor, factor: int) -> keras.KerasTensor:
    """Returns `(batch, factor * h, factor * w, c)`, every pixel a square of its like."""
    for axis in (1, 2):
        x = ops.repeat(x, factor, axis) if factor > 1 else x
    return x


def bicubic(frame: keras.KerasTensor, factor: int) -> keras.KerasTensor:
    """Returns the bicubic enlargement (Keys 1981, a = -1/2), as resizing to it would.

    Args:
        frame: float32 `(batch, h, w, 3)`.
        factor: 1, 2 or 4.
    """
    if factor == 1:
        return frame
    doublings = factor.bit_length() - 1
    wide = ops.pad(frame, [(0, 0), (2, 2), (2, 2), (0, 0)], "symmetric")
    taps = bicubic_taps(factor).reshape(5, *(2,) * doublings)
    # Channels in the order of `depth_to_space`: row and column of the first doubling, then of the
    # next, then colours.
    rows, columns = "abc"[:doublings], "ijk"[:doublings]
    order = "".join(row + column for row, column in zip(rows, columns))
    kernel = np.einsum(f"y{rows},x{columns},pq->yxp{order}q", taps, taps, np.eye(3))
    kernel = kernel.reshape(5, 5, 3, -1)
    x = ops.conv(wide, ops.convert_to_tensor(kernel, frame.dtype))
    for _ in range(doublings):
        x = depth_to_space(x)
    return x


def half_sized(frame: keras.KerasTensor) -> keras.KerasTensor:
    """Returns `(batch, h / 2, w / 2, 3)`, bicubically and without aliasing.

    Args:
        frame: float32 `(batch, h, w, 3)`, sides even.
    """
    kernel = np.einsum("y,x,pq->yxpq", HALVING, HALVING, np.eye(3))
    return ops.conv(bordered(frame, 3, 3), ops.convert_to_tensor(kernel, frame.dtype), 2)


def bicubic_taps(factor):
    """Returns the weights of five neighbours for each of the new pixels, float32 `(5, factor)`."""
    places = (np.arange(factor) + 0.5) / factor - 0.5
    far = np.abs(np.arange(-2, 3)[:, None] - places)
    near = 1.5 * far**3 - 2.5 * far**2 + 1.0
    rest = -0.5 * far**3 + 2.5 * far**2 - 4.0 * far + 2.0
    return np.where(far <= 1, near, np.where(far < 2, rest, 0.0)).astype("float32")
