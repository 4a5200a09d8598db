"""Perceptual losses of long videos: on three frames in a row, others at every step."""

import tensorflow as tf

from tfvgan import weights
from tfvgan.layers import fold_frames

WINDOW = 3  # Frames that a discriminator sees.


def in_a_row(video, step):
    """Returns three frames in a row of a video, chosen by the step, `(batch, 3, ...)`.

    Args:
        video: `(batch, frames, ...)`.
        step: int64 scalar, the number of steps made.
    """
    last = tf.cast(tf.shape(video)[1] - WINDOW, tf.int64)
    first = step % tf.maximum(last + 1, 1)
    return tf.gather(video, first + tf.range(WINDOW, dtype=tf.int64), axis=1)


def check_seen(model):
    """Raises MissingWeights when a perceptual term weighs anything, and has none.

    Args:
        model: compiled; its `perceptual` is the name of a network.
    """
    if model.loss_weights["perceptual"]:
        weights.network(model.perceptual)


def perceptual_distance(name, made, real):
    """Returns the mean perceptual distance (LPIPS) of frames, a float32 scalar.

    Source: Zhang et al. 2018, LPIPS, https://arxiv.org/abs/1801.03924.

    Args:
        name: of the network, "lpips-alex" or "lpips-vgg".
        made, real: float32 `(batch, frames, h, w, 3)` in [-1, 1].

    Raises:
        MissingWeights: when its weights have not been fetched.
    """
    with tf.init_scope():
        network = weights.network(name)
    return tf.reduce_mean(network([fold_frames(each) for each in (made, real)]))
