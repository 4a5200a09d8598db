"""People over other grounds: exact masks, the same every time; what is not there is named."""

from pathlib import Path
from types import SimpleNamespace

import media
import numpy as np
import pytest
from PIL import Image

from benchmarks.segmentation import ours, people
from benchmarks.segmentation.scenes import Scene
from tfvgan.data.composites import Cutout

SOMEBODY = Cutout(np.full((3, 32, 24, 3), 230, "uint8"), np.full((3, 32, 24), 255, "uint8"), 1)
GROUND = np.arange(5, dtype="uint8")[:, None, None, None] * np.full((5, 48, 56, 3), 9, "uint8")


@pytest.fixture
def ground(tmp_path):
    return Path(media.images(tmp_path / "ground", GROUND))


def test_somebody_is_in_each_scene_and_scenes_are_the_same_again(ground, monkeypatch):
    monkeypatch.setattr(people, "SHORTER", 48)
    found, again = (
        list(people.composites(ground, [SOMEBODY], 3, frames=6, side=32)) for _ in range(2)
    )
    assert len(found) == 3
    for (video, mask), (same, _) in zip(found, again):
        assert video.shape == (6, 32, 32, 3) and mask.shape == (6, 32, 32) and mask.dtype == bool
        assert mask.mean() >= people.LEAST
        np.testing.assert_array_equal(video, same)
    assert (found[0].video != found[1].video).any()


def test_short_grounds_are_played_to_and_fro():
    played = people.to_and_fro(GROUND, 10)[:, 0, 0, 0] // 9
    assert played.tolist() == [0, 1, 2, 3, 4, 3, 2, 1, 0, 1]
    assert people.to_and_fro(GROUND[:1], 3).shape[0] == 3


def test_more_than_half_of_a_pixel_is_somebody(tmp_path):
    alpha = np.zeros((5, 48, 56, 3), "uint8")
    alpha[:, :, :26], alpha[:, :, 26:30] = 255, 120
    paths = (media.images(tmp_path / name, each) for name, each in (("v", GROUND), ("a", alpha)))
    video, mask = people.clip(*paths, frames=4, side=48)
    assert video.shape == (4, 48, 48, 3)
    assert mask[:, :, :22].all() and not mask[:, :, 22:].any()  # Of the square in the middle.


def test_rows_are_of_each_scene_and_network():
    mask = np.zeros((4, 16, 16), bool)
    mask[:, 4:12, 4:12] = True
    scene = Scene(np.zeros((4, 16, 16, 3), "uint8"), mask)
    whose = {"all": lambda video: mask[: len(video)], "none": lambda video: video[..., 0] > 0}
    rows = people.rows_of("v", people.CLIPS, [scene, scene], whose)
    assert [(row["who"], row["scene"], row["IoU"]) for row in rows] == [
        ("all", 0, 1.0),
        ("none", 0, 0.0),
        ("all", 1, 1.0),
        ("none", 1, 0.0),
    ]
    assert all(row["video"] == "v" and row["CPU ms"] >= 0 for row in rows)


def test_what_is_not_there_is_left_out_and_named(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(ours, "cut", lambda folder: "ours")
    monkeypatch.setattr(ours, "in_litert", lambda folder: "small")
    monkeypatch.setattr(people, "by_teacher", lambda path: "theirs")
    given = {"model": str(tmp_path), "without": None, "teacher": []}
    assert people.known(SimpleNamespace(**given)) == {
        people.OURS: "ours",
        ours.LITERT: "small",
    }
    assert capsys.readouterr().out.splitlines() == [
        f"left out, for want of --without: {ours.WITHOUT}",
        "left out, for want of --teacher: MediaPipe",
    ]
    given |= {"model": str(tmp_path / "none"), "teacher": ["x/selfie.tflite"]}
    assert people.known(SimpleNamespace(**given)) == {"MediaPipe, selfie": "theirs"}


def test_scenes_of_any_length_are_drawn(tmp_path):
    scenes = {
        which: Scene(np.zeros((frames, 16, 16, 3), "uint8"), np.zeros((frames, 16, 16), bool))
        for which, frames in ((people.COMPOSITES, 7), (people.CLIPS, 9))
    }
    path = tmp_path / "x.png"
    people.draw(scenes, {"ours": lambda video: video[..., 0] > 0}, path)
    assert min(Image.open(path).size) > 100
