import keras
import numpy as np
import pytest
import tensorflow as tf
import toy
from same import assert_same_weights

from tfvgan.engine.moving_average import copy_network, follow
from tfvgan.engine.precision import set_policy


def test_a_copy_has_equal_weights_of_its_own():
    network = toy.generator()
    copy = copy_network(network)
    assert_same_weights(network, copy)
    latents = tf.ones((2, toy.LATENT_DIM))
    np.testing.assert_array_equal(network(latents), copy(latents))
    network.set_weights([w + 1 for w in network.get_weights()])
    assert (copy.get_weights()[0] != network.get_weights()[0]).all()
    assert not copy.trainable_variables


def test_a_copy_computes_in_float32_when_training_does_not():
    network = toy.generator()
    set_policy(network, "mixed_float16")
    copy = copy_network(network)
    assert {layer.compute_dtype for layer in copy.layers} == {"float32"}
    assert copy(tf.ones((2, toy.LATENT_DIM))).dtype == tf.float32


def test_it_follows_by_the_formula():
    network = toy.generator()
    average = copy_network(network)
    before = average.get_weights()
    network.set_weights([w + 1 for w in before])
    follow(average, network, 0.9, step=10**6)
    for old, new in zip(before, average.get_weights()):  # Batch statistics too.
        np.testing.assert_allclose(new, old + 0.1, atol=1e-5)


def test_early_on_the_first_weights_are_forgotten_fast():
    network = toy.generator()
    average = copy_network(network)
    before = average.get_weights()
    network.set_weights([w + 1 for w in before])
    follow(average, network, 0.999, step=0)  # The decay is 1 / 10.
    np.testing.assert_allclose(average.get_weights()[0], before[0] + 0.9, atol=1e-5)


def test_without_decay_it_copies():
    network = toy.generator()
    average = copy_network(network)
    network.set_weights([w + 1 for w in network.get_weights()])
    follow(average, network, 0.0, step=100)
    for x, y in zip(network.get_weights(), average.get_weights()):
        np.testing.assert_allclose(x, y, rtol=1e-6)


@pytest.mark.parametrize(("step", "decay"), [(3, 4 / 13), (tf.constant(90, tf.int64), 0.9)])
def test_the_decay_grows_with_the_steps_to_what_was_asked(step, decay):
    network = toy.generator()
    average = copy_network(network)
    before = average.get_weights()
    network.set_weights([w + 1 for w in before])
    follow(average, network, 0.9, step)
    np.testing.assert_allclose(average.get_weights()[0], before[0] + 1 - decay, atol=1e-5)


def test_what_is_no_float_is_copied():
    network = keras.Sequential([keras.Input((3,)), keras.layers.Dropout(0.5, seed=1)])
    average = copy_network(network)
    network(tf.ones((2, 3)), training=True)  # Its draws are counted.
    follow(average, network, 0.9, step=1000)
    (counted,), (latest,) = average.variables, network.variables
    assert "float" not in counted.dtype
    np.testing.assert_array_equal(counted, latest)
