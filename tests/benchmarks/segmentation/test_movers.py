"""Rivals that find what moves: a square over a texture, before a camera that stands or pans."""

import cv2
import numpy as np
import pytest
from moving import texture

from benchmarks.segmentation import movers
from benchmarks.segmentation.measures import overlap

SIDE, FRAMES = 96, 12


def film(pan):
    """Returns a bright square that goes right over a ground that goes left, and its masks."""
    video = texture(FRAMES, SIDE, (-pan, 0.0))[0]
    masks = np.zeros(video.shape[:3], bool)
    for number in range(FRAMES):
        masks[number, 30:54, 8 + 4 * number : 32 + 4 * number] = True
    inside = texture(1, 24, seed=1)[0, 0] // 2 + 128
    for frame, mask in zip(video, masks):
        frame[mask] = inside.reshape(-1, 3)
    return video, masks


@pytest.fixture
def rivals(monkeypatch, capsys):
    """The rivals without OpenCV's further modules."""
    monkeypatch.delattr(cv2, "bgsegm", raising=False)
    found = movers.movers()
    assert "left out, for want of opencv-contrib-python-headless: GSOC" in capsys.readouterr().out
    return found


def test_what_stands_is_no_foreground_before_a_camera_that_stands(rivals):
    video = np.repeat(texture(1, SIDE)[0], FRAMES, axis=0)
    assert len(rivals) == 4
    for rival in rivals.values():
        masks = rival(video)
        assert masks.shape == video.shape[:3] and masks.dtype == bool
        assert not masks[6:].any()


def test_those_that_know_of_the_camera_find_the_square_before_one_that_pans(rivals):
    video, masks = film(2.0)
    found = {name: overlap(rival(video)[4:], masks[4:]) for name, rival in rivals.items()}
    assert found["flow less homography"] > 0.4 > 2 * max(found["MOG2"], found["KNN"])
    assert found["mean along homography"] > max(found["MOG2"], found["KNN"])


def test_the_camera_is_followed():
    first, second = (movers._grey(frame) for frame in texture(2, SIDE, (3.0, -2.0))[0])
    motion = movers.homography(first, second)
    np.testing.assert_allclose(motion, [[1, 0, 3], [0, 1, -2], [0, 0, 1]], atol=0.2)
    flat = np.zeros((SIDE, SIDE), "uint8")
    np.testing.assert_array_equal(movers.homography(flat, flat), np.eye(3))


def test_shadows_are_no_foreground():
    levels = iter((255, 127, 0))
    model = type("Model", (), {"apply": lambda self, frame: np.full((2, 2), next(levels))})
    made = movers.modelled(np.zeros((3, 2, 2, 3), "uint8"), model)
    assert made.all((1, 2)).tolist() == [True, False, False]
    assert made.any((1, 2)).tolist() == [True, False, False]


def test_gsoc_is_there_with_its_module(monkeypatch):
    module = type("Module", (), {"createBackgroundSubtractorGSOC": None})
    monkeypatch.setattr(cv2, "bgsegm", module, raising=False)
    assert list(movers.movers())[:3] == ["MOG2", "KNN", "GSOC"]


def test_the_median_takes_specks_and_fills_holes():
    masks = np.zeros((1, 20, 20), bool)
    masks[0, 5:15, 5:15] = True
    spoilt = masks.copy()
    spoilt[0, 10, 10], spoilt[0, 1, 1] = False, True
    inner = movers.median(spoilt)[0] != masks[0]
    assert not inner[7:13, 7:13].any() and not inner[:3, :3].any() and inner.sum() < 16
