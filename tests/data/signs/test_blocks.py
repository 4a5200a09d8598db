"""Edges of blocks are found wherever their grid begins; waves beside edges are."""

import numpy as np
import pytest

from tfvgan.data.signs import blockiness, ringing

SIDE = 96


def smooth(seed=0):
    draws = np.random.default_rng(seed)
    y, x = np.mgrid[:SIDE, :SIDE]
    return 120 + 40 * np.sin(x / 17 + y / 29) + draws.normal(0, 1, (SIDE, SIDE))


def blocked(offset, step, grid=8):
    """Returns a picture whose blocks differ by a step or so."""
    draws = np.random.default_rng(1)
    levels = draws.choice([-step, step], (SIDE // grid + 2, SIDE // grid + 2)) / 2
    large = levels.repeat(grid, 0).repeat(grid, 1)
    return smooth() + large[offset[0] : offset[0] + SIDE, offset[1] : offset[1] + SIDE]


@pytest.mark.parametrize("offset", [(0, 0), (3, 0), (5, 7)])
def test_blocks_are_found_at_any_offset(offset):
    found = [blockiness(blocked(offset, step)) for step in (0, 4, 8)]
    assert found[0] < 0.2 < 0.5 < found[1] < found[2]


def test_what_has_no_grid_of_eight_has_none():
    assert blockiness(smooth()) < 0.2
    assert blockiness(np.full((64, 64), 7.0)) == 0
    edge = smooth()
    edge[:, SIDE // 2 :] += 80  # One edge is no grid.
    assert blockiness(edge) < blockiness(blocked((0, 0), 4))


def test_one_direction_is_enough():
    stripes = smooth() + 6 * (np.arange(SIDE) // 8 % 2)[None, :]
    assert blockiness(stripes) > 0.8
    assert blockiness(stripes) == pytest.approx(blockiness(stripes.T))


def test_waves_beside_an_edge_ring():
    x = np.arange(SIDE) - SIDE // 2
    plain = np.broadcast_to(60 + 120.0 * (x >= 0), (SIDE, SIDE))
    waves = 12 * np.cos(np.pi * x) * np.exp(-np.abs(x) / 4)
    assert ringing(plain) == 0
    assert ringing(plain + waves) > 3
    assert ringing(plain + waves / 2) < ringing(plain + waves)


def test_noise_everywhere_is_no_ringing():
    x = np.arange(SIDE) - SIDE // 2
    edge = 60 + 120.0 * (x >= 0) + np.random.default_rng(0).normal(0, 5, (SIDE, SIDE))
    assert ringing(edge) < 1.5
    assert ringing(smooth()) == 0
