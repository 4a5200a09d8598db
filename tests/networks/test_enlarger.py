"""Enlargement: bilinear before it has learnt anything, and judged beside the small frames."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfvgan.networks import EnlargerDiscriminator, EnlargerGenerator
from tfvgan.networks.enlarger import factor_doublings, small_size, towards

RNG = np.random.default_rng(0)
SMALL = RNG.uniform(-1, 1, (2, 3, 8, 8, 3)).astype("float32")
LATENTS = RNG.normal(size=(2, 4)).astype("float32")
LARGE = RNG.uniform(-1, 1, (2, 3, 32, 32, 3)).astype("float32")
TIMES = np.tile(np.array([0, 4, 5], "float32"), (2, 1))


def generator(learnt=True, **arguments):
    """Returns a tiny generator; one that has learnt something does more than bilinear."""
    network = EnlargerGenerator(4, 8, width=8, depth=1, **arguments)
    network.build()
    if learnt:
        kernel = network.head.kernel
        kernel.assign(RNG.normal(0.0, 0.1, kernel.shape))
    return network


def enlarged(network, video=SMALL, latents=LATENTS):
    return np.asarray(network(network.pack(video=video, latents=latents)))


def judged(network, video=LARGE, small=SMALL, times=TIMES):
    return np.asarray(network(network.pack(video=video, small=small, times=times)))


@pytest.fixture(scope="module")
def learnt():
    return generator()


@pytest.fixture(scope="module")
def discriminator():
    return EnlargerDiscriminator(16, 8, width=8)


@pytest.mark.parametrize("factor", [2, 4])
def test_it_begins_as_the_bilinear_enlargement(factor):
    expected = tf.image.resize(SMALL.reshape(6, 8, 8, 3), [8 * factor] * 2, "bilinear")
    found = enlarged(generator(learnt=False, factor=factor))
    np.testing.assert_allclose(found.reshape(expected.shape), expected, atol=1e-5)


def test_what_is_learnt_stays_in_range_and_is_float32(learnt):
    found = enlarged(learnt, 8.0 * LARGE[:, :, :8, :8].clip(-0.125, 0.125))
    assert found.dtype == "float32" and np.abs(found).max() <= 1.0
    assert np.abs(enlarged(learnt) - enlarged(generator(learnt=False))).max() > 0.1


def test_a_frame_depends_on_itself_and_the_latents_alone(learnt):
    whole = enlarged(learnt)
    for some in ([0], [2, 1], [1, 1, 1, 0, 2]):
        np.testing.assert_allclose(enlarged(learnt, SMALL[:, some]), whole[:, some], atol=1e-5)
    assert np.abs(enlarged(learnt, latents=LATENTS[::-1].copy()) - whole).max() > 0


def test_towards_goes_a_share_of_the_way():
    base = np.linspace(-1, 1, 9, dtype="float32")
    np.testing.assert_array_equal(towards(base, np.zeros(9, "float32")), base)
    np.testing.assert_allclose(towards(base, np.full(9, 1.0, "float32")), 1.0)
    np.testing.assert_allclose(towards(base, np.full(9, -1.0, "float32")), -1.0)
    np.testing.assert_allclose(towards(base, np.full(9, 0.5, "float32")), (base + 1) / 2)


def test_shrinking_takes_means_of_squares(learnt):
    expected = LARGE.reshape(2, 3, 8, 4, 8, 4, 3).mean((3, 5))
    np.testing.assert_allclose(learnt.shrink(LARGE), expected, atol=1e-6)


def test_an_even_picture_is_made_large_and_small_without_a_trace():
    network = generator(learnt=False)
    even = np.broadcast_to(SMALL[:, :, :1, :1], SMALL.shape).copy()
    np.testing.assert_allclose(network.shrink(enlarged(network, even)), even, atol=1e-6)
    slope = np.broadcast_to(np.linspace(-1, 1, 8, dtype="float32")[:, None], SMALL.shape).copy()
    again = np.asarray(network.shrink(enlarged(network, slope)))
    np.testing.assert_allclose(again[..., 1:-1, :], slope[..., 1:-1, :], atol=1e-6)


def test_the_judge_sees_the_details_the_small_video_and_the_times(discriminator):
    logits = judged(discriminator)
    assert logits.shape == (2, 2) and logits.dtype == "float32"
    others = ({"video": -LARGE}, {"small": -SMALL}, {"times": TIMES + [0, 1, 7]})
    for other in others:
        other = {name: value.astype("float32") for name, value in other.items()}
        assert np.abs(judged(discriminator, **other) - logits).max() > 0


@pytest.mark.slow
@pytest.mark.parametrize("factor", [2, 8])
def test_judges_of_other_factors_read_other_sizes(factor):
    network = EnlargerDiscriminator(16, 8, factor, width=8, samples=2)
    video = np.zeros((1, 2, 8 * factor, 8 * factor, 3), "float32")
    assert judged(network, video, SMALL[:1, :2], TIMES[:1, :2]).shape == (1, 2)


def test_saved_and_loaded_networks_are_the_same(learnt, discriminator, tmp_path):
    for network, outputs in ((learnt, enlarged), (discriminator, judged)):
        expected = outputs(network)
        network.save(tmp_path / "network.keras")
        loaded = keras.models.load_model(tmp_path / "network.keras")
        assert loaded.get_config() == network.get_config()
        np.testing.assert_array_equal(outputs(loaded), expected)


def test_gradients_reach_every_weight(learnt, discriminator):
    with tf.GradientTape() as tape:
        video = learnt(learnt.pack(video=SMALL, latents=LATENTS))
        logits = discriminator(discriminator.pack(video=video, small=SMALL, times=TIMES))
        loss = tf.reduce_sum(logits**2)
    variables = learnt.trainable_variables + discriminator.trainable_variables
    for variable, gradient in zip(variables, tape.gradient(loss, variables), strict=True):
        assert gradient is not None and np.abs(gradient).max() > 0, variable.path


@pytest.mark.slow
def test_half_precision_returns_float32():
    assert enlarged(generator(dtype="mixed_float16")).dtype == "float32"
    assert judged(EnlargerDiscriminator(16, 8, width=8, dtype="mixed_float16")).dtype == "float32"


@pytest.mark.parametrize("wrong", [{"factor": 3}, {"factor": 1}, {"size": 12}, {"width": 0}])
def test_wrong_numbers_are_refused_in_a_sentence(wrong):
    for player in (EnlargerGenerator, EnlargerDiscriminator):
        with pytest.raises(ValueError, match=f"`{next(iter(wrong))}` must be"):
            player(**wrong)


def test_sizes_of_both_stages():
    assert [factor_doublings(factor) for factor in (2, 4, 8)] == [1, 2, 3]
    assert small_size(256, 4) == 64
    for size in (16, 96):
        with pytest.raises(ValueError, match="power of two from 32 to be reached by a `factor` of"):
            small_size(size, 4)
