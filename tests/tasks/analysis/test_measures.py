"""Measures of frames: closed forms, and what they must not depend on."""

import numpy as np
import pytest
from moving import texture

from tfvgan.tasks.analysis.measures import BLOCKS, GRID, Measures, blocks, luma_grid
from tfvgan.tasks.analysis.measures import sharpness as sharpness_of


def measured(*levels):
    measures = Measures()
    for level in levels:
        picture = np.full((*GRID, 3), level, np.uint8)
        found = measures(picture, luma_grid(picture))
    return found


def test_a_plain_picture():
    found = measured(100)
    assert found.brightness == pytest.approx(100, abs=1e-3)
    assert found.sharpness == found.motion == found.moving == found.black == found.white == 0
    assert measured(1).black == 1 and measured(254).white == 1


def test_motion_is_the_mean_difference_from_the_frame_before():
    found = measured(100, 107)
    assert found.motion == pytest.approx(7, abs=1e-3) and found.moving == pytest.approx(7, abs=1e-3)


def test_the_block_that_moves_most_is_told():
    measures = Measures()
    picture = np.zeros((*GRID, 3), np.uint8)
    measures(picture, luma_grid(picture))
    picture = picture.copy()
    picture[:9, :8] = 64  # One block of all.
    found = measures(picture, luma_grid(picture))
    assert found.moving == pytest.approx(64, abs=0.01)
    assert found.motion == pytest.approx(64 / np.prod(BLOCKS), abs=0.01)


def test_sharpness_is_of_detail_and_not_of_light():
    """Of a wave of one pixel across, the Laplacian is -4 times what it is of."""
    wave = np.tile([0.0, 1.0], (16, 8))
    assert sharpness_of(wave) == pytest.approx(16, rel=0.05)
    fine = texture(1, 32)[0, 0, ..., 0].astype(float)
    assert sharpness_of(0.5 * fine + 10) == pytest.approx(sharpness_of(fine))
    smooth = (fine[1:, 1:] + fine[:-1, 1:] + fine[1:, :-1] + fine[:-1, :-1]) / 4
    assert sharpness_of(smooth) < sharpness_of(fine)


def test_a_grid_is_of_means():
    picture = np.arange(48, dtype=np.uint8).reshape(4, 4, 3)
    means = np.floor(picture.reshape(2, 2, 2, 2, 3).mean((1, 3)) + 0.5)
    np.testing.assert_allclose(luma_grid(picture, (2, 2)), means @ [0.299, 0.587, 0.114], atol=1e-4)
    assert blocks(np.ones(GRID)).shape == BLOCKS
