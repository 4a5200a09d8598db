"""The second stage: what the players read, what the terms measure, and that it trains."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from same import assert_same_weights

from tfvgan import VideoEnlarger
from tfvgan.engine import Draws
from tfvgan.networks import EnlargerDiscriminator, EnlargerGenerator
from tfvgan.tasks.enlargement.video_enlarger import BLUR, NOISE, disturbed, softened
from tfvgan.video import from_uint8, to_uint8

SIDE, FACTOR = 8, 2
RNG = np.random.default_rng(0)
VIDEOS = RNG.integers(0, 256, (2, 5, SIDE, SIDE, 3), np.uint8)


def small(**arguments):
    return VideoEnlarger.from_preset(4, SIDE * FACTOR, FACTOR, width=8, **arguments)


def batch(count=2, frames=3):
    shape = (count, frames, SIDE * FACTOR, SIDE * FACTOR, 3)
    times = np.tile(np.arange(frames, dtype="float32"), (count, 1))
    video = RNG.uniform(-1, 1, shape).astype("float32")
    return {"video": tf.constant(video), "times": tf.constant(times)}


@pytest.fixture(scope="module")
def model():
    return small(compile=False)


def test_it_trains_saves_and_goes_on_as_if_it_had_not(tmp_path):
    first, second, model = batch(), batch(), small()
    logs = model.train_step(first)
    assert {"consistency", "fidelity", "penalty", "d_loss", "g_loss"} <= set(logs)
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    assert loaded.loss_weights == model.loss_weights
    assert loaded.loss_weights == {"adversarial": 1.0, "consistency": 50.0, "fidelity": 100.0}
    for each in (model, loaded):
        assert all(np.isfinite(value) for value in each.train_step(second).values())
    assert_same_weights(model, loaded)
    np.testing.assert_array_equal(loaded.enlarge(VIDEOS), model.enlarge(VIDEOS))


def test_terms_are_zero_where_nothing_is_missed(model):
    real = batch()
    losses = model.generator_losses(real, real["video"])
    assert float(losses["consistency"]) == float(losses["fidelity"]) == 0.0
    off = model.generator_losses(real, real["video"] + 0.25)
    np.testing.assert_allclose([off["consistency"], off["fidelity"]], 0.25, atol=1e-6)
    texture = np.tile([[1.0, -1.0], [-1.0, 1.0]], (SIDE, SIDE))[..., None].astype("float32")
    hidden = model.generator_losses(real, real["video"] + 0.25 * texture)
    np.testing.assert_allclose([hidden["consistency"], hidden["fidelity"]], [0, 0.25], atol=1e-6)


def test_the_players_read_the_small_video_disturbed_and_plain(model):
    real = batch()
    plain = model.generator.shrink(real["video"])
    inputs = model.generator_inputs(real, Draws(0, 0))
    assert inputs["latents"].shape == (2, model.generator.latent_dim)
    assert 0 < np.abs(inputs["video"] - plain).mean() < 0.5
    judged = model.discriminator_inputs(real["video"], real)
    np.testing.assert_array_equal(judged["small"], plain)
    np.testing.assert_array_equal(judged["times"], real["times"])
    assert list(model.parts()) == ["video", "times"]
    assert model.parts()["video"].shape == real["video"].shape[1:]


def test_disturbance_is_as_large_as_it_says_and_differs_by_clip():
    grey = tf.zeros((64, 2, 8, 8, 3))
    noise = disturbed(grey, Draws(0, 0)).numpy().std(axis=(1, 2, 3, 4))
    assert noise.min() < 0.1 * NOISE and 0.8 * NOISE < noise.max() < 1.1 * NOISE
    point = np.zeros((1, 1, 9, 9, 3), "float32")
    point[:, :, 4, 4] = 1.0
    spread = softened(point).numpy()[0, 0, :, :, 0]
    np.testing.assert_allclose(spread.sum(), 1.0, atol=1e-6)
    far = np.arange(9) - 4
    np.testing.assert_allclose(spread.sum(1) @ far**2, BLUR**2, atol=1e-6)
    np.testing.assert_allclose(softened(tf.ones((1, 1, 8, 8, 3))), 1.0, atol=1e-6)


def test_networks_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="agree on `factor`.*2.*4"):
        VideoEnlarger(EnlargerGenerator(size=8, factor=2), EnlargerDiscriminator(size=8, factor=4))
    with pytest.raises(ValueError, match="power of two from 32"):
        VideoEnlarger.from_preset(size=16)


def test_what_is_served_is_the_averages(model):
    assert model.enlarger.generator is model.average
    assert list(model.endpoints()) == ["enlarge", "enlarge_encoded", "enlarge_frame"]
    real = to_uint8(batch()["video"]).numpy()
    np.testing.assert_array_equal(model.before_and_after({"video": from_uint8(real)})["real"], real)
