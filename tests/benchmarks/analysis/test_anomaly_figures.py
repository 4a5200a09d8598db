"""What the page says of the anomaly curve: aims are of the means of the scenes that report."""

import pytest

from benchmarks.analysis import anomaly_figures as figures
from benchmarks.analysis.scenes import COVERED, FASTER, KINDS, REVERSED, THING

KNOWN = {"date": "2026-01-01", "machine": {"cpu": "x", "cores": 2}, "clips": ["a", "b"]}
KNOWN |= {"odd": 1.2, "parts": {"reporting": ["b"], "choosing": ["a"]}}


def rows(video, **scores):
    """Returns a scene's rows: of the anomaly curve, and of the cheap ones, whose scores are 0.4."""
    return [
        {"video": video, "kind": kind, "who": who, "AUC": score, "AUC, moving": 0.3}
        | {"AUC, itself": 0.2, "named": 0.6, "false": 0.05}
        for kind in KINDS
        for who in (figures.OURS, *figures.NAMES, "anomaly: fast")
        for score in (scores.get(kind, 1.0) if who == figures.OURS else 0.4,)
    ]


@pytest.fixture
def results(written_results):
    return lambda *rows: written_results(figures.OURS, *rows, **KNOWN)


def test_what_was_not_measured_has_no_section_and_no_aim(results):
    assert figures.aims() == [] and figures.section() == ""


@pytest.mark.parametrize(("scores", "met"), [((0.9, 0.9, 0.85), True), ((0.89, 0.8, 0.84), False)])
def test_aims_are_of_the_mean_of_what_reports(results, scores, met):
    found = dict(zip((REVERSED, FASTER, THING), scores))
    results(*rows("mean", **found), *rows("mean, choosing"), *rows("b"))
    assert [aim.met for aim in figures.aims()] == [met] * 3


def test_each_kind_and_each_video_has_a_line(results):
    results(*rows("mean"), *rows("a"), *rows("b", **{REVERSED: 0.75}))
    text = figures.section()
    assert f"| {REVERSED} | 1.000 | 0.400 | 0.400 | 0.400 | 0.400 |" in text
    assert f"| {REVERSED}, where it moves | 0.300 | 0.300 | 0.300 | 0.300 | 0.300 |" in text
    assert f"| {THING}, by itself | 0.200 | 0.200 | 0.200 | 0.200 | 0.200 |" in text
    assert f"| {COVERED}, by itself | 0.200 |" in text and f"{COVERED}, where" not in text
    assert "threshold of 1.2" in " ".join(text.split()) and f"{THING} 0.60" in text
    assert "| b | 0.75 | 1.00 | 1.00 | 1.00 | 1.00 |" in text and "| a |" not in text
