import numpy as np
import pytest
import tensorflow as tf

from tfvgan.layers import Backdrop

RNG = np.random.default_rng(0)
STYLE = RNG.normal(size=(3, 5)).astype("float32")


@pytest.mark.parametrize("side", [4, 8, 32])
def test_one_picture_for_each_style(side):
    layer = Backdrop(side, 2, 6)
    assert np.abs(layer(STYLE)).max() == 0  # Until it has learned to be seen.
    layer.gain.assign(np.ones(6))
    drawn = np.asarray(layer(STYLE))
    assert drawn.shape == (3, side, side, 6)
    np.testing.assert_allclose(layer(STYLE[1:2]), drawn[1:2], atol=1e-5)
    assert np.abs(drawn[0] - drawn[1]).max() > 0.1
    assert drawn.std((1, 2)).min() > 0  # The constant differs from place to place.


def test_its_gain_learns_first_then_all_of_it():
    layer = Backdrop(8, 2, 6)
    for learning in (1, 2 + 2 * 5):  # Of two convolutions: kernel; weights and biases of a style.
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(layer(STYLE) * np.arange(6))
        gradients = tape.gradient(loss, layer.trainable_variables)
        assert sum(bool(tf.reduce_any(gradient != 0)) for gradient in gradients) == learning
        layer.gain.assign(np.ones(6))


def test_config_round_trip():
    layer = Backdrop(8, 2, 6)
    assert Backdrop.from_config(layer.get_config()).get_config() == layer.get_config()
