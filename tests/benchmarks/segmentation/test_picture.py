"""The picture of hard scenes: of each camera one, of the half that reports, ours beside a rival."""

import sys
from pathlib import Path

import numpy as np
import pytest
from moving import texture
from PIL import Image

from benchmarks.segmentation import picture
from benchmarks.segmentation.moving import OURS, SMOOTHED
from benchmarks.segmentation.scenes import CAMERAS, Scene

VIDEO = texture(12, 32, (1.0, 0.0))[0]
MASK = VIDEO[..., 0] > 127


def results():
    """Returns eleven scenes of a video that reports, and an easier and a harder one that chose."""
    rows = []
    for camera in CAMERAS:
        for number in range(11):
            row = {"video": "b.mp4", "camera": camera, "scene": number}
            rows.append(row | {"who": OURS, "IoU": (3 + number) % 11 / 11})
        rows.append({"video": "a.mp4", "camera": camera, "scene": 0, "who": OURS, "IoU": -1.0})
        for who, value in (("KNN", 0.5), ("KNN" + SMOOTHED, 0.6), (OURS, 0.9), ("other", 0.8)):
            row = {"video": "mean", "camera": camera, "scene": None}
            rows.append(row | {"who": who, "IoU": value})
    parts = {"reporting": ["b.mp4"], "choosing": ["a.mp4"]}
    return {"rows": rows, "parts": parts, "scenes": 11, "frames": 12}


@pytest.mark.parametrize("camera", CAMERAS)
def test_one_scene_in_ten_is_harder(camera):
    assert picture.hard(results(), camera)["scene"] == 9  # The second: that of 1 / 11.


def test_all_is_drawn_of_the_scenes_that_were_measured(monkeypatch, tmp_path, capsys):
    found, asked, drawn = results(), [], []
    strip = picture.plots.film_strip

    def drawing(path, camera, count, frames):
        asked.append((path, camera, count, frames))
        return [Scene(VIDEO // 2, MASK)] * 9 + [Scene(VIDEO, MASK)]

    monkeypatch.setattr(picture, "loaded", lambda name: found)
    monkeypatch.setattr(
        picture, "means", lambda name: [r for r in found["rows"] if r["video"] == "mean"]
    )
    monkeypatch.setattr(picture, "scenes", drawing)
    monkeypatch.setattr(picture, "cut", lambda folder: lambda video: ~MASK)
    monkeypatch.setattr(picture, "movers", lambda: {"KNN": lambda video: MASK})
    monkeypatch.setattr(picture, "median", lambda masks: masks & False)
    monkeypatch.setattr(picture, "RESULTS", tmp_path)
    monkeypatch.setattr(
        picture.plots,
        "film_strip",
        lambda videos, *rest, **how: drawn.append(videos) or strip(videos, *rest, **how),
    )
    monkeypatch.setattr(sys, "argv", ["picture.py", "v", "--model", "m"])
    picture.main()
    assert asked == [(Path("v/b.mp4"), camera, 11, 12) for camera in CAMERAS]
    (videos,) = drawn
    names = ["video", "true", "ours, IoU 0.09 here", "KNN" + SMOOTHED]
    assert list(videos) == [f"{camera} camera: {name}" for camera in CAMERAS for name in names]
    shown = [each[0] for each in list(videos.values())[:4]]
    np.testing.assert_array_equal(shown[0], VIDEO[picture.FIRST :])
    for made, mask in zip(shown[1:], (MASK, ~MASK, MASK & False)):
        np.testing.assert_array_equal(made[..., 1] == 255, mask[picture.FIRST :])
    path = tmp_path / f"{OURS}.png"
    assert capsys.readouterr().out.splitlines() == [f"written: {path}"]
    assert min(Image.open(path).size) > 300
