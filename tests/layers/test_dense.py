import numpy as np

from tfvgan.layers import DenseBlock


def test_shape_range_and_config():
    block = DenseBlock(5)
    y = np.asarray(block(np.random.default_rng(0).normal(size=(4, 3)).astype("float32")))
    assert y.shape == (4, 5) and y.min() >= 0.0
    assert DenseBlock.from_config(block.get_config()).get_config() == block.get_config()


def test_there_is_no_bias_that_normalisation_would_undo():
    block = DenseBlock(5)
    block.build((None, 3))
    assert block.count_params() == 3 * 5 + 4 * 5
