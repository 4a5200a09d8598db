"""Stamps become times; files put one behind the other, and damaged stamps."""

from fractions import Fraction

import pytest

from tfvgan.streaming.timeline import LEAST, Timeline

STEP = Fraction(1, 10)


def times(stamps):
    timeline = Timeline(STEP)
    found = [timeline(None if stamp is None else Fraction(stamp, 10)) for stamp in stamps]
    return [10 * time for time in found], timeline


@pytest.mark.parametrize(
    ("stamps", "expected"),
    [
        ([50, 51, 53, 60], [0, 1, 3, 10]),
        ([None, None, None], [0, 1, 2]),
        ([7, None, 9], [0, 1, 2]),
        ([0, 1, 2, 0, 1, 2, 3], [0, 1, 2, 2 + 10 * LEAST, 2 + 20 * LEAST, 2 + 30 * LEAST, 3]),
        ([100, 101, 102, 0, 1, 3], [0, 1, 2, 3, 4, 6]),
        ([0, 1, 9999999, 3, 4], [0, 1, 2, 3, 4]),
        ([0, 1, 590, 591], [0, 1, 590, 591]),
    ],
)
def test_stamps_become_times(stamps, expected):
    assert times(stamps)[0] == expected


def test_what_else_is_in_the_file_jumps_with_the_frames():
    _, timeline = times([*range(100, 200), *range(100, 200), *range(9000, 9010)])
    follow = timeline.follower()
    stamps = [99, 150, 201, 98, 150, 199, 8999, 9010]
    assert [10 * follow(Fraction(stamp, 10)) for stamp in stamps] == [
        *(-1, 50, 101), *(98, 150, 199), *(199, 210),
    ]  # fmt: skip


def test_silence_is_no_jump():
    _, timeline = times([*range(0, 2000), *range(0, 2000)])
    follow = timeline.follower()
    stamps = [10, 1900, 20, 1950]
    assert [10 * follow(Fraction(stamp, 10)) for stamp in stamps] == [10, 1900, 2020, 3950]


def test_without_frames_that_say_it_stamps_are_times():
    assert times([None])[1].follower()(Fraction(3)) == 3
