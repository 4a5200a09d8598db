"""Synthetic pictures for testing exports: they show nobody."""

import tensorflow as tf

from tfvgan.engine import Draws
from tfvgan.video import to_uint8


def smooth_pictures(count, side, seed):
    """Returns smooth pictures with some noise, uint8 `(count, side, side, 3)`: no real video."""
    draws = Draws(seed, 0)
    rough = tf.image.resize(draws.uniform((count, 4, 4, 3), -1.2, 1.2), (side, side), "bicubic")
    return to_uint8(rough + 0.1 * draws.normal((count, side, side, 3)))
