"""The profile of a codec: parts without those that they call, and nothing stays watched."""

import threading
from types import SimpleNamespace

from benchmarks.compression import speed
from benchmarks.compression.speed import PARTS, Stopwatch, watched


def test_a_part_is_counted_without_those_that_it_calls(monkeypatch):
    clock = SimpleNamespace(now=0.0, perf_counter=lambda: clock.now)
    monkeypatch.setattr(speed, "time", clock)
    watch = Stopwatch()

    def passes(seconds):
        clock.now += seconds

    inner = watch.wrapped("inner", lambda: passes(3.0))

    def steps():
        for number in range(2):
            inner()
            passes(1.0)
            yield number

    for _ in watch.wrapped("outer", steps)():
        passes(5.0)  # Between two steps nobody's time passes.
    assert watch.seconds == {"inner": 6.0, "outer": 2.0}


def test_a_part_of_another_thread_is_none_of_those_that_run_here(monkeypatch):
    clock = SimpleNamespace(now=0.0, perf_counter=lambda: clock.now)
    monkeypatch.setattr(speed, "time", clock)
    watch = Stopwatch()

    def passes():
        clock.now += 3.0

    def outer():
        other = threading.Thread(target=watch.wrapped("other", passes))
        other.start()
        other.join()

    watch.wrapped("outer", outer)()
    assert watch.seconds == {"outer": 3.0, "other": 3.0}


def test_nothing_stays_watched():
    before = [getattr(place, name) for places in PARTS.values() for place, name in places]
    with watched():
        assert before[0] is not speed.source.Source.frames
    after = [getattr(place, name) for places in PARTS.values() for place, name in places]
    assert all(one is other for one, other in zip(before, after, strict=True))
