"""What the page says of segmentation: aims are of what was measured, and of nothing else."""

import json

import pytest

from benchmarks import writing
from benchmarks.segmentation import figures, people

KNOWN = {"date": "2026-01-01", "machine": {"cpu": "x", "cores": 2}, "scenes": 4, "frames": 40}
PARTS = {"clips": ["a", "b", "c"], "parts": {"reporting": ["b"], "choosing": ["a", "c"]}}


def row(camera, who, overlap, edges=0.5, flips=2.0):
    """Returns a row of means."""
    numbers = {"IoU": overlap, "boundary F": edges, "flips x1000": flips, "CPU ms": 5.0}
    return {"video": "mean", "camera": camera, "who": who, "scene": None, **numbers}


@pytest.fixture
def results(monkeypatch, tmp_path):
    """A function that writes results into an empty folder of them."""
    for module in (writing, figures):
        monkeypatch.setattr(module, "RESULTS", tmp_path)

    def write(*rows, name=figures.OURS, **more):
        found = {**KNOWN, **PARTS, **more, "rows": rows}
        (tmp_path / f"{name}.json").write_text(json.dumps(found), encoding="utf-8")
        return tmp_path

    return write


def test_what_was_not_measured_has_no_section_and_no_aim(results):
    assert figures.aims() == [] and figures.section() == ""


@pytest.mark.parametrize(("still", "moving", "met"), [(0.8, 0.65, True), (0.799, 0.649, False)])
def test_each_camera_has_an_aim_of_its_own(results, still, moving, met):
    results(
        row("still", figures.OURS, still),
        row("moving", figures.OURS, moving),
        row("still", "KNN", 0.591),
        row("still", "KNN", 0.1) | {"video": "mean, choosing"},
    )
    assert [(aim.aim, aim.met) for aim in figures.aims()] == [
        ("0.80 at least", met),
        ("0.65 at least", met),
    ]
    text = figures.section().replace("\n", " ")
    assert f"| still | **{figures.OURS}** | {still:.3f} | 0.500 | 2.00 | 5.0 |" in text
    assert text.count("| still | KNN |") == 1
    assert "1 of 3 videos that nothing was trained on, the half that chose nothing" in text


@pytest.mark.parametrize(
    ("numbers", "missed"),
    [
        ((0.89, 0.51, 1.9), ""),
        ((0.88, 0.51, 1.9), "IoU"),
        ((0.95, 0.5, 1.9), "boundary F"),
        ((0.95, 0.51, 2.0), "flips x1000"),
    ],
)
def test_the_game_is_held_against_the_same_network_without_it(results, numbers, missed):
    results(row("still", figures.OURS, *numbers), row("still", figures.WITHOUT, 0.9))
    short = [aim.of for aim in figures.aims() if not aim.met]
    assert short == ([f"the game, still camera: {missed}"] if missed else [])
    assert len(figures.aims()) == 4


def test_the_picture_is_shown_where_it_is(results):
    folder = results(row("still", figures.OURS, 0.9))
    link = f"(results/{figures.OURS}.png)"
    assert link not in figures.section()
    (folder / f"{figures.OURS}.png").touch()
    assert link in figures.section()


@pytest.mark.parametrize(
    ("overlap", "flips", "spent", "missed"),
    [(0.95, 0.6, 8.0, []), (0.94, 0.7, 8.1, ["IoU", "flips x1000", "CPU ms"])],
)
def test_people_have_aims_on_real_clips(results, overlap, flips, spent, missed):
    numbers = {"IoU": overlap, "boundary F": 0.5, "flips x1000": flips, "CPU ms": spent}
    rows = [
        {"video": "mean", "set": which, "who": who, "scene": None} | (numbers | change)
        for which, who, change in (
            (people.CLIPS, people.OURS, {"CPU ms": 99.0}),
            (people.CLIPS, figures.LITERT, {"IoU": 0.5}),
            (people.CLIPS, "MediaPipe, selfie", {}),
            (people.COMPOSITES, people.OURS, {"IoU": 0.1}),
        )
    ]
    results(*rows, name=people.OURS, people=["a"], grounds=["x", "y"])
    short = [aim.of for aim in figures.aims() if not aim.met]
    assert short == [f"{people.OURS}, real clips: {what}" for what in missed]
    text = figures.section().replace("\n", " ")
    assert f"| real clips | **{people.OURS}** | {overlap:.3f} | 0.500 | {flips:.2f} |" in text
    assert "favours MediaPipe" in text and "### Moving things" not in text
    assert f"(results/{people.OURS}.png)" not in text


def test_the_game_is_held_against_its_twin_on_both_sets_of_people(results):
    numbers = {"IoU": 0.96, "boundary F": 0.9, "flips x1000": 0.5, "CPU ms": 1.0}
    rows = [
        {"video": "mean", "set": which, "who": who, "scene": None} | numbers | change
        for which, change in ((people.CLIPS, {}), (people.COMPOSITES, {"flips x1000": 0.4}))
        for who, change in ((people.OURS, {}), (figures.WITHOUT, {"boundary F": 0.8} | change))
    ]
    results(*rows, name=people.OURS, people=["a"], grounds=["x", "y"])
    short = [aim.of for aim in figures.aims() if not aim.met]
    assert short == [
        f"the game, people, {people.CLIPS}: flips x1000",
        f"the game, people, {people.COMPOSITES}: flips x1000",
    ]
