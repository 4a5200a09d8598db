"""Laplace distributions: their closed form, and the same numbers everywhere."""

import hashlib
import math
from fractions import Fraction

import numpy as np
import pytest

from tfvgan.coding.frequencies import TOTAL
from tfvgan.coding.laplace import laplace_frequencies, laplace_scales


def test_scales_are_log_spaced_from_the_smallest_to_the_largest():
    scales = laplace_scales(5, Fraction(1, 4), 64)
    assert scales == (0.25, 1.0, 4.0, 16.0, 64.0)
    assert len(laplace_scales()) == 64
    assert laplace_scales(1, 3, 5) == (3.0,)


def test_frequencies_are_those_of_rounded_draws():
    scales, rows = laplace_scales(4, "0.1", 20), laplace_frequencies(4, "0.1", 20, 30)
    assert rows.shape == (4, 62)
    for scale, row in zip(scales, rows):
        away = np.arange(1, 31)
        side = (np.exp(-(away - 0.5) / scale) - np.exp(-(away + 0.5) / scale)) / 2
        middle, beyond = 1 - math.exp(-0.5 / scale), math.exp(-30.5 / scale)
        expected = np.array([*side[::-1], middle, *side, beyond])
        assert expected.sum() == pytest.approx(1)
        np.testing.assert_allclose(row, 1 + expected * (TOTAL - 62), atol=1.001)


def test_numbers_are_the_same_on_every_machine():
    digest = hashlib.sha256(laplace_frequencies().astype("<i4").tobytes()).hexdigest()
    assert digest == "0aaefc166d481f59c0b7f91dd587c74f41e1a94dcd7490e08616507e1b1811e5"


def test_what_is_shared_can_not_be_changed():
    assert laplace_frequencies(2) is laplace_frequencies(2)
    with pytest.raises(ValueError, match="read-only"):
        laplace_frequencies(2)[0, 0] = 1


@pytest.mark.parametrize("how", [(0,), (3, 0, 1), (3, 2, 1), (3, -1, 1)])
def test_other_scales_are_refused(how):
    with pytest.raises(ValueError, match="give `0 < smallest <= largest`"):
        laplace_scales(*how)


@pytest.mark.parametrize("reach", [-1, 32768])
def test_rows_have_a_width(reach):
    with pytest.raises(ValueError, match="`reach` should be from 0 to 32767"):
        laplace_frequencies(2, reach=reach)
