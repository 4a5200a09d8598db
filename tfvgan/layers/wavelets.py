"""Squares of pixels as channels, and those as wavelets: how a network reads pictures small."""

import functools

import keras
import numpy as np
from keras import ops

from tfvgan.layers.shuffle import depth_to_space, space_to_depth


def fold_pixels(x: keras.KerasTensor, times: int) -> keras.KerasTensor:
    """Returns squares of pixels as channels: `(b, h / 2**times, w / 2**times, c * 4**times)`."""
    for _ in range(times):
        x = space_to_depth(x)
    return x


def to_wavelets(x: keras.KerasTensor, times: int) -> keras.KerasTensor:
    """Returns a picture's wavelets, `(b, h / 2**times, w / 2**times, 3 * 4**times)`.

    Args:
        x: float32 `(b, h, w, 3)`.
        times: as of `fold_pixels`; squares are taken at once, so that numbers are moved once.
    """
    return ops.matmul(space_to_depth(x, 2**times), _at_once(times)[0])


def from_wavelets(x: keras.KerasTensor, times: int) -> keras.KerasTensor:
    """Returns the picture that wavelets are of: undoes `to_wavelets`."""
    return depth_to_space(ops.matmul(x, _at_once(times)[1]), 2**times)


@functools.cache
def wavelets(times):
    """Returns the matrices from the folded channels of a picture to wavelets, and back.

    Of the pixels of a square three channels are means, and the others differences: those hardly
    know of each other, as pixels do, so that a step of training changes what it is meant to. Both
    are float32 `(3 * 4 ** times, 3 * 4 ** times)`; wavelets are Haar's.

    Source: Liu et al. 2018, https://arxiv.org/abs/1805.07071, sec. 3.
    """
    square = np.array([[1, 1, 1, 1], [2, -2, 2, -2], [2, 2, -2, -2], [2, -2, -2, 2]]).T / 4
    forth = np.eye(3)
    for _ in range(times):
        channels = len(forth)
        forth = np.kron(np.eye(4), forth) @ np.kron(square, np.eye(channels))
    return forth.astype("float32"), np.linalg.inv(forth).astype("float32")


@functools.cache
def _at_once(times):
    """Returns the matrices of `wavelets`, where rows of a square's pixels lie one by one."""
    forth, back = wavelets(times)
    pixels = np.arange(len(forth)).reshape(*(2,) * (2 * times), 3)
    halves = [axis for half in range(times) for axis in (half, times + half)]
    order = np.argsort(pixels.transpose(*halves, 2 * times).ravel())
    return forth[order], back[:, order]
