"""The segmenter's network: shares that sum to 1, in time, of any size, along the frame's edges."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from same import assert_same_weights

from tfvgan.networks import SegmenterGenerator
from tfvgan.networks.ground import unfolded
from tfvgan.networks.segmenter import LIMIT
from tfvgan.video import LUMA

RNG = np.random.default_rng(0)
VIDEO = RNG.uniform(-1, 1, (2, 3, 12, 20, 3)).astype("float32")


def network(classes=2, scale=0.3):
    made = SegmenterGenerator(classes, 8, 1)
    made.build()
    made.head.kernel.assign(np.random.default_rng(1).normal(0, scale, made.head.kernel.shape))
    return made


def segmented(net, video=VIDEO):
    return np.asarray(net(video))


@pytest.mark.parametrize("classes", [2, 3])
def test_shares_are_equal_at_first_and_always_above_0_and_sum_to_1(classes):
    fresh = segmented(SegmenterGenerator(classes, 8, 1))
    assert fresh.shape == (2, 3, 12, 20, classes)
    np.testing.assert_allclose(fresh, 1 / classes, atol=1e-6)
    sure = segmented(network(classes, 100.0))
    np.testing.assert_allclose(sure.sum(-1), 1, atol=1e-5)
    least = 1 / (1 + (classes - 1) * np.exp(2 * LIMIT))
    assert least * 0.99 <= sure.min() < 1e-3 and 0.999 < sure.max() <= 1


@pytest.mark.parametrize("logits", [[1.5], [1.5, -2.0]])
def test_shares_are_a_softmax_beside_a_logit_of_0(logits):
    net = network(1 + len(logits), 0.0)
    net.head.bias.assign(4 * [*logits, *[0.0] * 3 * len(logits)])
    bounded = np.exp([0, *(LIMIT * np.tanh(np.divide(logits, LIMIT)))])
    frame = VIDEO[:, 0]
    made, _ = net.step(frame, net.start(frame))
    np.testing.assert_allclose(made, np.broadcast_to(bounded / bounded.sum(), made.shape), 1e-5)


def test_a_frame_is_segmented_as_it_comes():
    """Frames that follow change nothing, those before do."""
    net = network()
    first = segmented(net)
    for at, same in ((2, [0, 1]), (0, [])):
        other = VIDEO.copy()
        other[:, at] = 0.0
        made = segmented(net, other)
        assert [n for n in range(3) if np.array_equal(made[:, n], first[:, n])] == same


def test_a_frame_at_a_time_is_the_same_as_all_at_once():
    net = network()
    whole, state = segmented(net), net.start(VIDEO[:, 0])
    assert state.shape == (2, 3, 5, net.state_channels)
    for number in range(3):
        made, state = net.step(VIDEO[:, number], state)
        np.testing.assert_allclose(made, whole[:, number], atol=1e-5)


def test_a_frame_that_stays_is_seen_as_the_first_one_but_for_the_age_of_the_ground():
    net = network()
    frame = VIDEO[:, 0]
    first, state = net.step(frame, net.start(frame))
    kept = unfolded(state[..., net.width :], np.zeros((2, 6, 10, 3), "float32"))
    colours = frame.reshape(2, 6, 2, 10, 2, 3).mean((2, 4))
    np.testing.assert_allclose(kept.ground, colours, atol=1e-5)
    np.testing.assert_allclose(kept.before, colours @ LUMA, atol=1e-5)
    forgotten = np.concatenate([0 * state[..., : net.width], state[..., net.width :]], axis=-1)
    again = net.step(frame, forgotten)[0]
    np.testing.assert_allclose(first, again, atol=1e-2)
    moved, _ = net.step(np.roll(frame, 1, 2), forgotten)
    assert np.abs(moved - net.step(np.roll(frame, 1, 2), net.start(frame))[0]).max() > 1e-3


def test_what_it_remembers_moves_with_the_camera(monkeypatch):
    """A picture that pans by whole places meets the hidden state where it is now."""
    net = network()
    rough = RNG.uniform(-0.6, 0.6, (1, 18, 24, 3)).astype("float32")
    wide = np.asarray(keras.ops.image.resize(rough, (72, 96), "bicubic"))
    before, now = wide[:, :, :64], wide[:, :, 4:68]
    state = np.array(net.step(before, net.start(before))[1])
    hidden = state[..., : net.width] = RNG.uniform(-1, 1, state[..., : net.width].shape)
    read, seen = net._read, []
    monkeypatch.setattr(net, "_read", lambda *parts: seen.append(parts[-1]) or read(*parts))
    net.step(now, state)
    seen = np.asarray(seen[0])[:, 4:-4, 4:-4]
    assert np.median(np.abs(seen - hidden[:, 4:-4, 5:-3])) < 0.06
    assert np.median(np.abs(seen - hidden[:, 4:-4, 4:-4])) > 0.3


def test_it_takes_any_size_in_a_graph():
    net = network()
    spec = tf.TensorSpec((None, 2, None, None, 3), tf.float32)
    function = tf.function(net, input_signature=[spec])
    for height, width in ((12, 20), (16, 8)):
        video = RNG.uniform(-1, 1, (1, 2, height, width, 3)).astype("float32")
        np.testing.assert_allclose(function(video), segmented(net, video), atol=1e-5)


def test_it_looks_far_around():
    """Farther than convolutions at a quarter of the sides: they would see 24 pixels."""
    net = network()
    frame = np.zeros((1, 64, 64, 3), "float32")
    other = frame.copy()
    other[:, :8, :8] = RNG.uniform(-1, 1, (8, 8, 3))
    plain, changed = (np.asarray(net(each[:, None]))[0, 0] for each in (frame, other))
    assert np.abs(plain - changed)[40:, 40:].max() > 1e-6


def test_large_frames_are_seen_small_and_cut_along_their_own_edges():
    net = network()
    small = VIDEO[:, 0]
    large = small.repeat(3, 1).repeat(3, 2)
    _, of_small = net.step(small, net.start(small))
    made, of_large = net.step(large, net.start(large, 3), 3)
    assert made.shape == (2, 36, 60, 2)
    np.testing.assert_allclose(of_large, of_small, atol=1e-5)
    # A logit of 1 everywhere that rises by 2 with red: the frame's edge, where the small one has a
    # ramp.
    net.head.kernel.assign(0 * net.head.kernel)
    net.head.bias.assign(4 * [1.0, 2.0, 0.0, 0.0])
    edge = np.zeros((1, 48, 48, 3), "float32")
    edge[:, :, 21:, 0] = 1.0
    made = np.asarray(net.step(edge, net.start(edge, 3), 3)[0])[0]
    middles = tf.image.resize(edge.reshape(1, 8, 6, 8, 6, 3).mean((2, 4)), (48, 48))[0]
    logits = LIMIT * np.tanh((1 + 2 * (edge[0] - middles)[..., 0]) / LIMIT)
    np.testing.assert_allclose(made[..., 1], 1 / (1 + np.exp(-logits)), atol=1e-5)
    steps = np.abs(np.diff(made[24, :, 1]))
    assert steps.argmax() == 20 and steps[20] > 3 * np.delete(steps, 20).max()


def test_states_stay_small_whatever_was_learnt():
    net = network()
    for weight in net.weights:
        weight.assign(RNG.normal(0.0, 0.5, weight.shape))
    frame = VIDEO[:, 0]
    state = net.start(frame)
    for _ in range(10):
        _, state = net.step(frame, state)
    assert np.abs(np.asarray(state)).max() <= 1


def test_its_config_makes_it_again(tmp_path):
    net = network(3)
    net.save(tmp_path / "x.keras")
    again = keras.models.load_model(tmp_path / "x.keras")
    assert (again.classes, again.width, again.depth, again.factor) == (3, 8, 1, 1)
    assert_same_weights(net, again)
    np.testing.assert_array_equal(segmented(again), segmented(net))


def test_one_class_is_none():
    with pytest.raises(ValueError, match="`classes` must be 2 or more, but is 1"):
        SegmenterGenerator(1)
