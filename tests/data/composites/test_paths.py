"""Where cameras and things go: still ones do not, others do, and pinned ones keep low."""

import numpy as np
import pytest

from tfvgan.data.composites import paths
from tfvgan.data.composites.paths import FINE


def draws(seed):
    return np.random.default_rng(seed)


def test_a_still_camera_is_still_and_others_move():
    assert paths.still(4).still
    for seed in range(20):
        camera = paths.moving(draws(seed), 8, 100, zoom=1.2)
        assert not camera.still and np.ptp(camera.shift, axis=0).max() > 0.2
        np.testing.assert_array_equal(camera.shift[0], 0)
        assert camera.zoom.min() >= 1.2 - 1e-9 and camera.zoom.max() < 1.4
    assert paths.moving(draws(0), 1, 100).still, "of one frame there is no way"


def test_folding_is_that_of_a_ball_between_walls():
    place = np.array([0, 0.5, 1, 1.5, 2, 3, 4, -1, -1.5])
    np.testing.assert_allclose(
        paths.bounced(place, 1.0), [0, 0.5, 1, 0.5, 0, -1, 0, -1, -0.5], atol=1e-12
    )


def test_things_move_at_first_and_stay_near_the_picture():
    stopped = 0
    for seed in range(40):
        way = paths.way(draws(seed), paths.still(12), 100, 10)
        assert way.place.shape == (12 * FINE, 2) and np.abs(way.place).max() <= 53
        speed = FINE * np.hypot(*np.diff(way.place, axis=0).T)
        assert speed[: 2 * FINE].mean() > 0.3 * 100 * paths.SLOWEST
        assert speed.max() < 1.01 * 100 * paths.FASTEST
        stopped += (speed < 1e-9).sum() > FINE
    assert 3 < stopped < 20


def test_who_is_pinned_keeps_its_lower_border_below_the_picture():
    for seed in range(20):
        camera = paths.moving(draws(seed), 12, 100)
        way = paths.way(draws(seed), camera, 100, 30, pinned=True)
        assert (way.place[:, 1] + 30 * way.scale).min() >= 50 + 100 * paths.LOW - 1e-9


def test_what_is_fixed_goes_as_the_video_does():
    shift = np.array([[0, 0], [3, -2], [5, 1]])
    camera = paths.Camera(np.array([1, 1, 2.0]), np.array([0, 0, np.pi / 2]), shift)
    way = paths.fixed(draws(0), camera, 100)
    place = way.place[::FINE]
    np.testing.assert_allclose(place[1], place[0] - [3, -2])
    right, below = place[0] - [5, 1]
    np.testing.assert_allclose(place[2], [2 * below, -2 * right])
    np.testing.assert_array_equal(way.scale[::FINE], camera.zoom)
    np.testing.assert_allclose(np.diff(way.turn[::FINE]), [0, -np.pi / 2])


@pytest.mark.parametrize("seed", range(4))
def test_light_is_positive_and_varies(seed):
    found = paths.lighting(draws(seed), 16)
    assert found.shape == (16, 3) and found.dtype == np.float32
    assert found.min() > 0.4 and found.max() < 2.5 and np.ptp(found[:, 0]) > 0
