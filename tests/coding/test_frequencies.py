"""Frequencies: they sum to the total, none is 0, and they follow the weights."""

import numpy as np
import pytest

from tfvgan.coding.frequencies import TOTAL, apportioned


@pytest.mark.parametrize("most", [2, 1000, 2**62])
def test_rows_sum_to_the_total_and_follow_the_weights(most):
    weights = np.random.default_rng(0).integers(0, most, (5, 300))
    weights[:, 7] = most
    frequencies = apportioned(weights)
    assert frequencies.dtype == np.int32 and frequencies.shape == (5, 300)
    assert (frequencies.sum(axis=1) == TOTAL).all() and frequencies.min() >= 1
    shares = weights.astype(float) / weights.astype(float).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(frequencies, 1 + shares * (TOTAL - 300), atol=1)


def test_the_largest_remainders_get_what_is_left_the_first_of_equal_ones_first():
    assert apportioned([[1, 1, 1]]).tolist() == [[5592406, 5592405, 5592405]]
    assert apportioned([[0, 1]]).tolist() == [[1, TOTAL - 1]]
    free = TOTAL - 3
    assert apportioned([[2, free - 3, 1], [5, 2 * free - 7, 2]]).tolist() == [
        [3, free - 2, 2],
        [4, free - 3, 2],
    ]


def test_weights_may_be_of_any_size():
    assert apportioned([[10**60, 3 * 10**60]]).tolist() == apportioned([[1, 3]]).tolist()


@pytest.mark.parametrize("weights", [[1, 2], [[1]], [[]], [[[1, 2]]]])
def test_other_shapes_are_refused(weights):
    with pytest.raises(ValueError, match=r"but their shape is .*: give `\(n, m\)`\.$"):
        apportioned(weights)


@pytest.mark.parametrize("weights", [[[1, -1]], [[1, 2], [0, 0]]])
def test_rows_of_nothing_are_refused(weights):
    with pytest.raises(ValueError, match="not all 0 in a row"):
        apportioned(weights)
