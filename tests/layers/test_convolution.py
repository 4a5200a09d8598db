import keras
import numpy as np
import pytest

from tfvgan.layers import DownBlock, UpBlock, UpConv3D, convolution


@pytest.mark.parametrize("strides", [(2, 2), (1, 2, 2), (2, 2, 2)])
def test_up_multiplies_and_down_divides_the_extents(strides):
    shape = (2, *(4 for _ in strides), 3)
    assert UpBlock(5, strides)(np.ones(shape, "float32")).shape == (
        2,
        *(4 * stride for stride in strides),
        5,
    )
    assert DownBlock(5, strides)(np.ones(shape, "float32")).shape == (
        2,
        *(4 // stride for stride in strides),
        5,
    )


def test_kernel_is_4_where_the_stride_is_2_and_1_where_it_is_1():
    conv = convolution(3, (1, 2, 2))
    conv.build((None, 1, 4, 4, 2))
    assert conv.kernel.shape == (1, 4, 4, 2, 3)


def test_kernels_are_drawn_from_a_normal_of_002():
    conv = convolution(64, (2, 2))
    conv.build((None, 4, 4, 64))
    kernel = keras.ops.convert_to_numpy(conv.kernel)
    assert abs(kernel.mean()) < 1e-3
    assert kernel.std() == pytest.approx(0.02, rel=0.02)


@pytest.mark.parametrize("block", [UpBlock(3), DownBlock(3), DownBlock(3, normalize=False)])
def test_config_round_trip(block):
    again = type(block).from_config(block.get_config())
    assert again.get_config() == block.get_config()


def test_up_is_normalised_over_the_batch_when_training():
    x = np.random.default_rng(0).normal(3.0, 7.0, (16, 4, 4, 3)).astype("float32")
    block = UpBlock(2)
    block.build(x.shape)
    y = keras.ops.convert_to_numpy(block.norm(block.conv(x), training=True))
    np.testing.assert_allclose(y.mean((0, 1, 2)), 0.0, atol=1e-4)
    np.testing.assert_allclose(y.std((0, 1, 2)), block.norm.gamma, rtol=1e-3)


@pytest.mark.parametrize("strides", [(1, 2, 2), (2, 2, 2)])
@pytest.mark.parametrize("frames", [1, 2, 5])
@pytest.mark.parametrize("use_bias", [False, True])
def test_a_3d_transposed_convolution_is_the_sum_of_its_2d_ones(strides, frames, use_bias):
    conv = convolution(3, strides, transposed=True, use_bias=use_bias)
    assert isinstance(conv, UpConv3D)
    x = np.random.default_rng(0).normal(size=(2, frames, 4, 4, 5)).astype("float32")
    conv.build(x.shape)
    if use_bias:
        conv.bias.assign([1.0, 2.0, 3.0])
    np.testing.assert_allclose(conv(x, training=False), conv(x, training=True), atol=1e-6)
    assert conv(x).shape == conv.compute_output_shape(x.shape)


X = np.random.default_rng(1).normal(0.0, 2.0, (3, 4, 4, 5)).astype("float32")


def told(block):
    """Gives a block's normalisation statistics that are neither 0 nor 1."""
    block.norm.moving_mean.assign([0.1, -0.2])
    block.norm.moving_variance.assign([0.5, 2.0])
    block.norm.beta.assign([0.3, -0.3])
    mean, deviation = np.array([0.1, -0.2]), np.sqrt(np.array([0.5, 2.0]) + 1e-5)
    return lambda y: np.asarray(block.norm.gamma) * (y - mean) / deviation + [0.3, -0.3]


@pytest.mark.parametrize("kind", [UpBlock, DownBlock])
def test_a_block_is_convolution_normalisation_and_relu(kind):
    """Down, what is below 0 is a fifth of it; up, it is 0."""
    block = kind(2)
    block.build(X.shape)
    y = told(block)(np.asarray(block.conv(X)))
    slope = 0.2 if kind is DownBlock else 0.0
    assert not block.conv.use_bias, "normalisation would undo it"
    np.testing.assert_allclose(block(X), np.maximum(y, slope * y), rtol=1e-4, atol=1e-5)
    block(X, training=True)
    moved = np.abs(np.asarray(block.norm.moving_mean) - [0.1, -0.2]).max()
    assert moved > 0, "training gathers statistics"


def test_a_block_that_is_not_normalised_has_a_bias():
    block = DownBlock(2, normalize=False)
    block.build(X.shape)
    block.conv.bias.assign([0.5, -0.5])
    y = np.asarray(block.conv(X))
    assert block.norm is None
    np.testing.assert_allclose(block(X), np.maximum(y, 0.2 * y), rtol=1e-5)


@pytest.mark.parametrize("kind", [UpBlock, DownBlock])
def test_normalisation_has_dcgans_constants(kind):
    norm = kind(500).norm
    norm.build((None, 4, 4, 500))
    assert (norm.momentum, norm.epsilon) == (0.9, 1e-5)
    gamma = np.asarray(norm.gamma)
    assert gamma.mean() == pytest.approx(1.0, abs=0.005)
    assert gamma.std() == pytest.approx(0.02, rel=0.2)


@pytest.mark.parametrize("kind", [UpBlock, DownBlock])
def test_all_of_a_block_computes_as_it_is_told_and_saves_its_strides(kind):
    block = kind(2, strides=(1, 2, 2), dtype="mixed_float16")
    parts = (block, block.conv, block.norm, block.relu)
    assert {layer.compute_dtype for layer in parts} == {"float16"}
    again = kind.from_config(block.get_config())
    assert (again.filters, again.strides) == (2, (1, 2, 2))
    assert kind(2).strides == (2, 2)
