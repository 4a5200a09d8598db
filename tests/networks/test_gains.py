"""Gains: of a quality, and between two of them."""

import numpy as np

from tfvgan.networks.gains import QUALITIES, gain, initial_gains, initial_inverse_gains

RNG = np.random.default_rng(0)


def test_those_of_a_quality_in_between_are_a_mixture_of_logarithms():
    table = RNG.normal(size=(2, QUALITIES, 5)).astype("float32")
    quality = np.array([3.0, 3.25, 8.0, 1.0], "float32")
    first = np.array([1, 1, 0, 0], "float32")
    gains = np.asarray(gain(table, first, quality))
    assert gains.shape == (4, 1, 1, 5)
    wanted = [table[0, 2], 0.75 * table[0, 2] + 0.25 * table[0, 3], table[1, 7], table[1, 0]]
    np.testing.assert_allclose(gains[:, 0, 0], np.exp(wanted), rtol=1e-5)


def test_to_begin_with_they_undo_one_another_and_are_finer_for_first_frames():
    shape = (2, QUALITIES, 16)
    gains, inverse = np.asarray(initial_gains(shape)), np.asarray(initial_inverse_gains(shape))
    np.testing.assert_array_equal(gains + inverse, np.zeros(shape))
    np.testing.assert_allclose(np.diff(gains[:, :, 2:], axis=1), np.log(1.35), rtol=1e-5)
    np.testing.assert_allclose(gains[0, :, 2:] - gains[1, :, 2:], 1.2, rtol=1e-5)
    np.testing.assert_allclose(gains[:, :, :2], 0.5 * gains[:, :, 2:4], rtol=1e-6)  # Of motion.
    np.testing.assert_allclose(gains[1, 4, 2:], 1.2, rtol=1e-6)
