import numpy as np
import pytest
from keras import ops

from tfvgan.layers import ModulatedConv
from tfvgan.layers.modulation import GAIN

RNG = np.random.default_rng(0)
FEATURES = RNG.normal(size=(2, 6, 6, 5)).astype("float32")
STYLE = RNG.normal(size=(2, 4)).astype("float32")


def test_it_is_the_convolution_with_scaled_and_normalised_weights_shifted():
    layer = ModulatedConv(3)
    found = np.asarray(layer(FEATURES, STYLE))
    scale, shift = np.asarray(layer.scale(STYLE)), np.asarray(layer.shift(STYLE))
    assert np.abs(shift[0] - shift[1]).min() > 0
    for n in range(2):
        kernel = np.asarray(layer.kernel) * scale[n][:, None]
        kernel /= np.sqrt((kernel**2).sum((0, 1, 2)) + 1e-8)
        y = GAIN * np.asarray(ops.conv(FEATURES[n : n + 1], kernel, padding="same") + shift[n])
        np.testing.assert_allclose(found[n], np.maximum(y, 0.2 * y)[0], atol=1e-5)


def test_the_size_of_a_scale_does_not_matter():
    layer = ModulatedConv(3, 1)
    layer(FEATURES, STYLE)
    layer.scale.bias.assign(np.zeros(5))
    layer.shift.kernel.assign(np.zeros((4, 3)))
    np.testing.assert_allclose(layer(FEATURES, STYLE), layer(FEATURES, 9 * STYLE), rtol=1e-3)


def test_config_round_trip():
    layer = ModulatedConv(3, 1)
    assert ModulatedConv.from_config(layer.get_config()).get_config() == layer.get_config()


def test_first_weights_keep_the_size_of_what_they_read():
    layer = ModulatedConv(300)
    layer.build((None, 6, 6, 20), (None, 400))
    kernel, shift = np.asarray(layer.kernel), np.asarray(layer.shift.kernel)
    assert kernel.shape == (3, 3, 20, 300)
    assert abs(kernel.std() * np.sqrt(3 * 3 * 20) - 1) < 0.02 and abs(kernel.mean()) < 1e-3
    assert abs(shift.std() * np.sqrt(400 / 2) - 1) < 0.02
    np.testing.assert_array_equal(layer.scale.bias, np.ones(20))
    assert pytest.approx(2**0.5) == GAIN


def test_all_of_it_computes_as_it_is_told():
    layer = ModulatedConv(3, dtype="mixed_float16")
    assert layer(FEATURES.astype("float16"), STYLE.astype("float16")).dtype == "float16"
    assert {each.compute_dtype for each in (layer.scale, layer.shift, layer.relu)} == {"float16"}


def test_nothing_in_is_nothing_but_the_shift_out():
    layer = ModulatedConv(3)
    layer(FEATURES, STYLE)
    layer.scale.kernel.assign(np.zeros((4, 5)))
    layer.scale.bias.assign(np.zeros(5))
    y = GAIN * np.asarray(layer.shift(STYLE))
    found = np.asarray(layer(FEATURES, STYLE))
    np.testing.assert_allclose(found[:, 3, 3], np.maximum(y, 0.2 * y), rtol=1e-5)
