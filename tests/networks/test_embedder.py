"""The embedder: vectors of length 1, whatever the light, and a judge of coarse pictures."""

import keras
import numpy as np
import pytest
from same import assert_same_weights

from tfvgan.networks import EmbedderDiscriminator

RNG = np.random.default_rng(0)
VIDEO = RNG.uniform(-0.5, 0.5, (3, 4, 24, 24, 3)).astype("float32")


def network():
    made = EmbedderDiscriminator(24, width=6, numbers=8)
    made.build()
    return made


def test_vectors_are_of_length_1_and_each_is_of_its_video_alone():
    net = network()
    vectors = np.asarray(net.embed(VIDEO))
    assert vectors.shape == (3, 8)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)
    np.testing.assert_allclose(net.embed(VIDEO[1:2])[0], vectors[1], atol=1e-5)
    assert np.abs(vectors[0] - vectors[1]).max() > 1e-3
    assert np.abs(net.embed(VIDEO[:1, ::-1]) - vectors[:1]).max() > 1e-4, "time counts"


def test_light_and_contrast_hardly_change_a_vector():
    net = network()
    plain, changed = (np.asarray(net.embed(each)) for each in (VIDEO, 0.2 + 1.4 * VIDEO))
    assert (plain * changed).sum(-1).min() > 0.99


def test_it_judges_means_of_3_by_3_pixels():
    net = network()
    assert net(VIDEO).shape == (3, 1)
    coarse = np.asarray(net.coarse(VIDEO))
    means = VIDEO.reshape(3, 4, 8, 3, 8, 3, 3).mean((3, 5))
    np.testing.assert_allclose(coarse, means.repeat(3, 2).repeat(3, 3), atol=1e-6)
    np.testing.assert_allclose(net(coarse), net(VIDEO), atol=1e-4)
    np.testing.assert_allclose(net.judged(net.features(net.coarse(VIDEO))), net(VIDEO), atol=1e-5)


def test_all_heads_are_built_at_once():
    net = network()
    count = len(net.weights)
    net.embed(VIDEO), net.among_made(net.features(VIDEO)), net(VIDEO)
    assert len(net.weights) == count
    assert np.shape(net.among_made(net.features(VIDEO))) == (3, 8)


def test_the_usual_one_is_small():
    net = EmbedderDiscriminator()
    net.build()
    assert 150_000 < net.count_params() < 220_000


@pytest.mark.parametrize("size", [12, 32, 72, 95])
def test_sizes_that_are_none(size):
    with pytest.raises(ValueError, match=f"`size` must be three times a .* but is {size}: ask for"):
        EmbedderDiscriminator(size)


def test_its_config_makes_it_again(tmp_path):
    net = network()
    net.save(tmp_path / "x.keras")
    again = keras.models.load_model(tmp_path / "x.keras")
    assert (again.size, again.width, again.numbers) == (24, 6, 8)
    assert_same_weights(net, again)
    np.testing.assert_array_equal(again.embed(VIDEO), net.embed(VIDEO))
