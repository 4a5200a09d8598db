import keras
import numpy as np
import pytest
import tensorflow as tf

from tfvgan.metrics.motion import Disorder, Motion, Roughness, mean_motion
from tfvgan.video import from_uint8

METRICS = [Motion, Roughness, Disorder]
RANDOM = np.random.default_rng(0)


def grey(*values):
    """One video whose frames are even pictures of the given levels."""
    return np.broadcast_to(
        np.array(values, np.uint8)[None, :, None, None, None], (1, len(values), 4, 4, 3)
    )


def scores(video):
    return [float(metric().per_video(None, video)[0]) for metric in METRICS]


def test_a_still_does_not_move():
    assert scores(grey(90, 90, 90, 90)) == [0, 0, 0]


def test_an_even_fade_moves_and_is_smooth():
    assert scores(grey(10, 20, 30, 40)) == [10, 0, 0]


def test_two_pictures_in_turn_are_as_rough_as_can_be():
    assert scores(grey(10, 50, 10, 50, 10)) == [40, 80, 2]


def test_a_single_jump():
    motion, roughness, disorder = scores(grey(0, 0, 0, 60, 60, 60))
    assert (motion, roughness) == (12, 30)
    np.testing.assert_allclose(disorder, np.sqrt((2 * 60**2 / 4) / (60**2 / 5)), rtol=1e-6)


def test_frames_in_random_order_have_a_disorder_of_the_root_of_three():
    fade = np.linspace(20, 230, 64).round()
    order = np.stack([RANDOM.permutation(fade) for _ in range(8)]).astype(np.uint8)
    videos = np.broadcast_to(order[:, :, None, None, None], (8, 64, 4, 4, 3))
    np.testing.assert_allclose(tf.reduce_mean(Disorder().per_video(None, videos)), 3**0.5, atol=0.1)
    in_order = np.sort(videos, axis=1)
    assert (Disorder().per_video(None, in_order).numpy() < 0.3).all()
    for metric in (Motion(), Roughness()):
        assert (metric.per_video(None, in_order) < metric.per_video(None, videos)).numpy().all()


def test_steps_that_have_nothing_to_do_with_one_another_have_that_of_two():
    walk = 128 + np.cumsum(RANDOM.choice([-1, 1], 1000))
    np.testing.assert_allclose(scores(grey(*walk))[2], 2**0.5, atol=0.1)


def test_noise_moves_by_a_third_of_the_range():
    noise = RANDOM.integers(0, 256, (2, 8, 16, 16, 3), dtype=np.uint8)
    motion, _, disorder = scores(noise)
    np.testing.assert_allclose(motion, 256 / 3, rtol=0.05)
    np.testing.assert_allclose(disorder, 3**0.5, rtol=0.05)


def test_the_mean_is_over_videos_floats_are_rounded_and_graphs_agree():
    videos = np.concatenate([grey(10, 20, 40), grey(0, 100, 100)])
    for metric in (kind() for kind in METRICS):
        each = metric.per_video(None, videos).numpy()
        np.testing.assert_array_equal(metric.per_video(None, from_uint8(videos) + 0.001), each)
        np.testing.assert_allclose(tf.function(metric.per_video)(None, tf.constant(videos)), each)
        metric.update_state(videos, videos)
        np.testing.assert_allclose(metric.result(), each.mean(), rtol=1e-6)
    np.testing.assert_array_equal(mean_motion(tf.cast(videos, tf.float32)), [15, 50])


@pytest.mark.parametrize("kind", METRICS)
def test_it_is_rebuilt_from_its_config(kind):
    metric = kind(name="mine")
    again = keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(metric))
    assert (type(again), again.get_config()) == (kind, metric.get_config())


@pytest.mark.parametrize("kind, least", [(Motion, 2), (Roughness, 3), (Disorder, 3)])
def test_too_few_frames_are_told(kind, least):
    with pytest.raises(ValueError, match=f"needs at least {least} frames"):
        kind().update_state(None, grey(*range(least - 1)))
