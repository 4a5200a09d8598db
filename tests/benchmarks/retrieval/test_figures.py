"""What the page says of retrieval: aims are of what was measured, and of nothing else."""

import json

import pytest

from benchmarks import writing
from benchmarks.retrieval import figures
from benchmarks.retrieval.edited import EXCERPT, NAMES

KNOWN = {"date": "2026-01-01", "machine": {"cpu": "x", "cores": 2}, "seconds": 6.0, "among": 9}
PARTS = {"clips": ["a", "b", "c"], "parts": {"reporting": ["b"], "choosing": ["a", "c"]}}


def row(edit, who, first=0.5, found=0.25, error=None):
    return {"video": "mean", "edit": edit, "who": who, "R@1": first, "found": found, "error": error}


@pytest.fixture
def results(monkeypatch, tmp_path):
    """A function that writes results into an empty folder of them."""
    monkeypatch.setattr(writing, "RESULTS", tmp_path)

    def write(*rows):
        found = {**KNOWN, **PARTS, "rows": rows}
        (tmp_path / f"{figures.OURS}.json").write_text(json.dumps(found), encoding="utf-8")

    return write


def test_what_was_not_measured_has_no_section_and_no_aim(results):
    assert figures.aims() == [] and figures.section() == ""


@pytest.mark.parametrize(("numbers", "met"), [((0.95, 0.8, 0.5), True), ((0.94, 0.79, 0.6), False)])
def test_aims_are_of_our_means_and_rivals_stand_beside_them(results, numbers, met):
    first, found, error = numbers
    ours = [row(kind, figures.OURS, first, found) for kind in (*NAMES, figures.ALL)]
    theirs = [row(kind, who, 0.125, 0.0) for who in "ZAQ" for kind in (*NAMES, figures.ALL)]
    chosen = row(figures.ALL, "A", 1.0, 1.0) | {"video": "mean, choosing"}
    results(*theirs, *ours, row(EXCERPT, figures.OURS, None, None, error), chosen)
    assert [aim.met for aim in figures.aims()] == [met] * 3
    text = figures.section().replace("\n", " ")
    assert f"| edit | {figures.OURS} | Z | A | Q |" in text  # In the order of the results.
    assert f"| all ten | {first:.3f}, {found:.3f} | 0.125, 0.000 | 0.125, 0.000 |" in text
    assert "1 of 3 videos that nothing was trained on, the half that chose nothing" in text
