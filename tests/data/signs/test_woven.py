"""Two moments woven are found, and fine patterns are none."""

import numpy as np

from tfvgan.data.signs import woven_share

SIDE = 64


def moment(time):
    """Returns a disc on a slope, that moves, float `(SIDE, SIDE)`."""
    y, x = np.mgrid[:SIDE, :SIDE]
    return 60.0 + x / 2 + 120 * (np.hypot(y - 32, x - 16 - 8 * time) < 13)


def woven(time, later=1):
    frame = moment(time)
    frame[later::2] = moment(time + 0.5)[later::2]
    return frame


def test_woven_frames_are_found_and_which_lines_are_earlier():
    assert woven_share(woven(0), woven(1)) > 0.1
    assert woven_share(woven(0, later=0), woven(1, later=0)) < -0.1
    assert abs(woven_share(moment(0), moment(1))) < 0.02


def test_fine_lines_that_move_are_not_woven():
    y, x = np.mgrid[:SIDE, :SIDE]
    bars = [120 + 60 * ((y + x - at) // 32 % 2 * (y % 3 == 0)) for at in (0, 5)]  # Grilles, rails.
    combed = [np.diff(bars[1], 2, axis=axis)[1:-1, 1:-1] for axis in (0, 1)]
    assert np.abs(combed[0]).mean() > 4 * np.abs(combed[1]).mean()
    assert abs(woven_share(*bars)) < 0.02


def test_what_stands_is_not_woven():
    assert woven_share(woven(0), woven(0)) == 0


def test_fine_lines_count_only_where_they_move_alone():
    lines = 60.0 * (np.arange(SIDE) % 2)[:, None] * np.ones(SIDE)
    assert abs(woven_share(moment(0) + lines, moment(1) + lines)) < 0.02
    draws = np.random.default_rng(0)
    noise = [120 + 40 * draws.normal(size=(SIDE, SIDE)) for _ in range(2)]
    assert abs(woven_share(*noise)) < 0.05
