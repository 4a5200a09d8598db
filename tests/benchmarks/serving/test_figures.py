"""What the page says of serving: aims are of what was measured, and of nothing else."""

import json

import pytest

from benchmarks import writing
from benchmarks.serving import figures

MACHINE = {"cpu": "x", "cores": 2, "load before": 0.5}


def row(requests, wrong=0, time=None):
    return {"requests": requests, "count": 9, "wrong": wrong, "p50 ms": time, "p99 ms": time}


@pytest.fixture
def results(monkeypatch, tmp_path):
    """A function that writes results into an empty folder of them."""
    monkeypatch.setattr(writing, "RESULTS", tmp_path)

    def write(good=0, bad=0, last=110.0, alive=True):
        found = {
            "date": "2026-01-01",
            "machine": MACHINE,
            "minutes": 10.0,
            "alive": alive,
            "restarts": {"a": 1, "b": 2},
            "memory": [
                {"process": "a", "MB at first": 100.0, "MB at last": 90.0, "MB at most": 120.0},
                {"process": "b", "MB at first": 100.0, "MB at last": last, "MB at most": 120.0},
            ],
            "rows": [row("good, REST", good, 12.4), row("slow", bad)],
        }
        (tmp_path / "soak.json").write_text(json.dumps(found), encoding="utf-8")

    return write


def test_what_was_not_measured_has_no_section_and_no_aim(results):
    assert figures.aims() == [] and figures.section() == ""


@pytest.mark.parametrize(
    ("given", "missed"),
    [
        ({}, []),
        ({"good": 1}, [0]),
        ({"bad": 2}, [1]),
        ({"alive": False}, [2]),
        ({"last": 111}, [3]),
    ],
)
def test_each_aim_is_missed_by_its_own_figure(results, given, missed):
    results(**given)
    assert [place for place, aim in enumerate(figures.aims()) if not aim.met] == missed


def test_the_section_has_all_rows(results):
    results(good=1)
    text = figures.section()
    assert "| good, REST | 9 | 1 | 12 | 12 |" in text and "| slow | 9 | 0 |  |  |" in text
    assert "| b | 100 | 110 | 120 |" in text and "started anew 3 times" in text
    assert "1 of 9, short" in text
