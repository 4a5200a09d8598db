"""What is measured of several workers: medians, and bytes that one worker does not send."""

import pytest

from benchmarks.training import figures, workers


def test_a_row_is_of_the_middle_step():
    made = workers.row(2, 8, [0.1, 0.2, 0.4], 2_000_000, 4_100_000)
    assert (made["ms a step"], made["clips/s"], made["clips of each"]) == (200.0, 40.0, 4)
    assert (made["MB summed a step"], made["MB sent a step"]) == (2.0, 4.1)
    assert 100 < made["from"] < 200 < made["to"] < 400
    alone = workers.row(1, 8, [0.1], 2_000_000, 77)
    assert alone["MB summed a step"] == alone["MB sent a step"] == 0


def test_addresses_are_of_this_machine_and_differ():
    found = workers.addresses(3).split(",")
    assert len(set(found)) == 3 and all(each.startswith("localhost:") for each in found)


def test_the_page_says_how_loaded_the_machine_was(monkeypatch):
    rows = [workers.row(count, 8, [0.1], 10**6, 10**6) for count in (1, 2)]
    made = {"rows": rows, "claim": "Steps", "machine": {"cores": 2, "load before": 21.4}}
    monkeypatch.setattr(figures, "on_stacks", lambda name: [name])
    monkeypatch.setattr(figures, "loaded", lambda name: made)
    monkeypatch.setattr(figures, "source", lambda script, name: script)
    text = "\n".join(figures._workers())
    assert "was 21.4 before" in text and "| 2 | 4 | 100.0 |" in text
    monkeypatch.setattr(figures, "on_stacks", lambda name: [])
    assert figures._workers() == [], "nothing was measured yet"


@pytest.mark.slow
def test_two_workers_are_measured(capsys):
    made = workers.measure(2, 2, 4)
    assert made["MB summed a step"] > 1 and made["MB sent a step"] > made["MB summed a step"]
