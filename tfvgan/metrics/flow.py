"""Where each pixel moves between two frames, and what of it is hidden or leaves the picture."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import tensorflow as tf

from tfvgan.layers import warp

# Of cv2.calcOpticalFlowFarneback, as in TecoGAN's metrics.py.
FARNEBACK = {
    "pyr_scale": 0.5,
    "levels": 3,
    "winsize": 15,
    "iterations": 3,
    "poly_n": 5,
    "poly_sigma": 1.2,
    "flags": 0,
}


def optical_flow(first, second):
    """Returns how far each pixel of `first` moves to `second`: float32 `(n, height, width, 2)`.

    In pixels, right and down: what lies at `(x, y)` in the first image lies at `(x, y) + flow` in
    the second. It is computed on the grey images (ITU-R BT.601), by OpenCV, on the CPU.

    Args:
        first: float32 `(n, height, width, 3)`, whole numbers in [0, 255].
        second: likewise.

    Raises:
        ValueError: when OpenCV is not installed.

    Source: Farnebäck 2003, https://doi.org/10.1007/3-540-45103-X_50, with the parameters of
    TecoGAN's own code.
    """
    _cv2()  # What is missing is told here rather than by the graph.
    flow = tf.numpy_function(_farneback, [first, second], tf.float32)
    return tf.ensure_shape(flow, [*first.shape[:3], 2])


def visible(forward, backward):
    """Returns where a pixel of the first image can be seen in the second: bool `(n, h, w)`.

    A pixel counts as hidden when the flow there and back does not end near where it began,
    `|f + b|^2 > 0.01 (|f|^2 + |b|^2) + 0.5`, when it lies on a motion boundary,
    `|grad f|^2 > 0.01 |f|^2 + 0.002`, or when it leaves the picture.

    Args:
        forward: float32 `(n, height, width, 2)`, `f`: the flow from the first image to the second.
        backward: likewise, from the second to the first; `b` is it, fetched along `f`.

    Source: Ruder et al. 2016, https://arxiv.org/abs/1604.08610, as the code of Lai et al. 2018 has
    it; that pixels which leave the picture are hidden is this package's addition.
    """
    back = warp(backward, forward)
    length = _squared(forward)
    hidden = _squared(forward + back) > 0.01 * (length + _squared(back)) + 0.5
    down = tf.pad(forward[:, 1:] - forward[:, :-1], [[0, 0], [0, 1], [0, 0], [0, 0]])
    across = tf.pad(forward[:, :, 1:] - forward[:, :, :-1], [[0, 0], [0, 0], [0, 1], [0, 0]])
    boundary = _squared(down) + _squared(across) > 0.01 * length + 0.002
    places = _places(forward)
    last = tf.cast(tf.shape(forward)[2:0:-1] - 1, tf.float32)
    inside = tf.reduce_all((places >= 0.0) & (places <= last), axis=-1)
    return inside & ~hidden & ~boundary


def _cv2():
    try:
        import cv2
    except ImportError as error:
        raise ValueError(
            "Optical flow needs OpenCV, which is not installed: pip install 'tfvgan[metrics]'"
        ) from error
    return cv2


def _farneback(first, second):
    cv2 = _cv2()

    def one(pair):
        grey = (cv2.cvtColor(image.astype(np.uint8), cv2.COLOR_RGB2GRAY) for image in pair)
        return cv2.calcOpticalFlowFarneback(*grey, flow=None, **FARNEBACK)

    with ThreadPoolExecutor() as pool:  # OpenCV lets other threads run meanwhile.
        flows = list(pool.map(one, zip(first, second)))
    return np.stack(flows) if flows else np.zeros((*first.shape[:3], 2), np.float32)


def _places(flow):
    """Returns where each pixel's flow leads, `(x, y)`: float32, shaped like the flow."""
    height, width = tf.shape(flow)[1], tf.shape(flow)[2]
    grid = tf.stack(tf.meshgrid(tf.range(width), tf.range(height)), axis=-1)
    return tf.cast(grid, tf.float32) + flow


def _squared(flow):
    return tf.reduce_sum(tf.square(flow), axis=-1)
