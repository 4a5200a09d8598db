import numpy as np
import tensorflow as tf

from tfvgan.layers import depth_to_space, space_to_depth

PIXELS = np.random.default_rng(0).normal(size=(2, 4, 6, 8)).astype("float32")


def test_it_is_tensorflows_operation():
    np.testing.assert_array_equal(space_to_depth(PIXELS), tf.nn.space_to_depth(PIXELS, 2))
    np.testing.assert_array_equal(depth_to_space(PIXELS), tf.nn.depth_to_space(PIXELS, 2))


def test_squares_of_any_side_are_folded_at_once():
    pixels = PIXELS.reshape(2, 8, 12, 2)
    small = space_to_depth(pixels, 4)
    np.testing.assert_array_equal(small, tf.nn.space_to_depth(pixels, 4))
    np.testing.assert_array_equal(depth_to_space(small, 4), pixels)


def test_one_undoes_the_other():
    np.testing.assert_array_equal(depth_to_space(space_to_depth(PIXELS)), PIXELS)
