"""Restoration: what the players read, what the terms measure, the two phases, and saving."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from same import assert_same_weights
from tiny_lpips import install

from tfvgan import weights
from tfvgan.networks import RestorerDiscriminator, RestorerGenerator
from tfvgan.tasks import VideoRestorer
from tfvgan.tasks.restoration.video_restorer import learning

RNG = np.random.default_rng(0)


def small(**arguments):
    return VideoRestorer.from_preset(16, 2, width=8, depth=1, **arguments)


def batch(count=2, frames=4):
    def draw(*shape):
        return tf.constant(RNG.uniform(-1, 1, (count, frames, *shape)).astype("float32"))

    told = {"mask": tf.zeros((count, frames, 8, 8, 1)), "level": tf.zeros((count,))}
    return {"video": draw(16, 16, 3), "degraded": draw(8, 8, 3), **told}


def test_first_without_the_game_then_with_it(monkeypatch):
    model = small()
    before = model.discriminator.get_weights()
    logs = model.train_step(batch())
    assert "d_loss" not in logs and float(logs["fidelity"]) > 0
    for ours, theirs in zip(model.discriminator.get_weights(), before, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    given = learning(detail=True)
    given["loss_weights"]["perceptual"] = 0.0  # Its weights may not have been fetched.
    model.compile(**given)
    logs = model.train_step(batch())
    assert {"d_loss", "g_loss", "ping_pong", "features", "fidelity"} <= set(logs)
    assert all(np.isfinite(float(value)) for value in logs.values())
    changed = zip(model.discriminator.get_weights(), before, strict=True)
    assert any(np.abs(ours - theirs).max() > 0 for ours, theirs in changed)


def test_the_perceptual_loss_is_of_the_frames_that_are_shown(monkeypatch):
    asked, model, given = install(monkeypatch), small(), batch()
    model.compile(**learning(detail=True))
    found = model.generator_losses(given, -given["video"])["perceptual"]
    assert float(found) > 0 and asked == ["lpips-alex"]
    assert float(model.generator_losses(given, given["video"])["perceptual"]) == 0.0
    model.check_ready()
    assert asked == 3 * ["lpips-alex"]


def test_it_saves_and_goes_on_as_if_it_had_not(tmp_path):
    first, second, model = batch(), batch(), small()
    model.train_step(first)
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    assert loaded.loss_weights == model.loss_weights and not loaded.plays
    for each in (model, loaded):
        each.train_step(second)
    assert_same_weights(model, loaded)


def test_it_goes_on_from_its_average_for_fidelity_or_for_detail():
    model = small()
    model.train_step(batch())
    for detail in (False, True):
        again = model.again(16, detail=detail)
        assert again.plays is detail and int(again.step) == 0
        assert_same_weights(again.generator, model.average)


def test_fidelity_of_who_fills_holes_is_that_of_the_holes():
    model, real = small(masked=True), batch()
    real["mask"] = tf.concat([tf.ones((2, 4, 4, 8, 1)), tf.zeros((2, 4, 4, 8, 1))], 2)
    fake = real["video"] + 0.25 * tf.repeat(tf.repeat(real["mask"], 2, 2), 2, 3)
    losses = model.generator_losses(real, fake)
    assert float(losses["fidelity"]) == pytest.approx(0.25, abs=5e-3)


@pytest.mark.slow
def test_the_second_phase_in_a_graph(tmp_path):
    """As `fit` runs it, with every term."""
    weights.fetch("lpips-alex")
    model = VideoRestorer.from_preset(32, 2, width=8, depth=1)
    model.compile(**learning(detail=True))
    shape = {"video": (4, 32, 32, 3), "degraded": (4, 16, 16, 3), "mask": (4, 16, 16, 1)}
    clips = {name: RNG.uniform(-1, 1, (2, *each)).astype("f") for name, each in shape.items()}
    clips["level"] = np.zeros(2, "float32")
    logs = model.fit(tf.data.Dataset.from_tensors(clips).repeat(2), verbose=0).history
    assert logs["perceptual"][0] > 0 and np.isfinite(logs["g_loss"][0])


def test_terms_that_weigh_nothing_are_not_measured_and_fidelity_is_the_distance():
    model, real = small(), batch()
    losses = model.generator_losses(real, real["video"] + 0.25)
    assert float(losses["fidelity"]) == pytest.approx(0.25, abs=1e-3)
    assert float(losses["perceptual"]) == float(losses["ping_pong"]) == 0.0


def test_features_are_those_of_the_discriminator_and_zero_of_equals():
    model, real = small(), batch()
    model.compile(loss_weights={"features": 1.0, "perceptual": 0.0, "ping_pong": 0.0})
    assert float(model.generator_losses(real, real["video"])["features"]) == 0.0
    before = float(model.generator_losses(real, 0 * real["video"])["features"])
    assert before > 1e-3
    for weight in model.discriminator.trainable_variables:
        weight.assign(0.0 * weight)
    assert float(model.generator_losses(real, 0 * real["video"])["features"]) == 0.0


def squares(side):
    return {"video": tf.zeros((2, 4, side, side, 3)), "degraded": tf.zeros((2, 4, 12, 12, 3))}


def without(name):
    return {key: value for key, value in batch().items() if key != name}


@pytest.mark.parametrize(
    ("of", "given", "message"),
    [
        ({}, without("degraded"), r'no "degraded", only video, mask, level: data\.pairs'),
        ({"masked": True}, without("mask"), r'no "mask", only video, degraded, level: data\.pairs'),
        ({"leveled": True}, without("level"), r'no "level", only video, degraded, mask'),
        ({}, {**batch(), "degraded": batch()["video"]}, r'"degraded" .*4, 8, 8, 3\).*2, 4, 16, 16'),
        ({}, {**batch(), "video": batch()["video"][:, :3]}, r'"degraded" .*\(batch, 3, 8, 8, 3\)'),
        ({"folds": 3}, {**batch(), **squares(24)}, r'"video" .*a multiple of 16, a multiple of 16'),
    ],
)
def test_batches_that_are_no_pairs_are_refused(of, given, message):
    with pytest.raises(ValueError, match=message):
        small(**of).train_step(given)


def test_what_the_generator_is_not_told_need_not_be_there():
    model = small()
    model.train_step({name: batch()[name] for name in ("video", "degraded")})
    model.compile(loss_weights={"ping_pong": 1.0, "perceptual": 0.0})
    model.train_step({name: batch()[name] for name in ("video", "degraded")})


def test_a_batch_of_pairs_is_not_what_predict_takes():
    """It would take the real video for what is to be restored."""
    model, pairs = small(), batch()
    with pytest.raises(ValueError, match=r'reads \{"video": .*given video, degraded, mask, level'):
        model.predict(tf.data.Dataset.from_tensors(pairs), verbose=0)
    for inputs in ({"video": pairs["degraded"]}, pairs["degraded"]):
        assert model.predict(inputs, verbose=0).shape == (2, 4, 16, 16, 3)


def test_contrast_is_what_is_fainter_and_only_where_it_weighs():
    model, real = small(), batch()
    faint = 0.5 * real["video"]
    assert float(model.generator_losses(real, faint)["contrast"]) == 0.0
    assert learning(detail=True)["loss_weights"]["contrast"] == 0.0
    model.compile(loss_weights={"contrast": 1.0, "perceptual": 0.0, "ping_pong": 0.0})
    of_faint, of_equal = (
        float(model.generator_losses(real, video)["contrast"]) for video in (faint, real["video"])
    )
    assert of_equal < 0.02 < 0.2 < of_faint


def test_ping_pong_is_zero_where_the_order_does_not_matter():
    model = small()
    model.compile(loss_weights={"ping_pong": 1.0, "perceptual": 0.0})
    still = batch()
    frame = still["degraded"][:, :1]
    turned = {**still, "degraded": tf.concat([frame, 0 * frame, 0 * frame, frame], 1)}
    fake = model.generator(model.generator_inputs(turned, None))
    assert float(model.generator_losses(turned, fake)["ping_pong"]) < 3e-3  # Bicubic, as yet.
    model.generator.head.kernel.assign(RNG.normal(0, 0.3, model.generator.head.kernel.shape))
    fake = model.generator(model.generator_inputs(turned, None))
    assert float(model.generator_losses(turned, fake)["ping_pong"]) > 3e-3


def test_ping_pong_is_of_frames_and_masks_in_the_other_order():
    model, given = small(masked=True), batch()
    model.compile(loss_weights={"ping_pong": 1.0, "perceptual": 0.0})
    model.generator.head.kernel.assign(RNG.normal(0, 0.3, model.generator.head.kernel.shape))
    mask = np.zeros((2, 4, 8, 8, 1), "float32")
    mask[:, 0, :4] = 1.0  # Of the first frame alone: turned, it is of the last.
    given["mask"] = tf.constant(mask)
    fake = model.generator(model.generator_inputs(given, None))
    turned = {"video": given["degraded"][:, ::-1], "mask": given["mask"][:, ::-1]}
    back = model.generator(turned)[:, ::-1]
    wanted = float(tf.reduce_mean(tf.sqrt((back - fake) ** 2 + 2e-3**2)))
    found = float(model.generator_losses(given, fake)["ping_pong"])
    assert found == pytest.approx(wanted, rel=1e-4)


def test_the_discriminator_sees_other_frames_at_every_step():
    model, given = small(), batch(frames=5)
    seen = []
    for _ in range(4):
        shown = model.discriminator_inputs(given["video"], given)
        seen.append(shown["video"].numpy())
        assert shown["degraded"].shape == (2, 3, 8, 8, 3)
        model.step.assign_add(1)
    np.testing.assert_array_equal(seen[1], given["video"][:, 1:4])
    np.testing.assert_array_equal(seen[3], seen[0])


def test_networks_of_other_factors_do_not_fit():
    with pytest.raises(ValueError, match="agree on `factor`"):
        VideoRestorer(RestorerGenerator(2, 8, 1), RestorerDiscriminator(16, 1))


def test_without_the_game_its_features_are_not_asked():
    weights = learning(detail=True, adversarial=0.0, perceptual=1.0)["loss_weights"]
    assert weights["adversarial"] == weights["features"] == 0.0 < weights["perceptual"]
    assert learning(detail=True)["loss_weights"]["features"] > 0
