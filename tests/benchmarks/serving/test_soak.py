"""How the soak counts: quantiles, and memory at first and at last."""

import threading

from benchmarks.serving.soak import Tally, each_minute, grown, quantile, together


def test_quantiles_are_milliseconds_of_requests_that_there_were():
    seconds = [number / 1000 for number in range(100, 0, -1)]
    assert quantile(seconds, 0.5) == 51 and quantile(seconds, 0.99) == 100
    assert quantile([0.25], 0.99) == 250


def test_memory_is_that_of_the_second_tenth_and_of_the_last():
    name = 'bytes{model="a",version="1"}'
    memory = [(at, {name: 900.0 if at < 10 else 100.0 + at, "bytes": 5.0}) for at in range(101)]
    mine, own = grown(memory)
    assert mine == {"process": "a", "MB at first": 115, "MB at last": 195, "MB at most": 900}
    assert own["process"] == "the server itself" and own["MB at last"] == 5


def test_a_process_that_is_started_anew_counts_for_nothing():
    memory = [(at, {'b{model="a"}': 0.0 if at % 10 < 7 else 100.0}) for at in range(101)]
    (row,) = grown(memory)
    assert row == {"process": "a", "MB at first": 100, "MB at last": 100, "MB at most": 100}
    assert each_minute(memory) == {"a": [100, 100]}
    (row,) = grown([(at, {"b": 100.0 if at < 50 else 0.0}) for at in range(101)])
    assert row["MB at last"] is None


def test_memory_is_told_minute_by_minute():
    memory = [(at, {"bytes": 100.0 + at // 60, 'b{model="a"}': 7.4}) for at in range(0, 180, 2)]
    assert each_minute(memory) == {"the server itself": [100, 101, 102], "a": [7, 7, 7]}


def test_what_is_wrong_is_kept_with_its_kind():
    tally = Tally()
    tally.add("good", seconds=1.0)
    tally.add("good", "another answer", 2.0)
    assert tally.counts == {"good": 2} and tally.seconds["good"] == [1.0, 2.0]
    assert tally.wrong == ["good: another answer"]


def test_calls_are_made_at_once():
    met, found = threading.Barrier(3, timeout=10), []
    together([lambda: found.append(met.wait())] * 3)
    assert sorted(found) == [0, 1, 2]
