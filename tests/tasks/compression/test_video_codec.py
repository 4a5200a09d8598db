"""Compression: what the terms measure, that rates are held, the two phases, and saving."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from same import assert_same_weights
from tiny_lpips import install

from tfvgan.engine.draws import Draws
from tfvgan.networks import CodecDiscriminator, CodecGenerator
from tfvgan.tasks import VideoCodec
from tfvgan.tasks.compression.video_codec import (
    FIRST,
    GROUP,
    PACE,
    TARGETS,
    clip_rate,
    coded,
    learning,
    psnr,
)

RNG = np.random.default_rng(0)
SIZES = {"channels": 16, "width": 8, "depth": 1, "memory": 4}


@pytest.fixture(scope="module")
def shared():
    """A new model, for tests that leave it as it is."""
    return small()


@pytest.fixture(scope="module")
def trained():
    """A model after a step or more, for tests that look at where it is."""
    model = small()
    model.train_step(batch())
    return model


@pytest.fixture(scope="module")
def playing():
    """A model of the second phase."""
    model = small()
    model.compile(**learning(detail=True), run_eagerly=True)
    return model


def small(seed=0):
    return VideoCodec.from_preset(16, seed, **SIZES)


def batch(count=2, frames=3, **more):
    """Returns clips of one colour and its shades: soon learnt."""
    shades = np.linspace(-0.2, 0.2, 16, dtype="float32")[:, None] + [0.5, 0.0, -0.4]
    video = np.broadcast_to(shades, (count, frames, 16, 16, 3)).astype("float32")
    return {"video": tf.constant(video), **more}


def known(clips, bits=0.0, quality=4.0):
    """Returns a batch as `make` returns it, with the same bits in each frame."""
    count, frames = clips["video"].shape[:2]
    told = {"bits": tf.fill((count, frames), float(bits)), "quality": tf.fill((count,), quality)}
    return {**clips, **told, "moved": clips["video"]}


def test_terms_are_what_they_say(shared):
    clips = batch()
    given = known(clips, bits=2.56)
    losses = shared.generator_losses(given, clips["video"] + 0.25)
    assert float(losses["distortion"]) == pytest.approx(0.25, abs=1e-3)
    assert float(losses["bits_per_pixel"]) == pytest.approx(0.01)
    assert float(losses["rate"]) == pytest.approx(0.01 * FIRST / TARGETS[3], rel=1e-4)
    assert float(losses["motion"]) == pytest.approx(2e-3)  # What is smooth at 0 is not 0 there.
    assert float(losses["perceptual"]) == 0.0
    assert float(losses["psnr"]) == pytest.approx(20 * np.log10(2 / 0.25), abs=1e-3)
    given["moved"] = clips["video"] + tf.reshape([9.0, 0.5, 0.5], (1, 3, 1, 1, 1))
    found = shared.generator_losses(given, clips["video"])["motion"]
    assert float(found) == pytest.approx(0.5, abs=1e-3)  # Nothing moves into a first frame.


def test_looks_are_measured_where_they_weigh(playing, monkeypatch):
    asked, clips = install(monkeypatch), batch()
    found = playing.generator_losses(known(clips), -clips["video"])["perceptual"]
    assert float(found) > 0 and asked == ["lpips-alex"]
    playing.check_ready()
    assert asked == 2 * ["lpips-alex"]


def test_the_rate_is_that_of_a_group():
    bits = tf.constant([[1000.0, 10.0, 30.0]])
    wanted = (1000 + (GROUP - 1) * 20) / (GROUP * 256)
    found = float(clip_rate({"bits": bits, "video": batch(1)["video"]})[0])
    assert found == pytest.approx(wanted)


def test_psnr_is_that_of_frames_and_does_not_count_what_lies_beyond():
    real = tf.ones((1, 2, 4, 4, 3))
    made = tf.stack([real[:, 0] + 5.0, real[:, 1] - 0.2], axis=1)
    np.testing.assert_allclose(psnr(made, real), [[100.0, 20.0]], atol=1e-3)


def test_targets_are_geometric():
    assert TARGETS[0] == pytest.approx(0.012) and TARGETS[-1] == pytest.approx(0.22)
    np.testing.assert_allclose(np.diff(np.log(TARGETS)), np.log(0.22 / 0.012) / 7, atol=1e-6)


def test_lambda_grows_above_the_target_and_falls_below_it(shared):
    model, before = shared, shared.log_lmbda.numpy()
    high = 256 * TARGETS[3]
    for bits, moved in ((3 * high, 1.0), (1.5 * high, 0.5), (high, 0.0), (0.0, -1.0)):
        model.log_lmbda.assign(before)
        model.adapt(known(batch(), bits=bits))
        change = model.log_lmbda.numpy() - before
        assert change[3] == pytest.approx(PACE * moved, abs=1e-5)
        assert not change[[0, 1, 2, 4, 5, 6, 7]].any()
    model.log_lmbda.assign(before)
    np.testing.assert_allclose(model.lmbda(tf.constant([1.0, 8.0])), FIRST / TARGETS[[0, 7]])


def test_what_is_made_is_what_the_network_decodes(shared):
    clips, quality = batch(), np.array([1.0, 8.0], "float32")
    shared.generator.head.kernel.assign(RNG.normal(0, 0.1, shared.generator.head.kernel.shape))
    made, found = coded(shared.generator, clips["video"], quality)
    wanted = shared.generator({"video": clips["video"], "quality": quality})
    np.testing.assert_allclose(made, wanted, atol=1e-5)
    assert found["symbols"].shape == (2, 3, 1, 1, 16) and found["bits"].shape == (2, 3)
    np.testing.assert_array_equal(found["symbols"], np.round(found["symbols"]))
    noisy = coded(shared.generator, clips["video"], quality, Draws(0, 0))
    np.testing.assert_allclose(noisy[0], made, atol=1e-6)
    assert np.any(noisy[1]["bits"] != found["bits"])


def test_bits_are_told_the_frame_before_and_which_is_the_first(shared, monkeypatch):
    given = []

    def bits(latents, noise, before, first):
        given.append([np.asarray(each) for each in (latents, noise, before, first)])
        return 0.0 * first

    monkeypatch.setattr(shared.generator, "bits", bits)
    video = tf.constant(RNG.uniform(-1, 1, (2, 3, 16, 16, 3)).astype("float32"))
    symbols = coded(shared.generator, video, tf.constant([4.0, 8.0]))[1]["symbols"].numpy()
    assert np.abs(symbols).max(axis=(0, 2, 3, 4)).min() > 0
    for n, (latents, noise, before, first) in enumerate(given):
        np.testing.assert_allclose(latents + noise, symbols[:, n], atol=1e-4)
        np.testing.assert_array_equal(before, symbols[:, n - 1] if n else 0 * before)
        np.testing.assert_array_equal(first, [n == 0] * 2)


def test_qualities_are_drawn_for_each_clip(shared):
    found = shared.generator_inputs(batch(64), Draws(0, 0))["quality"].numpy()
    assert set(found) == set(range(1, 9))
    told = tf.constant([2.0, 3.0])
    assert shared.generator_inputs(batch(quality=told), None)["quality"] is told


def test_the_discriminator_is_told_what_the_decoder_knows_of_the_same_frames(shared):
    clips = batch(frames=4)
    symbols = tf.reshape(tf.range(8.0), (2, 4, 1, 1, 1)) * tf.ones((2, 4, 1, 1, 16))
    seen = shared.discriminator_inputs(clips["video"], {**clips, "symbols": symbols})
    assert seen["video"].shape == (2, 3, 16, 16, 3)
    np.testing.assert_array_equal(seen["latents"][:, :, 0, 0, 0], [[0, 1, 2], [4, 5, 6]])


@pytest.mark.slow
def test_the_loss_falls_on_one_clip_without_the_game():
    model, clips = small(), batch(quality=tf.constant([4.0, 8.0]))
    before = model.discriminator.get_weights()
    data = tf.data.Dataset.from_tensors(clips).repeat(30)
    logs = model.fit(data, epochs=2, verbose=0).history
    loss = np.array(logs["rate"]) + 2 * np.array(logs["distortion"])
    assert loss[1] < 0.9 * loss[0] and logs["psnr"][1] > logs["psnr"][0]
    assert "d_loss" not in logs and min(logs["bits_per_pixel"]) > 0
    for ours, theirs in zip(model.discriminator.get_weights(), before, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    lambdas = np.log(FIRST / TARGETS)
    moved = np.abs(model.log_lmbda.numpy() - lambdas) > 1e-4
    np.testing.assert_array_equal(np.flatnonzero(moved), [3, 7])


def test_with_the_game_both_learn(playing, monkeypatch):
    install(monkeypatch)
    model, clips = playing, batch()
    before = model.discriminator.get_weights()
    logs = model.fit(tf.data.Dataset.from_tensors(clips).repeat(2), verbose=0).history
    assert {"d_loss", "g_loss", "rate", "distortion", "perceptual", "psnr"} <= set(logs)
    assert all(np.all(np.isfinite(value)) for value in logs.values())
    changed = zip(model.discriminator.get_weights(), before, strict=True)
    assert any(np.abs(ours - theirs).max() > 0 for ours, theirs in changed)
    found = model.evaluate(tf.data.Dataset.from_tensors(clips), verbose=0, return_dict=True)
    assert found["bits_per_pixel"] > 0 and found["distortion"] > 0


def test_it_saves_and_goes_on_as_if_it_had_not(trained, tmp_path):
    model, second = trained, batch(1, 4)
    moved = model.log_lmbda.numpy()
    assert np.abs(moved - np.log(FIRST / TARGETS)).max() > 1e-4
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    np.testing.assert_array_equal(loaded.log_lmbda, moved)
    assert loaded.loss_weights == model.loss_weights and not loaded.plays
    for each in (model, loaded):
        each.train_step(second)
    assert_same_weights(model, loaded)


def test_it_goes_on_from_its_average_and_its_lambdas(trained):
    model = trained
    again = model.again(16, detail=True, perceptual=0.5)
    assert again.plays and int(again.step) == 0 and again.loss_weights["perceptual"] == 0.5
    np.testing.assert_array_equal(again.log_lmbda, model.log_lmbda)
    assert_same_weights(again.generator, model.average)
    assert not model.again(16).plays


def test_before_and_after_say_rate_and_quality(shared, eagerly):
    found = shared.before_and_after(batch(1))
    real, *others = found
    assert real == "real" and [name.split("\n")[0] for name in others] == [
        "quality 1", "quality 4", "quality 8",
    ]  # fmt: skip
    assert all(" bpp\n" in name and " dB\n" in name for name in others)
    assert {(each.dtype.name, each.shape) for each in found.values()} == {
        ("uint8", (1, 3, 16, 16, 3))
    }


def test_it_serves_its_halves(shared):
    assert list(shared.endpoints()) == ["synthesize", "analyze"]


def test_two_frames_are_too_few(shared):
    with pytest.raises(ValueError, match="batch, 3 or more, .*: ask for more `frames`"):
        shared.train_step(batch(frames=2))


def test_sides_are_multiples_of_16_and_in_the_game_those_that_are_judged(shared):
    with pytest.raises(ValueError, match="a multiple of 16, a multiple of 16, 3"):
        shared.train_step({"video": tf.zeros((1, 3, 24, 16, 3))})
    side = shared.discriminator.size
    assert shared.plays == (shared.parts()["video"].shape[1:] == (side, side, 3))


def test_networks_of_other_channels_do_not_fit():
    with pytest.raises(ValueError, match="agree on `channels`"):
        VideoCodec(CodecGenerator(**SIZES), CodecDiscriminator(16, 24))
