"""The ground: a mean of what is held for no thing, that goes along with the camera."""

import numpy as np
import pytest
from keras import ops

from tfvgan.networks.ground import (
    CHANNELS,
    ENTERS,
    OLDEST,
    Movement,
    beside_ground,
    entered,
    movement,
    movements,
    unfolded,
)
from tfvgan.video import LUMA

RNG = np.random.default_rng(0)
COLOURS = RNG.uniform(-1, 1, (1, 8, 12, 3)).astype("float32")
GROUND, THING = np.ones((1, 8, 12, 1), "float32"), np.zeros((1, 8, 12, 1), "float32")


def still(flow=(0, 0)):
    """Returns `Movement` of a camera that moves so, and of nothing beside."""
    camera = np.broadcast_to(np.float32(flow), (1, 8, 12, 2))
    return Movement(camera, 0 * camera, 0 * camera, 0 * camera)


def seen(frames, share=GROUND, flow=(0, 0)):
    """Returns what is kept after frames `(1, 8, 12, 3)`, all held for ground by that share."""
    kept = unfolded(np.zeros((1, 4, 6, 4 * CHANNELS), "float32"), frames[0])
    for frame in frames:
        kept, beside = beside_ground(kept, still(flow), frame)
        kept = unfolded(entered(kept, frame, share), frame)
    return kept, np.asarray(beside)


def test_the_ground_is_the_mean_of_frames():
    frames = RNG.uniform(-1, 1, (5, 1, 8, 12, 3)).astype("float32")
    kept, _ = seen(frames)
    np.testing.assert_allclose(kept.ground, frames.mean(0), atol=1e-5)
    np.testing.assert_allclose(kept.age, 5 / OLDEST, atol=1e-6)
    np.testing.assert_allclose(kept.before, frames[-1] @ LUMA, atol=1e-5)


def test_the_oldest_frames_fade():
    dark, bright = 0 * COLOURS - 0.5, 0 * COLOURS + 0.5
    kept, _ = seen([dark] * 40 + [bright] * 10)
    np.testing.assert_allclose(kept.ground, 0.5 - (1 - 1 / OLDEST) ** 10, atol=1e-4)


def test_what_is_held_for_a_thing_enters_slowly():
    kept, _ = seen([COLOURS] * 40)
    other = -COLOURS
    kept, _ = beside_ground(kept, still(), other)
    made = unfolded(entered(kept, other, THING), other)
    np.testing.assert_allclose(made.ground, COLOURS * (1 - 2 * ENTERS / OLDEST), atol=1e-5)


def test_a_first_frame_that_is_a_thing_is_no_ground_that_others_differ_from():
    kept, _ = seen([COLOURS], THING)
    kept, beside = beside_ground(kept, still(), -COLOURS)
    np.testing.assert_array_equal(kept.ground, -COLOURS)
    assert not np.asarray(beside)[..., :7].any()


def test_what_differs_from_the_ground_is_seen_with_its_sign():
    kept, _ = seen([COLOURS] * 3)
    _, beside = beside_ground(kept, still(), COLOURS + np.float32([0.3, 0, -0.3]))
    np.testing.assert_allclose(
        beside[..., 4:7], np.broadcast_to(np.tanh([2, 0, -2]), COLOURS.shape), atol=1e-3
    )


@pytest.mark.parametrize("far", [1, -2])
def test_the_ground_moves_with_the_camera_and_what_comes_in_is_new(far):
    kept, _ = seen([COLOURS] * 3)
    now = np.roll(COLOURS, far, 2)
    new = np.s_[:, :, :far] if far > 0 else np.s_[:, :, far:]
    now[new] = 0.9
    kept, beside = beside_ground(kept, still((-far, 0)), now)
    np.testing.assert_allclose(kept.ground, now, atol=1e-5)
    assert not np.asarray(kept.age)[new].any()
    np.testing.assert_allclose(np.delete(kept.age, np.arange(12)[new[2]], 2), 3 / OLDEST, atol=1e-6)
    np.testing.assert_allclose(beside[..., 4:7], 0, atol=1e-5)


def test_before_the_first_frame_nothing_was_seen():
    kept = unfolded(np.zeros((1, 4, 6, 4 * CHANNELS), "float32"), COLOURS)
    np.testing.assert_allclose(kept.before, COLOURS @ LUMA, atol=1e-6)
    assert not np.asarray(kept.age).any()


def test_motion_is_the_cameras_and_what_goes_another_way():
    rough = RNG.uniform(-0.6, 0.6, (2, 1, 24, 24, 1)).astype("float32")
    wide, thing = (np.asarray(ops.image.resize(each, (96, 96), "bicubic")) for each in rough)
    before, now = wide[:, :64, :64].copy(), wide[:, 1:65, 2:66].copy()  # The ground goes (-2, -1).
    before[:, 20:44, 20:44], now[:, 20:44, 23:47] = (thing[:, :24, :24],) * 2  # The thing (3, 0).
    made = movement(now, before)
    np.testing.assert_allclose(made.camera, np.broadcast_to([2, 1], (1, 64, 64, 2)), atol=0.1)
    np.testing.assert_allclose(
        np.median(made.own[:, 24:40, 27:43], axis=(1, 2)), [[-5, -1]], atol=0.2
    )
    around = np.asarray(made.own)[:, :12]
    assert np.abs(around).mean() < 0.05 and np.abs(made.mismatch[:, :12]).mean() < 0.2


def test_motion_of_all_frames_is_that_of_each_and_the_one_before():
    halves = [RNG.uniform(-1, 1, (2, 16, 24, 3)).astype("float32") for _ in range(3)]
    together = movements([ops.convert_to_tensor(half) for half in halves])
    for number, made in enumerate(together):
        now, before = (halves[n] @ np.asarray(LUMA) for n in (number, max(number - 1, 0)))
        for one, other in zip(made, movement(now, before), strict=True):
            np.testing.assert_allclose(one, other, atol=2e-3)
