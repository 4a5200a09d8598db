"""Means and their intervals: closed forms, and what they cover."""

import math

import numpy as np

from tfvgan.evaluation.means import mean_and_interval


def test_the_normal_interval_in_closed_form():
    values = [0.0, 2.0] * 8
    mean, low, high = mean_and_interval(values, 0.95)
    reach = 1.959964 * math.sqrt(16 / 15) / 4
    np.testing.assert_allclose((mean, low, high), (1.0, 1.0 - reach, 1.0 + reach), rtol=1e-6)


def test_videos_without_a_value_do_not_count():
    assert mean_and_interval([1.0, math.nan, 3.0], 0.95) == (2.0, None, None)
    assert math.isnan(mean_and_interval([math.nan], 0.95)[0])


def test_it_covers_what_it_says():
    random = np.random.default_rng(0)
    inside = 0
    for _ in range(1000):
        _, low, high = mean_and_interval(random.exponential(1.0, 64), 0.9)
        inside += low < 1.0 < high
    assert 860 < inside < 920
