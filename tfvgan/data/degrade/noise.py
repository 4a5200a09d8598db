"""Noise: another draw for every frame."""

import numpy as np


def gaussian_noise(
    video: np.ndarray,
    draws: np.random.Generator,
    deviation: float,
    grey: bool = False,
    grain: float = 0.0,
) -> np.ndarray:
    """Returns the video with normal noise.

    Args:
        video: uint8 `(t, h, w, 3)`.
        draws: `numpy.random.Generator`.
        deviation: in levels of 255; a number, or an array that fits a frame.
        grey: whether all three channels get the same.
        grain: correlation of neighbouring pixels, from 0, none, to 1: noise that was there before
            a video was enlarged is coarse.
    """
    shape = (*video.shape[:3], 1 if grey else 3)
    noise = draws.standard_normal(shape, "float32")
    if grain:
        for axis in (1, 2):
            noise = noise + grain * np.roll(noise, 1, axis)
        noise /= 1.0 + grain**2
    return _rounded(video + deviation * noise)


def poisson_noise(
    video: np.ndarray, draws: np.random.Generator, photons: float, grey: bool = False
) -> np.ndarray:
    """Returns the video as a camera with few photons sees it: bright places are noisier.

    Args:
        video: uint8 `(t, h, w, 3)`.
        draws: `numpy.random.Generator`.
        photons: that white is made of, above 0: the deviation is `255 * sqrt(v / photons)` of a
            brightness v in [0, 1].
        grey: whether all three channels get the same, by their mean.
    """
    light = video.astype("float32") / 255.0
    if grey:
        mean = light.mean(-1, keepdims=True)
        return _rounded(video + 255.0 * (draws.poisson(mean * photons) / photons - mean))
    return _rounded(255.0 * draws.poisson(light * photons) / photons)


def _rounded(video):
    return np.clip(np.rint(video), 0, 255).astype("uint8")
