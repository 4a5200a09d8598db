"""Which masks are measured, from which frame on, and which of a rival's two are kept."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from benchmarks.segmentation import moving
from benchmarks.segmentation.scenes import Scene
from tfvgan.networks import SegmenterGenerator
from tfvgan.tasks import Segmenter

FRAMES = 12
VIDEO = np.zeros((FRAMES, 16, 16, 3), "uint8")
MASK = np.zeros((FRAMES, 16, 16), bool)
MASK[:, 4:12, 4:12] = True


def segmenter(classes=2):
    """Returns a segmenter to which grey levels are shares."""
    network = SimpleNamespace(classes=classes)
    return SimpleNamespace(generator=network, segment=lambda video: video)


def test_what_is_more_than_half_is_in_the_mask(monkeypatch):
    monkeypatch.setattr(moving, "load_segmenter", lambda folder: segmenter())
    levels = np.repeat(np.array([0, 127, 128, 255], "uint8"), 3).reshape(1, 2, 2, 3)
    assert moving.cut("run")(levels).tolist() == [[[False, False], [True, True]]]
    monkeypatch.setattr(moving, "load_segmenter", lambda folder: segmenter(3))
    with pytest.raises(ValueError, match="`run` must tell two classes apart.*has 3 classes"):
        moving.cut("run")


def test_networks_that_are_not_there_are_left_out_and_named(tmp_path, capsys):
    for name in ("ours", "b"):
        (tmp_path / name).mkdir()
    ours, twin, *others = (tmp_path / name for name in ("ours", "twin", "a", "b"))
    found = moving.networks(ours, twin, others)
    assert found == {moving.OURS: ours, "b": tmp_path / "b"}
    said = capsys.readouterr().out.splitlines()
    assert said == [
        f"left out, for want of {folder}: {name}"
        for folder, name in ((twin, moving.WITHOUT), (tmp_path / "a", "a"))
    ]
    twin.mkdir()
    assert list(moving.networks(ours, twin)) == [moving.OURS, moving.WITHOUT]
    assert capsys.readouterr().out == ""
    assert list(moving.networks(ours)) == [moving.OURS]
    said = capsys.readouterr().out
    assert said == f"left out, for want of --without: {moving.WITHOUT}\n"


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


@pytest.mark.slow
def test_in_litert_masks_are_nearly_the_same(tmp_path):
    """And states go on: a network with a state that is lost makes each frame as the first one."""
    network = SegmenterGenerator(2, 8, 1)
    network.build()
    draws = np.random.default_rng(1)
    network.head.kernel.assign(draws.normal(0, 0.3, network.head.kernel.shape))
    path = Segmenter(network).save(tmp_path / "x.keras")
    video = draws.integers(0, 256, (4, 16, 24, 3)).astype("uint8")[:, :, :16]
    small, whole = (make(path)(video) for make in (lambda at: moving.in_litert(at, 16), moving.cut))
    assert small.shape == whole.shape and small.dtype == bool
    assert (small == whole).mean() > 0.95
