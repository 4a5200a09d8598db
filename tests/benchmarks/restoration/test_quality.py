import numpy as np
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
