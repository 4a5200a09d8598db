"""Motion in training: true of what moves, there and back; what changes along it."""

import numpy as np
import pytest
import tensorflow as tf

from tfvgan.tasks.motion import motion, motion_and_back, unsteadiness

RNG = np.random.default_rng(0)


def moving(frames=3, side=48, speed=2):
    """Returns a smooth picture that moves to the left, uint8 `(frames, side, side, 3)`."""
    small = RNG.integers(0, 256, (8, 12, 3)).astype("uint8")
    large = tf.image.resize(small, (side, side + speed * frames), "bicubic")
    large = np.clip(large, 0, 255).astype("uint8")
    return np.stack([large[:, speed * n : speed * n + side] for n in range(frames)])


def test_the_motion_is_that_of_the_source():
    flow, seen = motion(moving()[None])
    inner = np.s_[0, :, 12:-12, 12:-12]
    middle = np.asarray(flow)[inner]
    # What is at x now was at x + 2 in the frame before: the picture moves to the left.
    assert np.median(middle[..., 0]) == pytest.approx(2.0, abs=0.3)
    assert np.abs(np.median(middle[..., 1])) < 0.2
    assert np.asarray(seen)[inner].mean() > 0.5


def test_the_way_back_is_that_of_the_frames_in_the_other_order():
    video = moving()[None]
    flow, seen = motion_and_back(video)
    for n, way in enumerate((video, video[:, ::-1])):
        there = motion(way)
        np.testing.assert_array_equal(flow[:, 2 * n : 2 * n + 2], there[0])
        np.testing.assert_array_equal(seen[:, 2 * n : 2 * n + 2], there[1])
    assert flow.shape == (1, 4, 48, 48, 2) and seen.shape == (1, 4, 48, 48, 1)


def test_steady_is_the_change_along_the_motion_where_it_can_be_seen():
    first = RNG.uniform(-1, 1, (1, 1, 6, 8, 3)).astype("float32")
    second = np.roll(first, -2, axis=3) + 0.25  # To the left, and brighter.
    video = tf.constant(np.concatenate([first, second], 1))
    flow = np.zeros((1, 1, 6, 8, 2), "float32")
    flow[..., 0] = 2.0
    visible = np.ones((1, 1, 6, 8, 1), "float32")
    visible[:, :, :, -2:] = 0  # What came in.
    assert float(unsteadiness(video, flow, visible)) == pytest.approx(0.25, abs=1e-6)
    assert float(unsteadiness(video, -flow, visible)) > 0.4
    assert float(unsteadiness(video, flow, 0 * visible)) == 0
    assert float(unsteadiness(video, flow, np.ones_like(visible))) > 0.26
