"""FFDNet: its size, what it reads, and that it hears the noise."""

import keras
import numpy as np

from tfvgan.networks.frozen import FFDNet


def test_it_is_as_large_as_published():
    network = FFDNet()
    network.build()
    assert network.count_params() == 852_108 and not network.trainable_variables
    assert network.floats_per_pixel == 3 + 2 * 96 / 4
    assert FFDNet.from_config(FFDNet(width=4, depth=3).get_config()).width == 4


def test_frames_and_noise_make_frames():
    keras.utils.set_random_seed(0)
    network = FFDNet(width=4, depth=3)
    frames = np.random.default_rng(0).uniform(size=(2, 6, 8, 3)).astype("float32")
    made = [
        np.array(network({"frame": frames, "noise": np.float32(noise)}))
        for noise in ([0, 0], [0, 1])
    ]
    assert made[0].shape == frames.shape
    np.testing.assert_array_equal(made[0][0], made[1][0])
    assert np.abs(made[0][1] - made[1][1]).max() > 1e-3


def test_a_square_of_pixels_is_folded_and_unfolded():
    """With convolutions that copy, the frame comes back where it was, but for what is negative."""
    network = FFDNet(width=13, depth=2)
    network.build()
    for convolution, channels in zip(network.convolutions, (13, 12)):
        kernel = np.zeros(convolution.kernel.shape, "float32")
        kernel[1, 1, range(channels), range(channels)] = 1
        convolution.kernel.assign(kernel)
    frames = np.random.default_rng(0).uniform(size=(1, 6, 8, 3)).astype("float32")
    made = network({"frame": frames, "noise": np.float32([0.5])})
    np.testing.assert_allclose(np.array(made), frames, atol=1e-7)
