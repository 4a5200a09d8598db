"""What has to be equal: the weights of two models or networks."""

import numpy as np


def assert_same_weights(one, other, far=0.0):
    """Checks that weights are equal to the bit, or not further from each other than `far`."""
    for found, wanted in zip(other.get_weights(), one.get_weights(), strict=True):
        np.testing.assert_allclose(found, wanted, rtol=0.0, atol=far)
