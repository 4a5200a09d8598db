"""Edges: what is flat stays, what is steep gets soft, and soft ones count as fake."""

import numpy as np
import pytest

from tfvgan.losses import EdgeSmoothed
from tfvgan.losses.edges import smoothed


def step(height):
    video = np.full((1, 2, 16, 16, 3), -0.5, "float32")
    video[:, :, :, 8:] += height
    return video


def test_only_steep_edges_get_soft():
    flat = step(0.2)
    np.testing.assert_array_equal(smoothed(flat), flat)
    soft = np.asarray(smoothed(step(1.0)))
    np.testing.assert_array_equal(soft[..., :5, :], step(1.0)[..., :5, :])
    np.testing.assert_array_equal(soft[..., 11:, :], step(1.0)[..., 11:, :])
    across = soft[0, 0, 8, :, 0]
    assert np.diff(across).max() < 0.3 and (np.diff(across) > -1e-6).all()


def test_the_penalty_is_the_game_on_smoothed_reals():
    seen = []

    def critic(video):
        seen.append(np.asarray(video))
        return np.array([[0.0, 1.0]], "float32")

    value = EdgeSmoothed(2.0)(critic, step(1.0), None, None)
    assert float(value) == pytest.approx(2 * (np.log(2) + np.log1p(np.e)) / 2)
    np.testing.assert_array_equal(seen[0], smoothed(step(1.0)))
    assert EdgeSmoothed.from_config(EdgeSmoothed(2.0, every=3).get_config()).every == 3
