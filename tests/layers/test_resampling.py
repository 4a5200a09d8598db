"""Pictures made larger: what is even stays so, and bicubic weights are Keys's."""

import numpy as np
import tensorflow as tf

from tfvgan.layers import bicubic, half_sized, nearest
from tfvgan.layers.resampling import bicubic_taps

PICTURES = np.random.default_rng(0).uniform(-1, 1, (2, 6, 8, 3)).astype("float32")


def test_the_weights_of_neighbours_sum_to_one():
    for factor in (2, 4):
        np.testing.assert_allclose(bicubic_taps(factor).sum(0), 1.0, atol=1e-6)
    even = np.full((1, 6, 6, 3), 0.3, "float32")
    np.testing.assert_allclose(np.asarray(bicubic(even, 4)), 0.3, atol=1e-6)


def test_bicubic_is_that_of_resizing_away_from_the_border():
    made = np.asarray(bicubic(PICTURES, 2))
    wanted = tf.image.resize(PICTURES, (12, 16), "bicubic").numpy()
    np.testing.assert_allclose(made[:, 4:-4, 4:-4], wanted[:, 4:-4, 4:-4], atol=1e-5)
    assert bicubic(PICTURES, 1) is PICTURES


def test_nearest_repeats_pixels():
    made = np.asarray(nearest(PICTURES, 2))
    np.testing.assert_array_equal(made, PICTURES.repeat(2, 1).repeat(2, 2))


def test_half_the_size_is_that_of_resizing_without_aliasing():
    pictures = np.random.default_rng(1).uniform(-1, 1, (2, 16, 20, 3)).astype("float32")
    made = np.asarray(half_sized(pictures))
    wanted = tf.image.resize(pictures, (8, 10), "bicubic", antialias=True).numpy()
    # Beyond the border the one repeats pixels and the other leaves them out.
    np.testing.assert_allclose(made[:, 2:-2, 2:-2], wanted[:, 2:-2, 2:-2], atol=1e-5)
    even = np.full((1, 4, 4, 3), 0.3, "float32")
    np.testing.assert_allclose(np.asarray(half_sized(even)), 0.3, atol=1e-6)
