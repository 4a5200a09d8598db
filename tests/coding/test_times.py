"""Times of frames: exact, and few bytes."""

import itertools

import numpy as np
import pytest

from tfvgan.coding.times import MOST_FRAMES, pack_times, read_times
from tfvgan.coding.varints import LARGEST_SIGNED, signed_varint, varint

EVERY_40_MS = range(1000, 5000, 40)
ROUNDED = [round(n * 1001 / 30) for n in range(100)]


@pytest.mark.parametrize(
    "times",
    [
        (0,),
        (-5,),
        (LARGEST_SIGNED,),
        (-LARGEST_SIGNED, LARGEST_SIGNED),
        range(MOST_FRAMES),
        EVERY_40_MS,
        ROUNDED,
        (0, 1, 3),
        (0, 1, 3, 6, 7, 100, 101, 102, 10**9),
        list(itertools.accumulate(n * n % 7919 + 1 for n in range(MOST_FRAMES))),
        np.array([3, 7, 8]),
    ],
)
def test_times_come_back(times):
    assert read_times(pack_times(times) + b"payload") == (tuple(times), b"payload")


def test_a_constant_rate_takes_a_number_of_frames_a_time_and_a_step():
    assert len(pack_times(range(32))) == 3
    assert len(pack_times(EVERY_40_MS)) == 5
    assert len(pack_times([7])) == 2


def test_a_constant_rate_that_is_rounded_takes_a_bit_a_frame():
    assert len(pack_times(ROUNDED)) <= 100 / 8 + 8


def test_runs_take_no_bit_a_frame():
    assert len(pack_times([*range(2000), *range(2010, 4000)])) <= 12


@pytest.mark.parametrize("times", [(), (1, 1), (2, 1), range(MOST_FRAMES + 1)])
def test_other_times_are_refused(times):
    with pytest.raises(ValueError, match="should be of 1 to 4096 frames whose times grow"):
        pack_times(times)


@pytest.mark.parametrize("times", [(-LARGEST_SIGNED - 1, 0), (0, LARGEST_SIGNED + 1)])
def test_times_that_are_too_far_are_refused(times):
    with pytest.raises(ValueError, match="should be within"):
        pack_times(times)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        varint(0),
        varint(2 * (MOST_FRAMES + 1) + 1) + b"\0\1",
        varint(2 * 3 + 1) + b"\0\0",
        varint(2 * 3) + b"\0\0\0\1\1",
        varint(2 * 3) + b"\0\1\1\3",
        varint(2 * 3) + b"\0\1\1\0\1\2",
        varint(2 * 3) + b"\0\1\1",
        varint(2 * 3 + 1) + signed_varint(LARGEST_SIGNED) + b"\1",
        varint(2 * 1 + 1) + varint(2**63 - 1),
    ],
)
def test_bytes_that_are_no_times_are_refused(data):
    with pytest.raises(ValueError):
        read_times(data)


@pytest.mark.parametrize(
    ("times", "data"),
    [
        ((-5,), "0309"),
        (EVERY_40_MS, "c901d00f28"),
        ((0, 1, 3, 4), "080000010102"),
        ((0, 1, 3, 6, 7, 100), "0c000101010201030101015d01"),
    ],
)
def test_bytes_are_known(times, data):
    assert pack_times(times).hex() == data
