"""Two moments woven are found, and fine patterns are none."""

import numpy as np

from tfvgan.data.signs import woven_share

SIDE = 64


def moment(time):
    """Returns a disc on a slope, that moves, float `(SIDE, SIDE)`."""
    y, x = np.mgrid[:SIDE, :SIDE]
    return 60.0 + x / 2 + 120 * (np.hypot(y - 32, x - 16 - 8 * time) < 13)


def woven(time):
    frame = moment(time)
    frame[1::2] = moment(time + 0.5)[1::2]
    return frame


def test_woven_frames_are_found():
    assert woven_share(woven(0), woven(1)) > 0.1
    assert woven_share(moment(0), moment(1)) < 0.02


def test_what_stands_is_not_woven():
    assert woven_share(woven(0), woven(0)) == 0


def test_fine_lines_count_only_where_they_move_alone():
    lines = 60.0 * (np.arange(SIDE) % 2)[:, None] * np.ones(SIDE)
    assert woven_share(moment(0) + lines, moment(1) + lines) < 0.02
    draws = np.random.default_rng(0)
    noise = [120 + 40 * draws.normal(size=(SIDE, SIDE)) for _ in range(2)]
    assert woven_share(*noise) < 0.05
