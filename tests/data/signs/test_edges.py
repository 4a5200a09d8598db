"""Drawn lines are hard edges; slopes and noise are none."""

import numpy as np
import pytest

from tfvgan.data.signs import hard_share


def stripes(every, height=100.0, side=64):
    return np.broadcast_to(60 + height * (np.arange(side) // every % 2), (side, side))


def test_edges_are_counted_both_ways():
    assert hard_share(stripes(1)) == pytest.approx(1 / 2)
    assert hard_share(stripes(4)) == pytest.approx(15 / 63 / 2)
    assert hard_share(stripes(4).T) == hard_share(stripes(4))


def test_low_and_soft_edges_are_none():
    assert hard_share(stripes(4, 60)) == 0
    assert hard_share(np.broadcast_to(np.linspace(0, 255, 64), (64, 64))) == 0


def test_noise_makes_no_edges():
    noisy = 120 + np.random.default_rng(0).normal(0, 25, (64, 64))
    assert hard_share(noisy) > 0.02 > 0.001 > hard_share(noisy, 25)
    assert hard_share(stripes(4), 25) == 0 < hard_share(stripes(4, 180), 25)
