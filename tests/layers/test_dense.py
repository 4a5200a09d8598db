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


def test_it_is_a_product_normalised_and_nothing_below_0():
    block = DenseBlock(2)
    x = np.random.default_rng(0).normal(size=(50, 3)).astype("float32")
    block.build(x.shape)
    block.norm.moving_mean.assign([0.1, -0.1])
    block.norm.moving_variance.assign([0.5, 2.0])
    y = (x @ np.asarray(block.dense.kernel) - [0.1, -0.1]) / np.sqrt([0.5 + 1e-5, 2 + 1e-5])
    np.testing.assert_allclose(block(x), np.maximum(np.asarray(block.norm.gamma) * y, 0), atol=1e-5)
    block(x, training=True)
    assert np.abs(np.asarray(block.norm.moving_mean) - [0.1, -0.1]).min() > 0


def test_its_kernel_is_small_and_all_of_it_computes_as_told():
    block = DenseBlock(100, dtype="mixed_float16")
    block.build((None, 100))
    assert abs(np.asarray(block.dense.kernel).std() / 0.02 - 1) < 0.05
    parts = (block.dense, block.norm, block.relu)
    assert {layer.compute_dtype for layer in parts} == {"float16"}
