import keras
import numpy as np
import pytest
import tensorflow as tf

from tfvgan.engine import AdaptiveAugment, DiffAugment, Draws
from tfvgan.engine.augmentation import LARGEST_PROBABILITY, get_augmentation


def still_clips(count=8, size=16):
    """Clips whose frames are all equal."""
    frame = np.random.default_rng(0).uniform(-1, 1, (count, 1, size, size, 3)).astype("float32")
    return tf.constant(np.repeat(frame, 5, axis=1))


@pytest.mark.parametrize("policy", ["color", "translation", "cutout", "color,translation,cutout"])
def test_all_frames_of_a_clip_get_one_draw_and_clips_differ(policy):
    video = still_clips()
    changed = DiffAugment(policy)(video, Draws(0, 0)).numpy()
    np.testing.assert_allclose(changed, np.repeat(changed[:, :1], 5, axis=1), atol=1e-6)
    effects = (changed - video.numpy())[:, 0].reshape(8, -1)
    assert len(np.unique(effects.round(3), axis=0)) > 4


class Given:
    """Draws that were chosen before, one number a clip; keeps how each was asked for."""

    def __init__(self, *numbers):
        self.numbers, self.asked = list(numbers), []

    def uniform(self, shape, low=0.0, high=1.0):
        self.asked.append((low, high))
        return np.float32(self.numbers.pop(0)).reshape(shape)

    def integers(self, shape, high):
        self.asked.append(high)
        return np.int32(self.numbers.pop(0)).reshape(shape)


def test_colours_are_lighter_then_more_saturated_then_of_more_contrast():
    """Grey is a pixel's mean of its channels; contrast is about the mean of the whole clip."""
    draws = Given([0.1, -0.5], [2.0, 0.5], [0.5, 1.5])
    video = np.random.default_rng(0).uniform(-1, 1, (2, 3, 4, 4, 3)).astype("float32")
    video += np.float32([-0.5, 0.0, 0.5])[:, None, None, None]  # It gets lighter.
    found = DiffAugment("color")(tf.constant(video), draws).numpy()
    assert draws.asked == [(-0.5, 0.5), (0.0, 2.0), (0.5, 1.5)]
    for clip, lighter, saturation, contrast, seen in zip(
        video, [0.1, -0.5], [2.0, 0.5], [0.5, 1.5], found
    ):
        grey = (clip + lighter).mean(axis=-1, keepdims=True)
        clip = grey + saturation * (clip + lighter - grey)
        np.testing.assert_allclose(seen, clip.mean() + contrast * (clip - clip.mean()), atol=1e-5)


def test_translation_is_by_up_to_an_eighth_of_each_side():
    video = np.random.default_rng(0).uniform(-1, 1, (3, 2, 16, 24, 3)).astype("float32")
    draws = Given([0, 2, 4], [6, 3, 0])  # Of 5 and of 7: up by 2 to down by 2, right to left by 3.
    found = DiffAugment("translation")(tf.constant(video), draws).numpy()
    assert draws.asked == [5, 7]
    for clip, down, right, seen in zip(video, (-2, 0, 2), (3, 0, -3), found):
        wide = np.pad(clip, ((0, 0), (2, 2), (3, 3), (0, 0)))
        np.testing.assert_array_equal(seen, wide[:, 2 - down :, 3 - right :][:, :16, :24])


def test_a_cutout_is_half_as_wide_and_high_and_centred_anywhere():
    draws = Given([0, 8, 16], [24, 12, 3])
    found = DiffAugment("cutout")(tf.ones((3, 2, 16, 24, 3)), draws).numpy()
    assert draws.asked == [17, 25]
    for seen, rows, columns in zip(found, ((0, 4), (4, 12), (12, 16)), ((18, 24), (6, 18), (0, 9))):
        wanted = np.ones((16, 24))
        wanted[slice(*rows), slice(*columns)] = 0
        np.testing.assert_array_equal(seen, np.broadcast_to(wanted[None, ..., None], seen.shape))


def test_a_cutout_of_an_odd_side_is_as_large_as_half_of_it_rounded_up():
    found = DiffAugment("cutout")(tf.ones((1, 1, 7, 9, 3)), Given([3], [4])).numpy()[0, 0, ..., 0]
    np.testing.assert_array_equal((found == 0).sum(axis=0).max(), 4)
    np.testing.assert_array_equal((found == 0).sum(axis=1).max(), 5)


def test_translation_moves_by_whole_pixels_and_brings_in_grey():
    video = still_clips(count=32)
    changed = DiffAugment("translation")(video, Draws(0, 0)).numpy()
    original = video.numpy()
    for before, after in zip(original, changed):
        padded = np.pad(before, ((0, 0), (2, 2), (2, 2), (0, 0)))
        shifts = [padded[:, y : y + 16, x : x + 16] for y in range(5) for x in range(5)]
        assert any(np.allclose(shift, after, atol=1e-6) for shift in shifts)


def test_cutout_greys_at_most_a_quarter_and_nothing_else():
    video = still_clips(count=32)
    changed = DiffAugment("cutout")(video, Draws(0, 0)).numpy()
    gone = (changed == 0).all(axis=-1).mean(axis=(1, 2, 3))
    assert gone.max() <= 0.25
    assert gone.max() > 0.2
    kept = changed != 0
    np.testing.assert_array_equal(changed[kept], video.numpy()[kept])


