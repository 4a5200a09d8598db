"""Stamps become times; files put one behind the other, and damaged stamps."""

from fractions import Fraction

import pytest

from tfvgan.streaming.timeline import LEAST, Timeline

STEP = Fraction(1, 10)


def times(stamps, **how):
    timeline = Timeline(STEP, **how)
    stamps = [None if stamp is None else Fraction(stamp, 10) for stamp in stamps]
    found = [timeline(*pair) for pair in with_next_stamp(stamps)]
    return [10 * time for time in found], timeline


def with_next_stamp(stamps):
    return zip(stamps, [*stamps[1:], None])


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
        ([0, 900, 1800, 2700], [0, 900, 1800, 2700]),
        ([0, 1, 931, 932], [0, 1, 931, 932]),
        ([0, 1, -9000, 3, 4], [0, 1, 2, 3, 4]),
        ([0, 1, 10**9, 10**9 + 1], [0, 1, 2, 3]),
    ],
)
def test_stamps_become_times(stamps, expected):
    assert times(stamps)[0] == expected


@pytest.mark.parametrize(
    ("heard", "begin", "told"),
    [
        (50, 0, []),
        (49, 0, []),  # A decoder needs so much.
        (30, 20, []),
        (60, 0, []),
        (None, 0, []),
        (-600, 0, ["65 seconds of sound before it are left out"]),
    ],
)
def test_sound_that_is_heard_first_is_part_of_the_film(heard, begin, told):
    said = []
    heard = None if heard is None else Fraction(heard, 10)
    found, timeline = times([50, 51, None], heard=heard, say=lambda what, time: said.append(what))
    assert found == [begin, begin + 1, begin + 2] and said == told
    assert timeline.follower()(Fraction(5)) == Fraction(begin, 10)


def test_where_all_else_jumps_too_a_step_ahead_is_a_jump():
    asked = []

    def jumped(*stretch):
        asked.append(stretch)
        return True

    assert times([50, 51, 981, 982], jumped=jumped)[0] == [0, 1, 2, 3]
    assert asked == [(Fraction(51, 10), Fraction(981, 10))]


@pytest.mark.parametrize(
    ("lengths", "end"),
    [
        ([4, 50, 12], 66),
        ([None, None, 12], 66),
        ([4, 50, None], 64),  # As long as the one before it, but no more than a second.
        ([4, 0.2, 0.2], 64),  # Lengths that are no truth.
        ([4, 50, 10**9], 64),
    ],
)
def test_the_end_is_when_the_last_frame_goes(lengths, end):
    timeline = Timeline(STEP)
    assert timeline.end is None
    for stamp, length in zip((0, 4, 54), lengths):
        timeline(Fraction(stamp, 10), length=length and Fraction(length) / 10)
    assert 10 * timeline.end == end


def test_what_is_changed_is_told():
    told = []
    times([0, 1, 9999, 3, 4, -100, -99], say=lambda what, time: told.append((what, float(time))))
    assert told == [
        ("a damaged time stamp was left out", 0.2),
        ("a jump of -10.4 seconds in its time stamps was left out", 0.5),
    ]
    times([0, 1, 931], say=lambda what, time: pytest.fail("Nothing was changed."))


def test_what_else_is_in_the_file_jumps_with_the_frames():
    stamps = [*range(100, 200), *range(100, 200), *range(9000, 9010)]
    _, timeline = times(stamps, jumped=lambda begin, end: True)
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
