"""Steadying: what the players read, what the terms measure, and saving."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from same import assert_same_weights

from tfvgan.networks import RestorerDiscriminator, RestorerGenerator
from tfvgan.tasks import VideoSteadier

RNG = np.random.default_rng(0)


def small(**weights):
    weights = {"perceptual": 0.0, **weights}  # Its weights may not have been fetched.
    return VideoSteadier.from_preset(16, width=8, depth=1, weights=weights)


def batch(count=2, frames=3):
    def draw(*shape):
        return tf.constant(RNG.uniform(-1, 1, (count, *shape)).astype("float32"))

    shape = (frames, 16, 16, 3)
    named = {name: draw(*shape) for name in ("video", "source", "processed")}
    motion = {"flow": tf.zeros((count, frames - 1, 16, 16, 2))}
    return {**named, **motion, "visible": tf.ones((count, frames - 1, 16, 16, 1))}


def test_a_step_plays_and_measures_what_weighs(eagerly):
    model, given = small(), batch()
    before = model.discriminator.get_weights()
    logs = model.train_step(given)
    for name in ("d_loss", "g_loss", "fidelity", "sharpness", "steady", "ping_pong"):
        assert float(logs[name]) > 0
    assert float(logs["perceptual"]) == 0
    assert all(np.isfinite(float(value)) for value in logs.values())
    changed = zip(model.discriminator.get_weights(), before, strict=True)
    assert any(np.abs(ours - theirs).max() > 0 for ours, theirs in changed)


def test_terms_are_distances_and_0_where_they_weigh_nothing():
    model, given = small(), batch()
    losses = model.generator_losses(given, given["video"] + 0.25)
    assert float(losses["fidelity"]) == pytest.approx(0.25, abs=1e-3)
    there = tf.concat([given["video"][:, :2], given["video"][:, :1]], axis=1)
    losses = model.generator_losses({**given, "processed": there}, there)
    assert float(losses["ping_pong"]) == pytest.approx(0, abs=3e-3)
    assert float(losses["sharpness"]) == 0 < float(losses["steady"])
    moved = tf.abs(there[:, 1:] - there[:, :-1])
    assert float(losses["steady"]) == pytest.approx(float(tf.reduce_mean(moved)), rel=1e-4)
    losses = small(steady=0.0, ping_pong=0.0, sharpness=0.0).generator_losses(given, there)
    assert [float(losses[name]) for name in ("steady", "ping_pong", "sharpness")] == [0, 0, 0]


def test_the_original_is_seen_beside_what_is_real():
    given = batch(frames=5)
    shown = small().discriminator_inputs(given["video"], given)
    np.testing.assert_array_equal(shown["video"], given["video"][:, :3])
    np.testing.assert_array_equal(shown["degraded"], given["source"][:, :3])


def test_what_cannot_be_learnt():
    networks = RestorerGenerator(1, 8, 1), RestorerDiscriminator(16, 1)
    with pytest.raises(ValueError, match="must be a .*SteadierGenerator, but is a Restorer"):
        VideoSteadier(*networks)
    with pytest.raises(ValueError, match='"processed"'):
        small().train_step({key: value for key, value in batch().items() if key != "processed"})


def test_it_saves_and_goes_on_as_if_it_had_not(tmp_path, eagerly):
    first, second, model = batch(), batch(), small()
    model.train_step(first)
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    assert loaded.loss_weights == model.loss_weights
    for each in (model, loaded):
        each.train_step(second)
    assert_same_weights(model, loaded)


def test_previews_show_what_it_was_and_what_became_of_it():
    given = batch(1)
    shown = small().before_and_after(given)
    assert list(shown) == ["source", "processed", "steady", "real"]
    np.testing.assert_array_equal(shown["steady"][:, 0], shown["processed"][:, 0])
