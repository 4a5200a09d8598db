"""What the page says of where long videos are forgotten: a line for each way, of what reports."""

from benchmarks.analysis import forgetting_figures as figures

KNOWN = {"date": "2026-01-01", "machine": {"cpu": "x", "cores": 2}, "clips": ["a", "b"]}
KNOWN |= {"parts": {"reporting": ["b"], "choosing": ["a"]}}


def row(part, who, threshold, score):
    numbers = {"F1": score, "recall": 0.5, "precision": 0.75, "flashes taken": 3, "us a frame": 9.6}
    numbers |= {"frames behind": 4, "of cuts": 7, "of flashes": 5, "threshold": threshold}
    return {"part": part, "who": who, **numbers}


def test_each_way_has_a_line(written_results):
    assert figures.section() == ""
    rows = [row("reporting", figures.OURS, 0.25, 0.9), row("reporting", "other", None, 0.8)]
    rows.append(row("choosing", "other", None, 0.1))
    written_results(figures.NAME, *rows, **KNOWN)
    made = figures.section()
    assert f"| **{figures.OURS}** | 0.25 | 0.900 | 0.500 | 0.750 | 3 | 4 | 10 |" in made
    assert "| other | - | 0.800 |" in made and "0.100" not in made and "7 hard cuts and 5" in made
