"""Outlines: distances in their own units, what is inside, and what moves."""

import numpy as np
import pytest

from tfvgan.data.composites import shapes
from tfvgan.data.composites.shapes import SHAPES

V, U = np.mgrid[-64:65, -64:65].astype("float32") / 32


def of(shape, seed=0, time=0.0):
    return SHAPES[shape](np.random.default_rng(seed))(U, V, time)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_is_inside_its_reach_and_its_edge_is_as_steep_as_a_distance(shape):
    for seed in range(6):
        distance = of(shape, seed)
        inside = distance < 0
        assert inside.sum() > 40
        below = V < 1 if shape == "bust" else True  # It goes on below.
        assert not (inside & below)[np.hypot(U, V) > 1.45].any()
        down, right = np.gradient(distance, 1 / 32)
        edge = np.abs(distance) < 0.03
        assert 0.6 < np.median(np.hypot(down, right)[edge]) < 1.4
        np.testing.assert_array_equal(distance, of(shape, seed))


def test_an_ellipse_crosses_its_axes_where_it_should():
    found = shapes.ellipse(np.random.default_rng(3))
    wide = np.random.default_rng(3).uniform(0.45, 1.0)
    at = found(np.array([wide, 0, 0.5 * wide]), np.array([0, 1.0, 0]), 0)
    np.testing.assert_allclose(at[:2], 0, atol=1e-6)
    assert at[2] < 0 < found(np.array([wide + 0.1]), np.array([0.0]), 0)[0]


def test_the_distance_from_a_line_is_that_from_its_nearest_point():
    u, v = np.array([0.0, 3.0, -4.0]), np.array([2.0, 0.0, 3.0])
    np.testing.assert_allclose(shapes._from_line(u, v, (-1, 0), (1, 0)), [2, 2, np.hypot(3, 3)])


def test_a_ring_shows_what_is_behind_its_middle():
    for seed in range(4):
        assert of("ring", seed)[64, 64] > 0
        assert of("ellipse", seed)[64, 64] < 0


@pytest.mark.parametrize("shape", ["blob", "figure", "bust"])
def test_time_passes_for_what_walks_or_wobbles(shape):
    assert any(((of(shape, seed) < 0) != (of(shape, seed, 3) < 0)).any() for seed in range(3))


def test_a_figure_stands_on_two_legs():
    rows = of("figure", 1) < 0
    knees = rows[64 + 20]  # Of the legs, at v = 0.63.
    assert np.diff(knees.astype(int)).clip(0).sum() == 2 and rows[64 - 26, 64]
