"""Which masks are measured, from which frame on, and which of a rival's two are kept."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.segmentation import moving
from benchmarks.segmentation.scenes import Scene

FRAMES = 12
VIDEO = np.zeros((FRAMES, 16, 16, 3), "uint8")
MASK = np.zeros((FRAMES, 16, 16), bool)
MASK[:, 4:12, 4:12] = True


def test_all_run_from_the_first_frame_and_are_measured_from_the_tenth(monkeypatch):
    seen = []

    def rival(video):
        """Is wrong until the tenth frame, and right but for a speck from there on."""
        seen.append(len(video))
        made = MASK[: len(video)].copy()
        made[: moving.FIRST] = True
        made[moving.FIRST :, 0, 8] = True
        return made

    drawn = []

    def two(path, camera, count, frames):
        drawn.append((camera, count, frames))
        return [Scene(VIDEO, MASK)] * count

    monkeypatch.setattr(moving, "scenes", two)
    rows = moving.rows_of(Path("v.mp4"), 2, FRAMES, {"r": rival}, {"n": lambda video: MASK})
    assert drawn == [(camera, 2, FRAMES) for camera in ("still", "moving")]
    assert [(row["camera"], row["scene"]) for row in rows[::3]] == [
        (camera, number) for camera in ("still", "moving") for number in (0, 1)
    ]
    assert [row["who"] for row in rows[:3]] == ["r", "r, median 5x5", "n"]
    assert seen == [moving.WARM, FRAMES] * 4
    raw, smoothed, network = rows[:3]
    assert raw["IoU"] == pytest.approx(64 / 65) and network["IoU"] == 1
    # The median takes the speck, and rounds the corners.
    assert smoothed["IoU"] == pytest.approx((64 - 4 * 3) / 64) and network["flips x1000"] == 0
    assert smoothed["CPU ms"] >= raw["CPU ms"]


def test_a_rival_keeps_what_is_better_where_it_may_choose():
    values = {"p": (0.5, 0.9), "p, median 5x5": (0.6, 0.1), "q": (0.5, 0.1), "n": (0.1, 0.1)}
    values["q, median 5x5"] = (0.4, 0.9)
    rows = [
        {"video": video, "who": who, "IoU": value}
        for who, pair in values.items()
        for video, value in zip("ab", pair)
    ]
    kept = moving.the_better(rows, ["a"])
    assert sorted({row["who"] for row in kept}) == ["n", "p, median 5x5", "q"]
    assert len(kept) == 6
    assert moving.the_better(rows, []) == rows
