"""Stylization: what the players read, what the terms measure, and saving."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from same import assert_same_weights

from tfvgan.networks import RestorerDiscriminator, RestorerGenerator
from tfvgan.tasks import VideoStylizer
from tfvgan.tasks.stylization.video_stylizer import learning

RNG = np.random.default_rng(0)


def small(**weights):
    weights = {"perceptual": 0.0, **weights}  # Its weights may not have been fetched.
    return VideoStylizer.from_preset(16, width=8, depth=1, weights=weights)


def batch(count=2, frames=4):
    def draw(*shape):
        return tf.constant(RNG.uniform(-1, 1, (count, *shape)).astype("float32"))

    shape = (frames, 16, 16, 3)
    motion = {"flow": tf.zeros((count, frames - 1, 16, 16, 2))}
    motion["visible"] = tf.ones((count, frames - 1, 16, 16, 1))
    return {"video": draw(*shape), "source": draw(*shape), "strength": tf.ones(count), **motion}


def test_a_step_plays_and_measures_what_weighs(eagerly):
    model, given = small(), batch()
    before = model.discriminator.get_weights()
    logs = model.train_step(given)
    assert {"d_loss", "g_loss", "fidelity", "steady", "ping_pong"} <= set(logs)
    assert float(logs["steady"]) > 0 and float(logs["style"]) == 0
    assert all(np.isfinite(float(value)) for value in logs.values())
    changed = zip(model.discriminator.get_weights(), before, strict=True)
    assert any(np.abs(ours - theirs).max() > 0 for ours, theirs in changed)


def test_terms_are_distances_and_0_where_they_weigh_nothing():
    model, given = small(ping_pong=0.0), batch()
    losses = model.generator_losses(given, given["video"] + 0.25)
    assert float(losses["fidelity"]) == pytest.approx(0.25, abs=1e-3)
    assert float(losses["ping_pong"]) == float(losses["colour"]) == 0
    still = small(fidelity=0.0, colour=1.0)
    losses = still.generator_losses(given, given["source"])
    assert float(losses["fidelity"]) == float(losses["colour"]) == 0
    # A new generator paints nothing: what is made of noisy frames is they, a 50th away.
    assert float(losses["ping_pong"]) == pytest.approx(0.02 * np.sqrt(2 / np.pi), rel=0.1)


def test_who_learns_from_pairs_sees_the_source_beside_them():
    given = batch()
    shown = small().discriminator_inputs(given["video"], given)
    np.testing.assert_array_equal(shown["degraded"], given["source"][:, :3])
    pictures = VideoStylizer.from_preset(16, paired=False, width=8, depth=1)
    shown = pictures.discriminator_inputs(given["video"], given)
    assert float(tf.reduce_max(tf.abs(shown["degraded"]))) == 0
    assert len(pictures.penalties) == 2 and pictures.loss_weights["style"] > 0


def test_what_cannot_be_learnt():
    with pytest.raises(ValueError, match="Pictures say of no video what it is to become"):
        learning(paired=False, fidelity=1.0)
    networks = RestorerGenerator(1, 8, 1), RestorerDiscriminator(16, 1)
    with pytest.raises(ValueError, match="must be a .*StylizerGenerator, but is a Restorer"):
        VideoStylizer(*networks)
    for name in ("flow", "strength"):
        with pytest.raises(ValueError, match=f'"{name}"'):
            small().train_step({key: value for key, value in batch().items() if key != name})


def test_it_saves_and_goes_on_as_if_it_had_not(tmp_path, eagerly):
    first, second, model = batch(), batch(), small()
    model.train_step(first)
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    assert loaded.loss_weights == model.loss_weights and loaded.paired
    for each in (model, loaded):
        each.train_step(second)
    assert_same_weights(model, loaded)


def test_previews_show_the_source_and_its_style():
    given = batch(1)
    shown = small().before_and_after(given)
    assert list(shown) == ["source", "stylized", "real"]
    np.testing.assert_array_equal(shown["source"], shown["stylized"])
