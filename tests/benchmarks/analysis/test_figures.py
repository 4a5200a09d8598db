"""What the page says of analysis: of the half that reports, and of what was measured."""

import pytest

from benchmarks.analysis import figures

KNOWN = {"date": "2026-01-01", "machine": {"cpu": "x", "cores": 2}, "films": 3, "frames": 9}
KNOWN |= {"clips": ["a", "b"], "parts": {"reporting": ["b"], "choosing": ["a"]}}


def row(part, who, score, speed=2000.0, flashes=0):
    numbers = {"F1": score, "cuts found": 1.0, "gradual found": 0.5, "decoys taken": 3}
    numbers |= {"false": 1, "frames/CPU-s": speed, "of cuts": 4, "of gradual": 2, "of decoys": 5}
    numbers |= {"flashes taken": flashes, "of flashes": 2}
    return {"part": part, "who": who, "thresholds": "0.5", **numbers}


@pytest.fixture
def results(written_results):
    return lambda *rows: written_results(figures.OURS, *rows, **KNOWN)


def test_what_was_not_measured_has_no_section_and_no_aim(results):
    assert figures.aims() == [] and figures.section() == ""


@pytest.mark.parametrize(
    ("numbers", "met"),
    [((0.93, 1500.0, 0), [True] * 3), ((0.929, 1499.0, 1), [False] * 3)],
)
def test_aims_are_of_the_half_that_reports(results, numbers, met):
    results(row("reporting", figures.OURS, *numbers), row("choosing", figures.OURS, 0.1, 1.0, 9))
    assert [aim.met for aim in figures.aims()] == met


def test_each_finder_has_a_line(results):
    results(row("reporting", figures.OURS, 0.9), row("reporting", "other", 0.8))
    text = figures.section().replace("\n", " ")
    assert f"| **{figures.OURS}** | 0.900 | 1.000 | 0.500 | 3 | 0 | 1 | 2000 |" in text
    assert "| other | 0.800 |" in text and "4 cuts, 2 dissolves" in text
    assert "5 decoys. Of these 2 are flashes" in text
