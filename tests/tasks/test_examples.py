"""Pictures that exports are tried on."""

import numpy as np

from tfvgan.tasks.examples import smooth_pictures


def test_pictures_are_drawn_by_their_seed():
    first, again, other = (smooth_pictures(2, 8, seed).numpy() for seed in (1, 1, 2))
    assert first.dtype == np.uint8 and first.shape == (2, 8, 8, 3)
    np.testing.assert_array_equal(first, again)
    assert (first != other).any() and first.std() > 20
