"""What the page says of styles: aims are of what was measured, and of nothing else."""

import json

import pytest

from benchmarks import writing
from benchmarks.stylization import figures

KNOWN = {"date": "2026-01-01", "machine": {"cpu": "x", "cores": 2}, "clips": ["v"], "frames": 2}


def row(who, error, sharpness, **more):
    """Returns a row of means."""
    numbers = {"warping error": error / 1000, "tOF": 0.1, "sharpness": sharpness, "LPIPS": 0.1}
    return {"video": "mean", "who": who, **numbers, **more}


def styles(ours):
    """Returns rows of a style, and that it is ours."""
    far = {"style": "ink", "PSNR": 20.0, "Gram": 0.2}
    nothing = {"PSNR": None, "LPIPS": None, "Gram": None}
    rows = [row("source", 0.1, 9.0) | {"style": "", **nothing}]
    rows += [row("filter", 3.0, 10.0) | {"style": "ink", **nothing}]
    return [*rows, row("without temporal terms", 2.0, 10.0, **far), ours | far]


@pytest.fixture
def results(monkeypatch, tmp_path):
    """A function that writes results into an empty folder of them."""
    for module in (writing, figures):
        monkeypatch.setattr(module, "RESULTS", tmp_path)

    def write(name, rows, **facts):
        found = {**KNOWN, "rows": rows, **facts}
        (tmp_path / f"{name}.json").write_text(json.dumps(found), encoding="utf-8")

    return write


def test_what_was_not_measured_has_no_figure_and_no_aim(results):
    assert figures.aims() == []
    text = figures.section()
    assert text.startswith("## Stylization\n") and "results/" not in text


@pytest.mark.parametrize(
    ("error", "sharpness", "lpips", "missed"),
    [
        (0.8, 9.5, 0.105, ""),
        (0.9, 9.5, 0.1, "flicker"),
        (0.7, 9.4, 0.1, "sharpness"),
        (0.7, 9.6, 0.106, "LPIPS to the filter"),
    ],
)
def test_a_style_is_held_against_itself_without_temporal_terms(
    results, error, sharpness, lpips, missed
):
    results("styles", styles(row("style_ink", error, sharpness) | {"LPIPS": lpips}))
    short = [aim.of for aim in figures.aims() if not aim.met]
    assert short == ([f"style_ink: {missed}"] if missed else [])
    text = figures.section()
    line = next(line for line in text.splitlines() if "**style_ink**" in line)
    assert f"| {error:.2f} | 0.100 | {sharpness:.1f} | {10 * sharpness:.0f} % | 20.000 |" in line


def test_without_a_twin_only_the_published_network_is_the_bound(results):
    rows = styles(row("style_ink", 2.1, 9.0))
    results("styles", [one for one in rows if "without" not in one["who"]])
    (aim,) = figures.aims()
    assert not aim.met and aim.result == "2.10"


@pytest.mark.parametrize(
    ("error", "sharpness", "met"),
    [(0.6, 9.5, [True, True]), (0.7, 9.5, [False, True]), (0.6, 9.4, [True, False])],
)
def test_steady_is_held_against_the_mean_along_the_flow(results, error, sharpness, met):
    rows = [("input", 2.0, 10.0), ("flow-EMA", 0.7, 6.6), ("steady", error, sharpness)]
    rows = [row(*one, **{"kind": "ink", "CPU ms": 5.0}) for one in rows]
    results("steady", rows, unseen=["cv2.stylization"])
    assert [aim.met for aim in figures.aims()] == met
    assert "The training draws none of cv2.stylization." in figures.section().replace("\n", " ")


@pytest.mark.parametrize(
    ("milliseconds", "rate", "size", "met"),
    [(10.0, 30.0, 400.0, [True] * 3), (10.1, 29.9, 400.1, [False] * 3)],
)
def test_speed_and_size_are_those_of_the_best_file(results, milliseconds, rate, size, met):
    rows = [
        {"who": "a", "CPU ms": milliseconds, "kB": 900.0},
        {"who": "b", "CPU ms": 90.0, "kB": size},
        {"who": "cv2.stylization", "CPU ms": 1.0, "kB": None},
    ]
    film = {"size": "640x360", "frames": 9, "frames/s": rate, "CPU ms": 50.0}
    results("styles_speed", rows, film=film, weights=1000)
    assert [aim.met for aim in figures.aims()] == met
    assert "| cv2.stylization | 1.0 |  |" in figures.section()


def test_figures_are_of_the_half_that_reports_and_the_page_says_so(results):
    rows = styles(row("style_ink", 0.8, 9.5))
    chosen = [one | {"video": "mean, choosing", "warping error": 9.9} for one in rows]
    parts = {"reporting": ["a", "c"], "choosing": ["b"]}
    results("styles", rows + chosen, clips=["a", "b", "c"], parts=parts)
    flickering = [row(who, 0.5, 9.0, **{"kind": "ink", "CPU ms": 5.0}) for who in ("input",)]
    results("steady", flickering, unseen=[], clips=["a", "b", "c"], parts=parts)
    text = figures.section().replace("\n", " ")
    half = "2 of 3 videos that nothing was trained on, the half that chose nothing"
    assert f"{half}, 2 frames" in text and f"Scenes of {half}, made to flicker" in text
    assert "9900.00" not in text and text.count("**style_ink**") == 1
