"""What a search costs: made-up libraries, what both sides are asked, what faiss says."""

import sys

import numpy as np
import pytest

from benchmarks.retrieval import searching
from tfvgan.library.embedding import Vectors
from tfvgan.library.match import similarity


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(searching, "WINDOWS", 20)


def test_films_drift(few):
    one, other = searching.films(2)
    assert one.numbers.shape == (20, 64) and one.numbers.dtype == np.int8
    own, strange = similarity(one.numbers, one.numbers), similarity(one.numbers, other.numbers)
    np.testing.assert_allclose(np.diag(own), 1, atol=0.02)
    assert 0.8 < own.mean() < 0.99 and abs(strange).max() < 0.8


def test_the_nearest_come_first():
    held = np.eye(64, dtype=np.float32)[:40] * np.arange(40, dtype=np.float32)[:, None]
    found = searching.nearest(np.ones((1, 64), np.float32), held)
    assert found.tolist() == [list(range(39, 23, -1))]


def test_the_step_is_the_one_of_a_search(few, monkeypatch):
    monkeypatch.setattr(searching.importlib.util, "find_spec", lambda name: None)
    videos = searching.films(9)
    functions, equal = searching.ways(videos, Vectors(videos[4].times, videos[4].numbers))
    assert set(functions) == {(searching.STEP, "numpy"), (searching.TOP, "numpy")} and not equal
    near, most = functions[searching.STEP, "numpy"]()
    assert most.argmax() == 4 and near.shape == (20,)
    assert functions[searching.TOP, "numpy"]().shape == (20, 16)


def test_faiss_says_the_same(few, monkeypatch):
    pytest.importorskip("faiss")
    videos = searching.films(60)
    asked = Vectors(videos[4].times, videos[4].numbers)
    functions, equal = searching.ways(videos, asked)
    assert equal[searching.STEP, searching.FLAT] == equal[searching.TOP, searching.FLAT] == 1
    assert 0.3 < equal[searching.TOP, searching.IVF] <= 1 and len(functions) == 5


def test_a_library_is_read_from_files(few):
    wall, worked = searching.reading(100)
    assert wall > 0 and worked > 0


def test_medians_leave_out_the_first(monkeypatch):
    passed, spent = [0.0], iter([100.0, 1.0, 4.0, 2.0])
    monkeypatch.setattr(searching.time, "perf_counter", lambda: passed[0])
    monkeypatch.setattr(searching, "cpu", lambda: passed[0] / 2)

    def work():
        passed[0] += next(spent)

    assert searching.timed({"x": work}, 3) == {"x": [2.0, 1.0]}


def test_rows_name_what_was_asked(few, monkeypatch):
    monkeypatch.setattr(searching.importlib.util, "find_spec", lambda name: None)
    rows = searching.rows_of(200, 1)
    assert [(row["windows"], row["who"]) for row in rows] == [(n, "numpy") for n in (1, 1, 20, 20)]
    assert all(row["ms"] > 0 and row["equal"] is None for row in rows)


def test_the_script_goes_on_with_one_thread(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["searching.py"])
    for name in searching.ONE:
        monkeypatch.delenv(name, raising=False)

    def start(program, words, variables):
        assert words == [program, "searching.py"]
        assert all(variables[name] == "1" for name in searching.ONE)
        raise SystemExit(7)

    monkeypatch.setattr(searching.os, "execve", start)
    with pytest.raises(SystemExit, match="7"):
        searching.main()
