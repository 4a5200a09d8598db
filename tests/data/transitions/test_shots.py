"""Shots: of the size asked for, of drawn views alone, fast where the camera is."""

import numpy as np
import pytest
from moving import texture

from tfvgan.data.transitions.shots import CAMERAS, shot

CLIP = texture(9, 64, (1.0, 0.5))[0]


@pytest.mark.parametrize("camera", CAMERAS)
def test_a_shot_is_a_function_of_its_draws(camera):
    one, other, third = (
        shot(np.random.default_rng(seed), CLIP, 30, (27, 48), camera)[0] for seed in (1, 1, 2)
    )
    assert one.shape == (30, 27, 48, 3) and one.dtype == np.uint8
    np.testing.assert_array_equal(one, other)
    assert (one != third).any()


@pytest.mark.parametrize("camera", CAMERAS)
def test_the_camera_is_fast_in_one_stretch_of_a_whip_or_a_zoom_alone(camera):
    for seed in range(6):
        _, fast = shot(np.random.default_rng(seed), CLIP, 40, (9, 16), camera)
        stretches = np.diff(np.concatenate([[0], fast, [0]])).clip(0).sum()
        assert stretches == (camera in ("whip", "zoom"))


def test_a_still_camera_before_a_picture_that_stands_sees_the_same():
    made, _ = shot(np.random.default_rng(0), CLIP[:1], 5, (9, 16), "still")
    assert (made == made[0]).all()


def test_what_is_seen_lies_within_the_colours_of_the_clip():
    flat = np.full((3, 20, 30, 3), (10, 120, 240), np.uint8)
    for camera in CAMERAS:
        made, _ = shot(np.random.default_rng(3), flat, 24, (12, 16), camera)
        assert made.shape == (24, 12, 16, 3) and (made == flat[0, 0, 0]).all()


def test_a_clip_that_is_too_short_turns_back():
    counted = np.stack([np.full((8, 8, 3), 40 * n, np.uint8) for n in range(4)])
    made, _ = shot(np.random.default_rng(1), counted, 24, (4, 4), "still")
    steps = np.abs(np.diff(made[:, 0, 0, 0].astype(int)))
    assert set(steps) <= {0, 40, 80} and made.max() == 120 and made.min() == 0
