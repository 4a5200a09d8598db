"""Borders repeat the nearest pixels, however small the picture is."""

import numpy as np

from tfvgan.layers import bordered


def test_the_nearest_pixels_are_repeated():
    picture = np.random.default_rng(0).uniform(size=(2, 2, 3, 4)).astype("float32")
    made = bordered(picture, 3, 1)
    wanted = np.pad(picture, [(0, 0), (3, 1), (3, 1), (0, 0)], "edge")
    np.testing.assert_array_equal(made, wanted)
    np.testing.assert_array_equal(bordered(picture, 0, 0), picture)
