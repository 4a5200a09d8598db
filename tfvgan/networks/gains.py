"""Gains of a learned codec: what its latents are multiplied by, of each quality, one a channel.

Large gains before rounding are fine steps, so that one network serves all rates.

Source: Cui et al. 2021, https://arxiv.org/abs/2003.02012, sec. 3.2: gains, inverse gains, and what
lies between two qualities.
"""

import numpy as np
from keras import ops

QUALITIES = 8
MOTION = 8  # One channel in so many is of motion.


def gain(table, first, quality):
    """Returns the gains of a quality, and between whole ones a mixture: `(batch, 1, 1, channels)`.

    Args:
        table: their logarithms, float32 `(2, QUALITIES, channels)`: of first frames, and of others.
        first: float32 `(batch,)`, 1 for a first frame, else 0.
        quality: float32 `(batch,)`, from 1 to 8.
    """
    places = ops.arange(1, QUALITIES + 1, dtype="float32")
    shares = ops.maximum(1.0 - ops.abs(quality[:, None] - places), 0.0)
    rows = ops.einsum("bq,fqc->bfc", shares, ops.convert_to_tensor(table))
    row = first[:, None] * rows[:, 0] + (1.0 - first[:, None]) * rows[:, 1]
    return ops.exp(row[:, None, None])


def initial_gains(shape, dtype=None):
    """Returns the logarithms of gains to begin with, coarse for quality 1 and fine for 8."""
    return ops.convert_to_tensor(_initial_gains(shape), dtype)


def initial_inverse_gains(shape, dtype=None):
    """Returns those of their inverses."""
    return ops.convert_to_tensor(-_initial_gains(shape), dtype)


def _initial_gains(shape):
    # A factor of 1.35 from a quality to the next. All frames of a group build on the first one, so
    # it is finer than they.
    rows = 1.2 + np.log(1.35) * (np.arange(QUALITIES) - 4.0)[:, None]
    rows = np.broadcast_to(rows + np.reshape([1.2, 0.0], (2, 1, 1)), shape).astype("float32")
    motion = np.arange(shape[-1]) < shape[-1] // MOTION
    return np.where(motion, 0.5 * rows, rows)  # Motion is in pixels, or half of them.
