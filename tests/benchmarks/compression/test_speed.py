"""The profile of a codec: parts without those that they call, and nothing stays watched."""

import time

import pytest

from benchmarks.compression import speed
from benchmarks.compression.speed import PARTS, Stopwatch, watched


def test_a_part_is_counted_without_those_that_it_calls():
    watch = Stopwatch()
    inner = watch.wrapped("inner", lambda: time.sleep(0.03))

    def steps():
        for number in range(2):
            inner()
            time.sleep(0.01)
            yield number

    assert list(watch.wrapped("outer", steps)()) == [0, 1]
    assert watch.seconds["inner"] == pytest.approx(0.06, abs=0.02)
    assert watch.seconds["outer"] == pytest.approx(0.02, abs=0.015)


def test_nothing_stays_watched():
    before = [getattr(place, name) for places in PARTS.values() for place, name in places]
    with watched():
        assert before[0] is not speed.source.Source.frames
    after = [getattr(place, name) for places in PARTS.values() for place, name in places]
    assert all(one is other for one, other in zip(before, after, strict=True))
