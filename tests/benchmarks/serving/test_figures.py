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

    def write(good=0, bad=0, last=110.0, alive=True, anew=0):
        found = {
            "date": "2026-01-01",
            "machine": MACHINE,
            "minutes": 10.0,
            "alive": alive,
            "restarts": {"a": 1, "b": anew},
            "victim": "a",
            "memory": [
                {"process": "a", "MB at first": 100.0, "MB at last": 900.0, "MB at most": 120.0},
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
        ({"anew": 1}, [3]),
        ({"last": 111}, [4]),
    ],
)
def test_each_aim_is_missed_by_its_own_figure(results, given, missed):
    results(**given)
    assert [place for place, aim in enumerate(figures.aims()) if not aim.met] == missed


def client_row(**given):
    row = {"verb": "restore", "model": "m", "way": "REST", "load": 3.4, "first CPU ratio": 1.5}
    row |= {"local CPU s": 2.0, "CPU s": 2.3, "CPU ratio": 1.15, "wall ratio": 0.9}
    return {**row, "first wall ratio": 1.2, **given}


@pytest.fixture
def of_client(monkeypatch, tmp_path):
    """A function that writes results of a client into an empty folder of them."""
    monkeypatch.setattr(writing, "RESULTS", tmp_path)

    def write(*rows):
        found = {"date": "2026-01-01", "machine": MACHINE, "rows": rows, "rounds": 3, "seeds": 8}
        found |= {"frames": 40, "size": "320x180"}
        (tmp_path / "client.json").write_text(json.dumps(found), encoding="utf-8")

    return write


def test_a_client_that_takes_more_misses_its_aim(of_client):
    of_client(client_row(), client_row(way="gRPC", **{"CPU ratio": 1.16, "first CPU ratio": 1.6}))
    found = [(aim.of, aim.result, aim.met) for aim in figures.aims()]
    assert found == [
        ("`restore` by REST", "1.15 times", True),
        ("`restore` by gRPC", "1.16 times", False),
        ("`restore` by REST", "1.50 times", True),
        ("`restore` by gRPC", "1.60 times", False),
    ]


def test_first_requests_that_were_not_measured_are_no_aim(of_client):
    row = client_row()
    del row["first CPU ratio"], row["first wall ratio"]
    of_client(row)
    assert [aim.result for aim in figures.aims()] == ["1.15 times"]
    text = figures.section()
    assert "| `restore` | m | REST | 2.00 | 2.30 | 1.15 | 0.90 |  |  | 3 |" in text
    assert "40 frames of 320x180" in text and "Soak" not in text


def test_the_section_has_all_rows(results):
    results(good=1)
    text = figures.section()
    assert "| good, REST | 9 | 1 | 12 | 12 |" in text and "| slow | 9 | 0 |  |  |" in text
    assert "| a | 100 | 900 | 120 | 1 |" in text and "| b | 100 | 110 | 120 | 0 |" in text
    assert "the process of a alone" in text
    assert "1 of 9, short" in text
