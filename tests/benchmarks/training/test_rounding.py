"""How far two decoders are said to be apart, and which way."""

import numpy as np
import pytest

from benchmarks.training import rounding

THEIRS = np.full((1, 5, 20, 3), (100, 110, 120), np.uint8)


def test_distances_are_means_and_what_nearly_all_are_below():
    ours = THEIRS.copy()
    ours[0, 0, 0] += 60  # One pixel in a hundred.
    ours[0, 1:] -= 2
    found = rounding.between(ours, THEIRS)
    assert found["apart"] == pytest.approx((60 + 80 * 2) / 100)
    assert 2 <= found["apart, 99 %"] < 60


def test_what_is_lacking_is_lost():
    found = rounding.lost(THEIRS - np.uint8([0, 1, 2]), THEIRS)
    assert found == {"lost: red": 0, "lost: green": 1, "lost: blue": 2}
