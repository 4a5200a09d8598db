import numpy as np
import pytest

from tfvgan.data.stamps import clock, is_stray, jumps, rate_of, with_next


@pytest.mark.parametrize(
    ("step", "expected"), [(0.1, False), (-0.9, False), (-2, True), (61, True)]
)
def test_jumps(step, expected):
    assert jumps(step) is expected


@pytest.mark.parametrize(
    ("stamps", "expected"),
    [
        ((0, 1000, 0.2), True),
        ((0, -1000, 0.2), True),
        ((0, 90, 180), False),
        ((0, 90, 90.1), False),
        ((9, 0, 0.1), False),
        ((0, 100, 50), False),  # As frames are stored that refer to later ones.
    ],
)
def test_a_damaged_stamp_is_one_that_neighbours_do_not_follow(stamps, expected):
    assert is_stray(*stamps) is expected


def test_each_comes_with_the_next():
    assert list(with_next("abc")) == [("a", "b"), ("b", "c"), ("c", None)]
    assert list(with_next("")) == []


def test_rates():
    tenths = [number / 10 for number in range(10)]
    assert rate_of(tenths, 10.004) == (10.004, False), "stamps are rounded"
    assert rate_of([0.0, 4, 2, 1, 3, 8, 6, 5, 7], 1.0) == (1.0, False), "as frames are stored"
    assert rate_of(tenths[::-1], 25.0) == (pytest.approx(10), False)
    assert rate_of([0.0, None], 25.0) == rate_of([3.0], 25.0) == (25.0, False)
    assert rate_of([0.0, 0.1, 0.9, 1.0], 10.0) == (pytest.approx(3), True)
    assert rate_of([*tenths[:5], 3e5, *tenths[6:]], 10.0) == (10.0, False), "one is damaged"
    assert rate_of([0.0, 0.1, 3e5], 10.0) == (10.0, False)


def test_a_picture_that_stands_counts():
    assert rate_of([90.0 * number for number in range(6)], 25.0) == (pytest.approx(1 / 90), False)
    fps, variable = rate_of([*np.arange(10) / 10, 94.0], 10.0)
    assert fps == pytest.approx(10 / 94) and variable


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0:00.0"), (7.04, "0:07.0"), (59.96, "1:00.0"), (3723.5, "1:02:03.5"), (-1, "0:00.0")],
)
def test_times_are_as_clocks_say_them(seconds, text):
    assert clock(seconds) == text
