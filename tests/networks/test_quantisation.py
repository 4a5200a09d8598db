"""Rounding of latents: its values, and its slope."""

import numpy as np
import pytest
import tensorflow as tf

from tfvgan.networks.quantisation import SOFT_THRESHOLD, rounded, soft_threshold

LATENTS = [0.4, 1.6, -2.5, -0.1]


@pytest.mark.parametrize(
    "function,wanted",
    [
        (rounded, np.round(LATENTS)),
        (soft_threshold, [0.4 - SOFT_THRESHOLD, 1.6 - SOFT_THRESHOLD, -2.5 + SOFT_THRESHOLD, 0.0]),
    ],
)
def test_its_slope_is_that_of_what_is_rounded(function, wanted):
    x = tf.Variable(LATENTS)
    with tf.GradientTape() as tape:
        y = function(x)
    np.testing.assert_allclose(y, wanted, rtol=1e-6)
    np.testing.assert_array_equal(tape.gradient(y, x), np.ones(4))
