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


def test_it_is_a_constant_that_styled_convolutions_double():
    layer = Backdrop(8, 2, 6)
    layer(STYLE)
    layer.gain.assign(np.arange(6))
    x = np.repeat(layer.constant, 3, axis=0)
    wide = np.pad(layer.convs[0](x, STYLE), ((0, 0), (1, 1), (1, 1), (0, 0)), "edge")
    for axis in (1, 2):  # Bilinear, between the middles of its places.
        wide = np.moveaxis(wide, axis, 0)
        both = [0.75 * wide[1:-1] + 0.25 * wide[:-2], 0.75 * wide[1:-1] + 0.25 * wide[2:]]
        wide = np.moveaxis(np.stack(both, 1).reshape(8, *wide.shape[1:]), 0, axis)
    wanted = np.asarray(layer.convs[1](wide, STYLE)) * np.arange(6)
    np.testing.assert_allclose(layer(STYLE), wanted, atol=1e-4)
    assert [conv.filters for conv in layer.convs] == [2, 6]


def test_its_constant_is_drawn_from_a_normal_and_all_of_it_computes_as_told():
    layer = Backdrop(8, 500, 6, dtype="mixed_float16")
    layer.build((1, 5))
    assert all(conv.built for conv in layer.convs)
    constant = np.asarray(layer.constant)
    assert constant.shape == (1, 4, 4, 500)
    assert abs(constant.mean()) < 0.05 and abs(constant.std() - 1) < 0.05
    assert {part.compute_dtype for part in (*layer.convs, layer.grow)} == {"float16"}
