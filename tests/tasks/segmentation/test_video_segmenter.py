"""Segmentation: what the players read, what the terms measure, and saving."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from same import assert_same_weights

from tfvgan.losses import soft_iou
from tfvgan.networks import RestorerDiscriminator, RestorerGenerator, SegmenterGenerator
from tfvgan.tasks import Segmenter, VideoSegmenter

RNG = np.random.default_rng(0)


def small(begin=None, **weights):
    return VideoSegmenter.from_preset(16, width=8, depth=1, weights=weights, begin=begin)


def batch(count=2, frames=3, classes=2):
    mask = np.eye(classes, dtype="float32")[RNG.integers(0, classes, (count, frames, 16, 16))]
    return {
        "video": tf.constant(RNG.uniform(-1, 1, (count, frames, 16, 16, 3)).astype("float32")),
        "mask": tf.constant(mask),
        "flow": tf.zeros((count, frames - 1, 16, 16, 2)),
        "visible": tf.ones((count, frames - 1, 16, 16, 1)),
    }


def test_a_step_plays_and_measures_what_weighs(eagerly):
    model, given = small(), batch()
    before = model.discriminator.get_weights()
    logs = model.train_step(given)
    for name in ("d_loss", "g_loss", "cross_entropy", "overlap", "steady"):
        assert float(logs[name]) > 0
    assert all(np.isfinite(float(value)) for value in logs.values())
    changed = zip(model.discriminator.get_weights(), before, strict=True)
    assert any(np.abs(ours - theirs).max() > 0 for ours, theirs in changed)


def test_terms_are_those_of_the_masks_and_0_where_they_weigh_nothing():
    model, given = small(), batch()
    made = 0.5 * given["mask"] + 0.25
    losses = model.generator_losses(given, made)
    surprise = -np.sum(given["mask"] * np.log(np.maximum(made, 1e-7)), axis=-1)
    np.testing.assert_allclose(losses["cross_entropy"], surprise.mean(), rtol=1e-5)
    assert float(losses["overlap"]) == float(soft_iou(made, given["mask"]))
    for right, name in ((given["mask"], "cross_entropy"), (given["mask"], "overlap")):
        assert float(model.generator_losses(given, right)[name]) == pytest.approx(0, abs=1e-6)
    losses = small(overlap=0.0, steady=0.0).generator_losses(given, made)
    assert [float(losses[name]) for name in ("overlap", "steady")] == [0, 0]


def test_real_masks_may_change_and_errors_that_stay_are_steady():
    model, given = small(), batch()
    assert float(model.generator_losses(given, given["mask"] + 0.25)["steady"]) == 0
    moved = tf.reshape([0.0, 0.5, 0.0], (1, 3, 1, 1, 1))
    losses = model.generator_losses(given, given["mask"] + moved)
    assert float(losses["steady"]) == pytest.approx(0.5, rel=1e-5)


def test_masks_are_seen_beside_their_frames():
    model, given = small(), batch(frames=5)
    assert model.real(given) is given["mask"]
    shown = model.discriminator_inputs(given["mask"], given)
    np.testing.assert_array_equal(shown["video"], given["mask"][:, :3])
    np.testing.assert_array_equal(shown["degraded"], given["video"][:, :3])


def test_what_cannot_be_learnt():
    networks = RestorerGenerator(1, 8, 1), RestorerDiscriminator(16, 1)
    with pytest.raises(ValueError, match="must be a .*SegmenterGenerator, but is a Restorer"):
        VideoSegmenter(*networks)
    with pytest.raises(ValueError, match="as many `channels` as there are classes, 2, but has 3"):
        VideoSegmenter(SegmenterGenerator(2, 8, 1), networks[1])
    with pytest.raises(ValueError, match='"mask" must be .*16, 16, 2.* but is .*16, 16, 3'):
        small().train_step(batch(classes=3))


def test_it_saves_and_goes_on_as_if_it_had_not(tmp_path, eagerly):
    first, second, model = batch(), batch(), small()
    model.train_step(first)
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    assert loaded.loss_weights == model.loss_weights
    for each in (model, loaded):
        each.train_step(second)
    assert_same_weights(model, loaded)


def test_it_begins_with_another():
    first = small()
    first.average.head.bias.assign(first.average.head.bias + 1.0)
    again = small(begin=first)
    assert_same_weights(again.generator, first.average)
    assert_same_weights(again.discriminator, first.discriminator)
    assert again.generator.trainable
    assert_same_weights(small(begin=first.segmenter).generator, first.average)
    with pytest.raises(ValueError, match=r"segmenter that this one begins with has width=8"):
        VideoSegmenter.from_preset(16, begin=Segmenter(first.average), width=16)


def test_previews_show_what_is_made_and_what_is_real():
    given = batch(1)
    shown = small().before_and_after(given)
    assert list(shown) == ["video", "overlay", "mask", "real"]
    np.testing.assert_array_equal(shown["real"][..., 0], 255 * given["mask"][..., 1])
    assert np.abs(shown["mask"].astype(int) - 127.5).max() < 1
