"""Squares of pixels as channels, and as means and differences."""

import numpy as np
import pytest
from keras import ops

from tfvgan.layers import depth_to_space, fold_pixels, from_wavelets, to_wavelets, wavelets


@pytest.mark.parametrize("times", [0, 1, 2])
def test_wavelets_are_means_and_differences_and_go_back(times):
    forth, back = wavelets(times)
    video = np.random.default_rng(0).uniform(-1, 1, (2, 8, 12, 3)).astype("float32")
    small = ops.matmul(fold_pixels(video, times), forth)
    side = 2**times
    squares = video.reshape(2, 8 // side, side, 12 // side, side, 3)
    np.testing.assert_allclose(small[..., :3], squares.mean((2, 4)), atol=1e-6)
    even = ops.matmul(fold_pixels(np.ones_like(video), times), forth)
    np.testing.assert_allclose(even[..., 3:], 0.0, atol=1e-6)
    pixels = ops.matmul(small, back)
    for _ in range(times):
        pixels = depth_to_space(pixels)
    np.testing.assert_allclose(pixels, video, atol=1e-6)


@pytest.mark.parametrize("times", [0, 1, 2, 3])
def test_at_once_they_are_the_same_numbers(times):
    video = np.random.default_rng(1).uniform(-1, 1, (2, 8, 16, 3)).astype("float32")
    small = to_wavelets(video, times)
    halves = ops.matmul(fold_pixels(video, times), wavelets(times)[0])
    np.testing.assert_allclose(small, halves, atol=1e-6)
    np.testing.assert_allclose(from_wavelets(small, times), video, atol=1e-5)
