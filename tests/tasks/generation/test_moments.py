import numpy as np
import pytest
import tensorflow as tf

from tfvgan.engine import Draws
from tfvgan.networks import ContinuousDiscriminator, ContinuousGenerator, DcganGenerator
from tfvgan.tasks.generation import moments

GENERATOR = ContinuousGenerator(6, frames=20, size=8, motion_dim=4, width=8)
WHOLE = DcganGenerator(6, frames=4, size=8, width=8)


def test_frames_without_times_follow_each_other():
    video = tf.zeros((2, 3, 8, 8, 3))
    np.testing.assert_array_equal(moments.times({"video": video}), [[0, 1, 2]] * 2)
    given = tf.constant([[0.0, 5.0, 6.0]])
    assert moments.times({"video": video, "times": given}) is given


def test_training_counts_time_from_any_clip_and_has_the_anchors_for_it():
    when = tf.tile(tf.constant([[0.0, 19.0]]), (64, 1))
    named = moments.drawn(GENERATOR, when, Draws(0, 0))
    first, last = named["times"].numpy().T
    np.testing.assert_allclose(last - first, 19, atol=1e-3)
    assert GENERATOR.clip == 32 and not np.any(first % 32)
    assert len(np.unique(first)) > 30 and first.min() >= 0
    needed = max(GENERATOR.anchors(*both) for both in zip(first, last, strict=True))
    assert named["motion"].shape == (64, needed, 4)


def test_asked_times_start_and_step_as_asked():
    np.testing.assert_allclose(moments.asked(GENERATOR, 3, start=5.0, rate=2.0), [5, 5.5, 6])
    assert moments.asked(WHOLE, 4) is None


@pytest.mark.parametrize("wrong", [{"frames": 0}, {"start": -1.0}, {"rate": 0.0}])
def test_times_that_are_none_are_refused(wrong):
    with pytest.raises(ValueError, match="`frames` must be 1 or more, `start` 0 or more and"):
        moments.asked(GENERATOR, **{"frames": 4, **wrong})


def test_whole_clips_only_are_said_to_be_so():
    with pytest.raises(ValueError, match="renders whole clips of 4 frames only"):
        moments.asked(WHOLE, 8)


def test_a_batch_has_as_many_frames_as_are_judged_and_may_have_their_times():
    parts = moments.parts(ContinuousDiscriminator(frames=20, size=8, width=4))
    assert str(parts["video"]) == "float32 (batch, 3, 8, 8, 3) in [-1, 1]"
    assert "moments=3" in parts["video"].hint
    assert str(parts["times"]) == "float32 (batch, 3)" and parts["times"].optional


def test_endpoints_read_noise_for_their_own_times():
    clip = moments.signature(GENERATOR, moments.asked(GENERATOR, 20))
    assert clip == {"latents": ((6,), "float32"), "motion": ((6, 4), "float32")}
    one = moments.signature(GENERATOR, None)
    assert list(one) == ["latents", "motion", "time"] and one["motion"][0] == (5, 4)
    assert moments.signature(WHOLE, None) == WHOLE.signature()


def test_the_noise_at_an_anchor_is_the_same_whichever_part_is_rendered():
    indexes = tf.range(3)
    whole = moments.of_videos(GENERATOR, indexes, 7, "sampling", moments.asked(GENERATOR, 80))[
        "motion"
    ]
    part = moments.of_videos(
        GENERATOR, indexes[1:], 7, "sampling", moments.asked(GENERATOR, 3, start=35.0)
    )
    np.testing.assert_array_equal(part["motion"], whole[1:, 2:7])
    assert len(np.unique(whole)) == whole.numpy().size
    moment = moments.of_videos(GENERATOR, indexes, 7, "sampling", None)
    np.testing.assert_array_equal(moment["motion"], whole[:, :5])
    assert moment["time"].shape == (3,)


def test_a_moment_is_the_frame_of_the_video_at_its_time():
    when = moments.asked(GENERATOR, 10)
    named = {"latents": tf.random.normal((2, 6)), "motion": tf.random.normal((2, 5, 4))}
    video = moments.render_moments(GENERATOR, named, when)
    frame = moments.render_moment(GENERATOR, {**named, "time": tf.constant([3.0, 9.0])})
    np.testing.assert_allclose(frame[0], video[0, 3], atol=1e-5)
    np.testing.assert_allclose(frame[1], video[1, 9], atol=1e-5)
