"""Scenes that masks are measured on: the same ones again, and nothing moves that is in no mask."""

import numpy as np
import pytest
from moving import texture

from benchmarks.segmentation import scenes
from tfvgan.data.write import write_video

GROUND = texture(1, 40)[0, 0]


def test_a_scene_is_a_function_of_its_key_alone():
    first, again = (scenes.scene(GROUND, ("a.mp4", "still", 0), 4, 32) for _ in range(2))
    for one, other in zip(first, again):
        np.testing.assert_array_equal(one, other)
    assert first.video.shape == (4, 32, 32, 3) and first.video.dtype == np.uint8
    assert first.mask.shape == (4, 32, 32) and first.mask.dtype == bool
    for key in (("b.mp4", "still", 0), ("a.mp4", "moving", 0), ("a.mp4", "still", 1)):
        assert (scenes.scene(GROUND, key, 4, 32).video != first.video).any()


def test_the_camera_is_the_one_asked_for(monkeypatch):
    asked = []

    def composite(draws, video, size, staging):
        asked.append((staging.camera, staging.frozen, video.shape, size))
        masks = np.arange(3, dtype="uint8").reshape(3, 1, 1)
        return type("Made", (), {"video": video, "mask": masks})

    monkeypatch.setattr(scenes, "composite", composite)
    for camera in scenes.CAMERAS:
        made = scenes.scene(GROUND, ("a.mp4", camera, 0), 3, 32)
        assert made.mask.ravel().tolist() == [False, True, True]
    assert asked == [(camera, 1.0, (3, 40, 40, 3), 32) for camera in scenes.CAMERAS]


def test_grounds_are_spread_evenly_over_the_video(tmp_path, monkeypatch):
    monkeypatch.setattr(scenes, "SHORTER", 32)
    levels = np.arange(0, 200, 20, "uint8")
    film = np.zeros((10, 32, 48, 3), "uint8") + levels[:, None, None, None]
    path = write_video(tmp_path / "a.mp4", film, fps=10)
    found = scenes.grounds(path, 2)
    assert [picture.shape for picture in found] == [(32, 48, 3)] * 2
    assert np.abs([picture.mean() for picture in found] - levels[[2, 7]]).max() < 5
    with pytest.raises(ValueError, match="must have 11 frames or more"):
        scenes.grounds(path, 11)
    monkeypatch.setattr(scenes, "scene", lambda ground, key, frames, side: (key, frames, side))
    made = list(scenes.scenes(tmp_path / "a.mp4", "moving", 2, 5, 32))
    assert made == [(("a.mp4", "moving", number), 5, 32) for number in range(2)]
