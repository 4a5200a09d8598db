import numpy as np
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
