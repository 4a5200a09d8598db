import numpy as np
import pytest
import tensorflow as tf

from tfvgan.export.parted import SMALL, small_pieces, strongest, write_parted
from tfvgan.export.tflite import convert, run_tflite

SHAPE = (1, 12, 16, 6)


def kernel(strong, seed=0):
    """Returns small weights, and one of `strong` for each channel in the middle."""
    weights = np.random.default_rng(seed).normal(0, 0.02, (3, 3, 6, 6)).astype("float32")
    weights[1, 1] += strong * np.eye(6, dtype="float32")[::-1]
    return weights


def test_the_sum_of_the_parts_is_the_kernel():
    weights = kernel(-1.0)
    middle, rest = strongest(weights)
    assert middle.shape == (1, 1, 6, 6) and (middle != 0).sum() == 6
    np.testing.assert_array_equal(np.argwhere(middle[0, 0])[:, 0], np.arange(6))
    whole = rest.copy()
    whole[1, 1] += middle[0, 0]
    np.testing.assert_array_equal(whole, weights)
    assert np.abs(rest).max() < 0.1 < 0.9 < np.abs(middle).max()


@pytest.mark.parametrize(
    "weights",
    [kernel(0.0), kernel(1.0)[:, :2], kernel(1.0)[1:2, 1:2], np.zeros((3, 3, 2, 2), "float32")],
)
def test_nothing_is_parted_where_nothing_is_gained(weights):
    assert strongest(weights) is None


class Convolution(tf.Module):
    """A model that is served as "paint": one convolution, with a bias."""

    def __init__(self, weights, strides=1, padding="SAME"):
        self.weights = tf.Variable(weights)
        self.how = {"strides": strides, "padding": padding}

    @tf.function(
        input_signature=[tf.TensorSpec(SHAPE, name="frame"), tf.TensorSpec((1, 2), name="state")]
    )
    def paint(self, frame, state):
        made = tf.nn.conv2d(frame, self.weights, **self.how) + 0.1
        return {"frame": made, "state": state + 1.0}

    def save(self, folder):
        tf.saved_model.save(self, str(folder), {"paint": self.paint})


def inputs(seed=0):
    frame = np.random.default_rng(seed).uniform(-1, 1, SHAPE).astype("float32")
    return {"frame": frame, "state": np.zeros((1, 2), "float32")}


def test_what_is_served_stays_what_it_was(tmp_path):
    model = Convolution(kernel(1.0))
    model.save(tmp_path)
    assert write_parted(tmp_path, "paint")
    found = tf.saved_model.load(str(tmp_path)).signatures["paint"](**inputs(3))
    expected = model.paint(**inputs(3))
    assert set(found) == {"frame", "state"}
    for name, value in expected.items():
        np.testing.assert_allclose(found[name], value, atol=1e-5)


def test_weights_of_eight_bits_are_nearer_to_those_that_were_trained(tmp_path):
    model = Convolution(kernel(1.0))
    expected = model.paint(**inputs(3))["frame"]
    errors = []
    for folder in (tmp_path / "whole", tmp_path / "parted"):
        model.save(folder)
        if folder.name == "parted":
            write_parted(folder, "paint")
        (tmp_path / "x.tflite").write_bytes(
            convert(str(folder), "paint", "int8", [inputs(n) for n in range(4)])
        )
        made = run_tflite(tmp_path / "x.tflite", inputs(3))["frame"]
        errors.append(float(np.square(made - expected).mean()))
    assert errors[1] < errors[0] / 2


def few(channels):
    """Returns weights of a convolution that makes so many channels."""
    return np.random.default_rng(1).normal(0, 0.1, (7, 7, 6, channels)).astype("float32")


def test_pieces_are_small_and_of_few_channels():
    pieces = small_pieces(few(8))
    assert all(piece.size < SMALL for piece in pieces) and len(pieces) == 3
    np.testing.assert_array_equal(np.concatenate(pieces, axis=-1), few(8))
    assert small_pieces(few(9)) is None and small_pieces(few(3)) is None
    assert small_pieces(np.zeros((13, 13, 7, 2), "float32")) is None


def test_what_decides_for_few_channels_stays_in_floats(tmp_path):
    model = Convolution(few(8))
    expected = model.paint(**inputs(3))["frame"]
    errors = []
    for floats in (False, True):
        folder = tmp_path / str(floats)
        model.save(folder)
        assert write_parted(folder, "paint", floats) == floats
        (tmp_path / "x.tflite").write_bytes(convert(str(folder), "paint", "dynamic", None))
        made = run_tflite(tmp_path / "x.tflite", inputs(3))["frame"]
        errors.append(float(np.abs(made - expected).max()))
    assert errors[1] < 1e-5 < 1e-3 < errors[0]


@pytest.mark.parametrize(
    ("weights", "how"),
    [(kernel(0.0), {}), (kernel(1.0), {"strides": 2}), (kernel(1.0), {"padding": "VALID"})],
)
def test_other_models_stay(tmp_path, weights, how):
    Convolution(weights, **how).save(tmp_path)
    before = (tmp_path / "saved_model.pb").read_bytes()
    assert not write_parted(tmp_path, "paint")
    assert (tmp_path / "saved_model.pb").read_bytes() == before
