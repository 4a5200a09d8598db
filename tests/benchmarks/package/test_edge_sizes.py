"""A small stylizer is exported and timed; the rows are what was timed, in turns."""

import itertools
from pathlib import Path

import numpy as np
import pytest

from benchmarks.package import edge_sizes
from tfvgan.networks import StylizerGenerator
from tfvgan.tasks.stylization import Stylizer

SIZE = (16, 24)


class Here:
    """A worker that is this process."""

    def submit(self, function, *arguments):
        self.made = function(*arguments)
        return self

    def result(self):
        return self.made


@pytest.fixture
def toy(monkeypatch):
    network = StylizerGenerator(width=8, depth=1)
    network.build()
    model = Stylizer(network, edge=SIZE)
    monkeypatch.setattr(edge_sizes, "model_at", lambda name, size: (model, "stylize_frame"))


@pytest.mark.slow
def test_a_model_is_exported_and_timed(toy, monkeypatch):
    workers = dict.fromkeys(itertools.product(edge_sizes.SIDES, edge_sizes.THREADS), Here())
    rows = edge_sizes.measure("toy", SIZE, workers, 2)
    assert [(row["from"], row["threads"]) for row in rows] == [("24x16", 1), ("24x16", 2)]
    assert all(value > 0 for row in rows for key, value in row.items() if key.endswith(" ms"))
    assert rows[0]["dynamic kB"] < rows[0]["float32 kB"]


@pytest.mark.slow
def test_both_sides_make_the_same_frame(toy, tmp_path):
    edge_sizes.in_tensorflow.cache_clear()
    files, example = edge_sizes.exported("toy", SIZE, tmp_path)
    expected = edge_sizes.in_tensorflow("toy", SIZE)()
    edge_sizes.in_tensorflow.cache_clear()
    for threads in edge_sizes.THREADS:
        made = edge_sizes.in_litert(files["float32"], threads)(**example)
        assert made.keys() == expected.keys()
        np.testing.assert_allclose(made["frame"], expected["frame"], atol=1e-4)


def test_each_side_has_its_process(monkeypatch, tmp_path):
    class Worker(Here):
        def __init__(self):
            self.asked = set()

        def submit(self, function, *arguments):
            self.asked.add((function.__name__, *arguments[:2]))
            self.made = (1, 1)
            return self

    files = {which: str(tmp_path / which) for which in edge_sizes.QUANTIZATIONS}
    for path in files.values():
        Path(path).write_bytes(bytes(1000))
    monkeypatch.setattr(edge_sizes, "exported", lambda name, size, folder: (files, {}))
    workers = {pair: Worker() for pair in itertools.product(edge_sizes.SIDES, edge_sizes.THREADS)}
    rows = edge_sizes.measure("toy", SIZE, workers, 1)
    assert [row["float32 kB"] for row in rows] == [1, 1]
    for threads in edge_sizes.THREADS:
        assert workers["TensorFlow", threads].asked == {("time_tensorflow", "toy", SIZE)}
        for which, path in files.items():
            assert workers[which, threads].asked == {("time_litert", path, threads)}


def test_sides_take_turns():
    called = []
    sides = {
        side: lambda side=side: called.append(side) or (len(called), 0.5) for side in ("a", "b")
    }
    seconds = edge_sizes.answers_in_turns(sides, 3, warmup=1)
    assert called == list("abababab")
    assert seconds == {"a": [(n, 0.5) for n in (3, 5, 7)], "b": [(n, 0.5) for n in (4, 6, 8)]}


def test_a_frame_is_the_mean_of_some_after_one_more(monkeypatch):
    called = []
    clock = itertools.count(step=6)
    monkeypatch.setattr(edge_sizes.time, "perf_counter", lambda: next(clock))
    monkeypatch.setattr(edge_sizes.time, "process_time", lambda: 2 * len(called))
    assert edge_sizes.timed(lambda: called.append(1)) == (2, 2)
    assert len(called) == 4


def test_rows_hold_medians_and_the_ratios_of_rounds():
    times = {
        "TensorFlow": [(0.010, 0.010), (0.020, 0.010), (0.040, 0.010)],
        "float32": [(0.005, 0.008), (0.005, 0.008), (0.005, 0.008)],
        "dynamic": [(0.001, 0.002), (0.002, 0.002), (0.008, 0.002)],
    }
    seconds = {(side, n): times[side] for side in times for n in edge_sizes.THREADS}
    row = edge_sizes.rows_of("toy", SIZE, seconds, {"float32": 4.0, "dynamic": 1.0})[0]
    assert row["TensorFlow ms"] == pytest.approx(20)
    assert row["TensorFlow least ms"] == pytest.approx(10)
    assert row["float32 ratio"] == pytest.approx(0.25)
    assert row["dynamic ratio"] == pytest.approx(0.1)
    assert row["float32 CPU ratio"] == pytest.approx(0.8)
