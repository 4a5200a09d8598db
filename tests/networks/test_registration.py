"""Image registration: a picture that was moved is found where it was; one that stays, stays."""

import keras
import moving
import numpy as np
import pytest
from keras import ops

from tfvgan.networks.registration import registration, slopes


def found(speed, side=64, seed=0):
    """Returns the flow from the second frame of waves to the first, without the border."""
    video = moving.texture(2, side, speed, seed)[0].astype("float32") / 127.5 - 1
    flow = np.asarray(registration(video[1:], video[:1]))
    assert flow.shape == (1, side, side, 2)
    return flow[0, 16:-16, 16:-16]


@pytest.mark.parametrize("speed", [(1, 0), (2.5, -1.5), (0.4, 0.3)])
def test_what_moved_was_as_far_the_other_way(speed):
    flow = np.median(found(speed), axis=(0, 1))
    np.testing.assert_allclose(flow, [-speed[0], -speed[1]], atol=0.15)


@pytest.mark.parametrize("far", [(-6, 3), (13, -9)])
def test_what_moved_far_is_searched_for(far):
    rough = np.random.default_rng(0).uniform(-1, 1, (1, 16, 16, 3)).astype("float32")
    large = np.asarray(ops.image.resize(rough, (128, 128), "bicubic"))
    before, now = (large[:, 24 + y : 104 + y, 24 + x : 104 + x] for x, y in ((0, 0), far))
    flow = np.asarray(registration(now, before))[0, 20:-20, 20:-20]
    np.testing.assert_allclose(np.median(flow, axis=(0, 1)), far, atol=0.1)


def test_what_stays_does_not_move_at_all():
    assert not found((0, 0)).any()
    noise = np.random.default_rng(0).normal(0, 0.004, (2, 1, 33, 46, 3)).astype("float32")
    flow = registration(0.3 + noise[0], 0.3 + noise[1])  # Odd sides, noise of half a level.
    assert flow.shape == (1, 33, 46, 2) and not np.asarray(flow).any()


def test_slopes_of_a_ramp_are_its_own_and_halved_at_the_border():
    y, x = np.mgrid[:5, :7].astype("float32")
    across, down = (
        np.asarray(each)[0, ..., 0] for each in slopes((2 * x - 3 * y)[None, ..., None])
    )
    np.testing.assert_allclose(across, np.broadcast_to([1.0, 2, 2, 2, 2, 2, 1], (5, 7)))
    np.testing.assert_allclose(down, np.broadcast_to([-1.5, -3, -3, -3, -1.5], (7, 5)).T)


def test_nothing_is_learnt_through_it():
    import tensorflow as tf

    frame = tf.Variable(np.random.default_rng(0).uniform(-1, 1, (1, 16, 16, 3)).astype("float32"))
    with tf.GradientTape() as tape:
        flow = registration(frame, ops.roll(keras.ops.convert_to_tensor(frame), 1, 1))
    assert tape.gradient(flow, frame) is None


def test_its_graph_is_small():
    """Of pictures of any size every line of it is many nodes, and lies in each SavedModel."""
    import tensorflow as tf

    any_size = [tf.TensorSpec((None, None, None, 3))] * 2
    traced = tf.function(registration, any_size, autograph=False).get_concrete_function()
    assert len(traced.graph.get_operations()) < 2600
