"""Conversion: names find each other, batch normalisation is folded exactly."""

import numpy as np
import pytest
import tensorflow as tf

from tfvgan.weights import convert

RNG = np.random.default_rng(0)


@pytest.mark.parametrize(
    "published, name",
    [
        ("Conv3d_1a_7x7", "conv_1a"),
        ("Conv3d_2c_3x3", "conv_2c"),
        ("Mixed_3b/Branch_0/Conv3d_0a_1x1", "mixed_3b/branch_0"),
        ("Mixed_3b/Branch_1/Conv3d_0a_1x1", "mixed_3b/branch_1_reduce"),
        ("Mixed_4f/Branch_1/Conv3d_0b_3x3", "mixed_4f/branch_1"),
        ("Mixed_5c/Branch_2/Conv3d_0a_1x1", "mixed_5c/branch_2_reduce"),
        ("Mixed_5c/Branch_2/Conv3d_0b_3x3", "mixed_5c/branch_2"),
        ("Mixed_5c/Branch_3/Conv3d_0b_1x1", "mixed_5c/branch_3"),
        ("Logits/Conv3d_0c_1x1", "logits"),
    ],
)
def test_names_of_i3d(published, name):
    assert convert.i3d_name(published) == name


def test_a_folded_convolution_is_convolution_and_batch_normalization():
    """Computed the published way: convolution, then statistics, then bias; no scale."""
    kernel = RNG.normal(size=(3, 3, 3, 2, 4)).astype("float32")
    bias, mean = RNG.normal(size=(2, 4)).astype("float32")
    variance = RNG.uniform(0.1, 2, 4).astype("float32")
    unit = "Conv3d_2c_3x3"
    weights = convert.i3d(
        {
            f"params/{unit}/Conv_0/kernel": kernel,
            f"params/{unit}/BatchNorm_0/bias": bias,
            f"batch_stats/{unit}/BatchNorm_0/mean": mean.reshape(1, 1, 1, 1, 4),
            f"batch_stats/{unit}/BatchNorm_0/var": variance.reshape(1, 1, 1, 1, 4),
        }
    )
    assert sorted(weights) == ["conv_2c/bias", "conv_2c/kernel"]
    assert all(array.dtype == "float32" for array in weights.values())
    x = RNG.normal(size=(1, 4, 5, 6, 2)).astype("float32")
    convolved = tf.nn.conv3d(x, kernel, [1] * 5, "SAME")
    wanted = tf.nn.batch_normalization(convolved, mean, variance, bias, None, 1e-3)
    folded = tf.nn.conv3d(x, weights["conv_2c/kernel"], [1] * 5, "SAME") + weights["conv_2c/bias"]
    np.testing.assert_allclose(folded, wanted, rtol=1e-4, atol=1e-5)


def test_the_logits_become_a_dense_layer():
    kernel, bias = RNG.normal(size=(1, 1, 1, 5, 3)), RNG.normal(size=3)
    unit = "params/Logits/Conv3d_0c_1x1/Conv_0"
    weights = convert.i3d({f"{unit}/kernel": kernel, f"{unit}/bias": bias})
    np.testing.assert_array_equal(weights["logits/kernel"], kernel[0, 0, 0])
    np.testing.assert_array_equal(weights["logits/bias"], bias)


@pytest.mark.parametrize(
    "function, published, backbone, last, count",
    [
        (convert.lpips_alex, "AlexNet_0", "alexnet", "conv_5", 5),
        (convert.lpips_vgg, "VGG16_0", "vgg16", "conv_5_3", 13),
    ],
)
def test_names_of_lpips(function, published, backbone, last, count):
    arrays = {
        f"{published}/Conv_{number}/{part}": np.float32([number])
        for number in range(count)
        for part in ("kernel", "bias")
    }
    heads = {f"NetLinLayer_{n}/Conv_0/kernel": np.full((1, 1, 2, 1), n) for n in range(5)}
    weights = function(arrays | heads)
    assert len(weights) == 2 * count + 5
    assert weights[f"{backbone}/{last}/bias"] == [count - 1]
    np.testing.assert_array_equal(weights["head_5/kernel"], [[4], [4]])


def test_ffdnet_has_its_channels_by_pixel_not_by_colour():
    """What one network makes of channels in its order, the other makes of them in its own."""
    arrays = {
        f"model.{number}.{part}": RNG.normal(size=shape).astype("float32")
        for number, given, made in ((0, 13, 5), (2, 5, 12))
        for part, shape in (("weight", (made, given, 3, 3)), ("bias", (made,)))
    }
    weights = convert.ffdnet(arrays)
    assert list(weights) == [f"conv_{n}/{part}" for n in (0, 1) for part in ("kernel", "bias")]
    for colour, pixel in np.ndindex(3, 4):
        theirs, ours = 4 * colour + pixel, 3 * pixel + colour
        first, last = arrays["model.0.weight"][:, theirs], arrays["model.2.weight"][theirs]
        np.testing.assert_array_equal(
            weights["conv_0/kernel"][:, :, ours], first.transpose(1, 2, 0)
        )
        np.testing.assert_array_equal(weights["conv_1/kernel"][..., ours], last.transpose(1, 2, 0))
        assert weights["conv_1/bias"][ours] == arrays["model.2.bias"][theirs]
    noise = arrays["model.0.weight"][:, 12].transpose(1, 2, 0)
    np.testing.assert_array_equal(weights["conv_0/kernel"][:, :, 12], noise)
