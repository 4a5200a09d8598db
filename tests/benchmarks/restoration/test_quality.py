import json
from types import SimpleNamespace

import numpy as np
import pytest
from peers import known, wanted

from benchmarks.restoration import quality, rivals
from benchmarks.sets.squares import Degraded


def test_speeds_are_timed_anew_and_nothing_else_changes(monkeypatch):
    rows = [{"task": "x2", "rival": "a", "PSNR": 30.0, "frames/s": 1.0}]
    seen = []
    monkeypatch.setattr(quality, "TASKS", {"x2": lambda real: Degraded(real, None, 2)})
    monkeypatch.setattr(quality, "contenders", lambda task, folder: {"a": seen.append})
    clips = {name: np.full((4, 8, 8, 3), n, "uint8") for n, name in enumerate("abc")}
    (row,) = quality.timed(rows, clips, "models")
    assert row["frames/s"] > 1.0 and {**row, "frames/s": 1.0} == rows[0]
    assert [given.video[0, 0, 0, 0] for given in seen] == [0, 0, 1], "the first one is not timed"


def test_rows_stay_that_were_not_measured_anew():
    before = [{"task": task, "rival": rival} for task in ("x2", "x4") for rival in ("a", "b")]
    rows = [{"task": "x2", "rival": "a"}]
    assert quality.others(before, rows) == before[2:]
    assert quality.others(before, rows, ["a"]) == before[1:]


def test_published_networks_are_rivals_once_they_are_fetched(monkeypatch, tmp_path):
    monkeypatch.setitem(rivals.PEERS, "x2", ("toy_x2", "span_x2"))
    known(monkeypatch, tmp_path)
    given = np.random.default_rng(0).integers(0, 256, (2, 8, 8, 3), "uint8")
    made = quality.contenders("x2", tmp_path, True)
    assert list(made) == ["bicubic", "lanczos", "toy_x2"]
    assert np.abs(made["toy_x2"](Degraded(given, None, 2)).astype(int) - wanted(given)).max() <= 1
    assert "toy_x2" not in quality.contenders("x2", tmp_path)


BEFORE = [
    {"task": "x2", "rival": "a", "PSNR": 30.0, "frames/s": 1.0},
    {"task": "x4", "rival": "a", "PSNR": 25.0, "frames/s": 2.0, "CPU seconds a frame": 0.5},
]


def test_scores_of_now_have_the_speeds_that_were_there():
    rows = [
        {**row, "PSNR": row["PSNR"] + 1, "frames/s": 9.0, "CPU seconds a frame": 9.0}
        for row in BEFORE
    ]
    made = quality.with_speeds(rows[::-1], BEFORE)
    assert made == [{**row, "PSNR": row["PSNR"] + 1} for row in BEFORE[::-1]]
    with pytest.raises(ValueError, match="b has none in x2"):
        quality.with_speeds([{**rows[0], "rival": "b"}], BEFORE)


def test_when_and_where_speeds_were_measured_outlasts_new_scores():
    results = {"rows": BEFORE, "date": "2026-11-26", "machine": {"cpu": "old"}}
    first = quality.since(results, "speeds")
    assert first == {"date": "2026-11-26", "machine": {"cpu": "old"}}
    later = {"rows": BEFORE, "date": "2026-11-30", "machine": {"cpu": "new"}, "speeds": first}
    assert quality.since(later, "speeds") == first


def test_scores_of_other_clips_do_not_stay():
    results = {"rows": BEFORE, "clips": ["a.mp4", "b.mp4"], "frames": 4}
    quality.check_alike(results, BEFORE, ["b.mp4", "a.mp4"], 4)
    quality.check_alike(results, [], ["c.mp4"], 8)
    for clips, frames in ((["a.mp4"], 4), (["a.mp4", "b.mp4"], 8)):
        with pytest.raises(ValueError, match=r"4 frames of a\.mp4, b\.mp4"):
            quality.check_alike(results, BEFORE, clips, frames)


@pytest.mark.parametrize("half", ["", "--scores", "--speeds"])
def test_what_is_not_measured_stays(half, monkeypatch, tmp_path):
    """A run of one task of two, and of one half of the figures."""
    facts = {"date": "2026-11-26", "machine": {"cpu": "old"}, "clips": ["a.mp4"], "frames": 4}
    (tmp_path / "restoration.json").write_text(json.dumps({"rows": BEFORE, **facts}))
    videos = [SimpleNamespace(path="videos/a.mp4")]
    new = {"PSNR": 31.0, "frames/s": 9.0, "CPU seconds a frame": 9.0}
    written = {}
    for name, value in {
        "RESULTS": tmp_path,
        "list_videos": lambda folder: videos,
        "clip": lambda path, frames: np.zeros((frames, 8, 8, 3), "uint8"),
        "contenders": lambda *given: {"a": None},
        "Scores": lambda quick: None,
        "measured": lambda task, name, *given: {"task": task, "rival": name, **new},
        "timed": lambda rows, *given: [{**row, "frames/s": 9.0} for row in rows],
        "report": lambda name, claim, rows, **facts: written.update(facts, rows=rows),
    }.items():
        monkeypatch.setattr(quality, name, value)
    for kind in ("intra", "inter"):
        name = f"set_{kind}_op_parallelism_threads"
        monkeypatch.setattr(quality.tf.config.threading, name, lambda count: None)
    command = ["quality.py", "videos", "--tasks", "x2", "--frames", "4", *half.split()]
    monkeypatch.setattr("sys.argv", command)
    quality.main()
    speeds = [row["frames/s"] for row in written["rows"]]
    assert [row["PSNR"] for row in written["rows"]] == [30.0 + (half != "--speeds"), 25.0]
    assert speeds == {"": [9.0, 2.0], "--scores": [1.0, 2.0], "--speeds": [9.0, 9.0]}[half]
    told = {key: facts[key] for key in ("date", "machine")}
    kept = {"--scores": "speeds", "--speeds": "scores"}.get(half)
    assert {key: written[key] for key in ("scores", "speeds") if key in written} == (
        {kept: told} if kept else {}
    )
