"""How far sharpness is: by closed forms, wherever edges lie."""

import numpy as np
import pytest

from tfvgan.losses import far_in_sharpness

RNG = np.random.default_rng(0)
PICTURE = RNG.uniform(-1, 1, (2, 16, 16, 3)).astype("float32")


def test_half_the_contrast_is_half_the_slopes():
    assert float(far_in_sharpness(PICTURE, PICTURE)) == 0
    assert float(far_in_sharpness(0.5 * PICTURE, PICTURE)) == pytest.approx(0.5, abs=0.01)
    # What is too steep counts as well: it would look harder than it was.
    assert float(far_in_sharpness(2 * PICTURE + 1, PICTURE)) == pytest.approx(1.0, abs=0.01)
    assert float(far_in_sharpness(0 * PICTURE, PICTURE)) == pytest.approx(1.0, abs=0.01)


def test_edges_may_lie_elsewhere_in_their_window():
    stripes = np.zeros((1, 16, 16, 3), "float32")
    stripes[:, :, 2::8] = 1
    assert float(far_in_sharpness(np.roll(stripes, 2, 2), stripes)) < 0.01
    # In another window they are missed, whatever there is too much elsewhere.
    left = np.zeros_like(stripes)
    left[:, :, 2] = 1
    right = np.roll(left, 8, 2)
    assert float(far_in_sharpness(right, left)) > 0.9
