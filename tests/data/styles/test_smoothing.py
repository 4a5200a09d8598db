"""Smoothing: constants stay, weights sum to one, and edges stop Kuwahara's."""

import numpy as np
import pytest

from tfvgan.data.styles.smoothing import blurred, kuwahara

RNG = np.random.default_rng(0)


@pytest.mark.parametrize("smooth", [lambda x: blurred(x, 1.3), lambda x: kuwahara(x, 2)])
def test_a_constant_stays(smooth):
    flat = np.full((2, 9, 11, 3), 0.3, "float32")
    np.testing.assert_allclose(smooth(flat), flat, atol=1e-6)
    assert smooth(flat).dtype == np.float32


def test_a_point_becomes_the_gaussian():
    picture = np.zeros((21, 21, 1), "float32")
    picture[10, 10] = 1
    places = np.arange(-10, 11)
    bell = np.exp(-0.5 * (places / 2.0) ** 2)
    wanted = np.outer(bell, bell) / np.outer(bell, bell).sum()
    np.testing.assert_allclose(blurred(picture, 2.0)[..., 0], wanted, atol=5e-4)


def test_kuwahara_is_the_mean_of_the_square_that_varies_least():
    picture = RNG.random((8, 9, 3)).astype("float32")
    reach, wide = 2, np.pad(picture, ((2, 2), (2, 2), (0, 0)), "edge")
    for y, x in ((0, 0), (3, 4), (7, 8)):
        squares = [
            wide[y + top : y + top + reach + 1, x + left : x + left + reach + 1]
            for top in (0, reach)
            for left in (0, reach)
        ]
        least = min(squares, key=lambda square: square.var((0, 1)).sum())
        np.testing.assert_allclose(kuwahara(picture, reach)[y, x], least.mean((0, 1)), atol=1e-5)


def test_an_edge_stays_where_it_is_and_as_steep():
    picture = np.zeros((12, 12, 3), "float32")
    picture[:, 6:] = 1
    np.testing.assert_allclose(kuwahara(picture, 3), picture, atol=1e-6)
    assert 0.2 < blurred(picture, 1.0)[6, 6, 0] < 0.8
