import numpy as np

from benchmarks.restoration import quality
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
