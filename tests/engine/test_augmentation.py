import keras
import numpy as np
import pytest
import tensorflow as tf

from tfvgan.engine import DiffAugment, Draws
from tfvgan.engine.augmentation import get


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
    augment = get("color")
    assert get(None) is None
    assert get(augment) is augment
    config = keras.saving.serialize_keras_object(augment)
    assert keras.saving.deserialize_keras_object(config).policy == "color"
    with pytest.raises(ValueError, match="may name color, translation, cutout, but names flip"):
        DiffAugment("color,flip")