def test_gradients_reach_the_video():
    video = still_clips()
    with tf.GradientTape() as tape:
        tape.watch(video)
        total = tf.reduce_sum(DiffAugment()(video, Draws(0, 0)) ** 2)
    assert np.isfinite(tape.gradient(total, video)).all()


def test_the_same_draws_give_the_same_change():
    video = still_clips()
    one, again, other = (DiffAugment()(video, Draws(0, step)).numpy() for step in (1, 1, 2))
    np.testing.assert_array_equal(one, again)
    assert (one != other).any()


def test_get_and_config():
    augment = get_augmentation("color")
    assert get_augmentation(None) is None
    assert get_augmentation(augment) is augment
    config = keras.saving.serialize_keras_object(augment)
    assert keras.saving.deserialize_keras_object(config).policy == "color"
    with pytest.raises(ValueError, match="may name color, translation, cutout, but names flip"):
        DiffAugment("color,flip")


def test_a_probability_changes_so_many_clips_each_as_a_whole():
    video = still_clips(count=400, size=8)

    def changed(p, policy="color"):
        return DiffAugment(policy)(video, Draws(0, 0), p).numpy()

    np.testing.assert_array_equal(changed(0.0, "color,translation,cutout"), video)
    np.testing.assert_array_equal(changed(1.0) == video, np.zeros(video.shape, bool))
    frames = (changed(0.3) != video.numpy()).reshape(400, 5, -1).any(axis=-1)
    assert (frames == frames[:, :1]).all()
    assert abs(frames[:, 0].mean() - 0.3) < 5 * np.sqrt(0.21 / 400)


def test_the_changes_are_chosen_independently():
    """With two changes at one half, a quarter of the clips get none, and a quarter both."""
    video = tf.ones((400, 2, 8, 8, 3))
    seen = DiffAugment("color,cutout")(video, Draws(0, 0), 0.5).numpy().reshape(400, -1)
    coloured = (seen != 0).any(axis=1) & (seen.max(axis=1) != 1)
    cut = (seen == 0).any(axis=1)
    for both, share in ((coloured & cut, 0.25), (~coloured & ~cut, 0.25)):
        assert abs(both.mean() - share) < 0.12


@pytest.mark.parametrize("shape", [(8,), (8, 1), (8, 2, 4, 4)])
def test_it_rises_above_the_target_falls_below_and_rests_there(shape):
    augment = AdaptiveAugment(target=0.5, clips=80)
    sure, unsure = np.ones(shape, "float32"), np.zeros(shape, "float32")
    assert float(augment.adapt(0.3, 5 * sure, 8)) == pytest.approx(0.4)
    assert float(augment.adapt(0.3, unsure, 8)) == pytest.approx(0.2)
    assert float(augment.adapt(0.3, -sure, 8)) == pytest.approx(0.0)
    mixed = np.array(sure)
    mixed[:2] = -1
    assert float(augment.adapt(0.3, mixed, 8)) == pytest.approx(0.3)


def test_a_sure_discriminator_sees_so_many_clips_until_it_is_at_its_most():
    augment, p, shown = AdaptiveAugment(clips=1000), 0.0, 0
    while p < LARGEST_PROBABILITY:
        p = float(augment.adapt(p, np.ones((10, 1), "float32"), 10))
        shown += 10
    assert p == pytest.approx(LARGEST_PROBABILITY) and shown == pytest.approx(
        LARGEST_PROBABILITY * 1000, abs=10
    )


def test_it_steps_as_far_as_the_share_of_sure_logits_is_from_the_target():
    augment = AdaptiveAugment()
    assert (augment.policy, augment.target, augment.clips) == (
        "color,translation,cutout",
        0.6,
        100_000,
    )
    margin = np.float32([9, 1, 0.1, -2])  # r = 1/2: by sign alone.
    for shown in (8, tf.constant(8)):
        found = float(AdaptiveAugment(target=0.25, clips=100).adapt(0.3, margin, shown))
        assert found == pytest.approx(0.3 + (0.5 - 0.25) / 0.75 * 8 / 100)
    assert float(AdaptiveAugment(clips=1).adapt(0.7, margin, 0)) == pytest.approx(0.7)
    assert float(AdaptiveAugment(target=0.0, clips=1).adapt(0.0, margin, 100)) == pytest.approx(0.8)


def test_adaptive_by_name_and_config():
    augment = AdaptiveAugment("color", target=0.4, clips=50)
    config = keras.saving.serialize_keras_object(augment)
    again = keras.saving.deserialize_keras_object(config)
    assert type(again) is AdaptiveAugment and again.get_config() == augment.get_config()
    assert get_augmentation("adaptive").adaptive and not get_augmentation("color").adaptive
    for wrong, message in (({"target": 1.0}, "in [0, 1)"), ({"clips": 0}, "1 or more")):
        with pytest.raises(ValueError, match=message.replace("[", r"\[").replace(")", r"\)")):
            AdaptiveAugment(**wrong)


def test_a_clip_is_changed_where_its_draw_is_below_the_probability():
    draws = Given([8, 8, 8], [8, 8, 8], [0.0, 0.29, 0.3])
    found = DiffAugment("cutout")(tf.ones((3, 1, 16, 16, 3)), draws, np.float32(0.3)).numpy()
    assert draws.asked[-1] == (0.0, 1.0)
    assert (found == 0).any(axis=(1, 2, 3, 4)).tolist() == [True, True, False]
