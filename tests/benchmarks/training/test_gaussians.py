"""Which modes are found, and which points are good."""

import numpy as np
import pytest

from benchmarks.training import gaussians
from tfvgan.engine import Draws


def test_real_points_are_all_good_and_of_all_modes():
    points = gaussians.ring(Draws(0, 0), 2500).numpy()
    modes, good = gaussians.judge(points)
    # Within three standard deviations are 1 - exp(-9 / 2) of a normal distribution in the plane.
    assert modes == 8 and good == pytest.approx(1 - np.exp(-4.5), abs=0.01)
    far = np.linalg.norm(points[:, None] - gaussians.CENTRES, axis=-1).min(axis=1)
    assert np.sqrt((far**2).mean() / 2) == pytest.approx(gaussians.SPREAD, rel=0.05)


def test_a_mode_is_found_by_a_good_point():
    one = gaussians.CENTRES[:1] + [[0, 0.149]]
    between = gaussians.CENTRES[2:3] * 0.84
    assert gaussians.judge(np.concatenate([one, between])) == (1, 0.5)
    assert gaussians.judge(np.full((4, 2), np.nan)) == (0, 0.0)


def test_a_short_training_says_what_d_lost():
    points, loss = gaussians.train("non_saturating", steps=3)
    assert points.shape == (gaussians.POINTS, 2) and 0 < loss < 5


def test_a_row_is_of_means_and_of_the_worst(monkeypatch):
    found = iter([(8, 0.9, 1.0), (6, 0.5, 2.0)])

    def train(loss, penalty, seed, steps):
        *points, at_the_end = next(found)
        return tuple(points), at_the_end

    monkeypatch.setattr(gaussians, "train", train)
    monkeypatch.setattr(gaussians, "judge", lambda points: points)
    row = gaussians.row("hinge", "none", 2, 5)
    assert row == {
        **{"loss": "hinge", "penalty": "none", "modes": 7.0, "fewest": 6},
        **{"good": 0.7, "worst": 0.5, "loss of D": 1.5},
    }
