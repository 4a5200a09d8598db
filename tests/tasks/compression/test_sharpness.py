"""Luma, sharper and smoother by what is finer than a blur."""

import numpy as np
import pytest
from keras import ops

from tfvgan.tasks.compression.sharpness import DEVIATION, RADIUS, details_of, sharpen_pictures
from tfvgan.video import LUMA

PICTURES = np.random.default_rng(0).uniform(-1, 1, (2, 24, 32, 3)).astype("float32")


def wave(period):
    """Returns a picture of a wave that lies in it mirrored, of that many pixels."""
    across = np.cos(2 * np.pi * (np.arange(48) + 0.5) / period)
    return np.broadcast_to(across, (1, 24, 48))[..., None].astype("float32")


def test_none_changes_nothing_and_each_picture_has_its_own():
    made = ops.convert_to_numpy(sharpen_pictures(PICTURES, np.float32([0, 0.5])))
    np.testing.assert_array_equal(made[0], PICTURES[0])
    assert np.abs(made[1] - PICTURES[1]).max() > 0.1


def test_it_is_all_luma_and_as_much_as_it_is_told():
    one, two = (
        ops.convert_to_numpy(sharpen_pictures(PICTURES, np.float32([much] * 2))) - PICTURES
        for much in (0.1, -0.2)
    )
    np.testing.assert_allclose(two, -2 * one, atol=1e-5)
    np.testing.assert_allclose(one, np.broadcast_to(one[..., :1], one.shape), atol=1e-6)
    np.testing.assert_allclose(one[..., 0], 0.1 * details_of(PICTURES @ LUMA)[..., 0], atol=1e-6)


@pytest.mark.parametrize("period", [4, 8, 16, 48])
def test_of_a_wave_it_leaves_what_a_gaussian_does_not_let_through(period):
    left = ops.convert_to_numpy(details_of(wave(period)))
    through = np.exp(-2 * (np.pi * DEVIATION / period) ** 2)
    np.testing.assert_allclose(left, (1 - through) * wave(period), atol=0.02)


def test_what_is_flat_stays_so_up_to_the_edge():
    flat = np.full((1, RADIUS + 1, 9, 1), 0.7, "float32")
    np.testing.assert_allclose(details_of(flat), 0 * flat, atol=1e-6)
