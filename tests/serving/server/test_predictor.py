import numpy as np
import pytest
import tensorflow as tf
from predicting import predictor

from tfvgan.serving.server.predictor import Predictor, refused
from tfvgan.serving.server.refusal import Refusal
from tfvgan.serving.warmup import write_warmup

X = np.float32([[1, 2], [3, -4]])
TWO = np.int32(2)


def test_signatures_are_called_by_name_and_the_default_without():
    for name in ("", "serving_default"):
        np.testing.assert_array_equal(predictor().predict(name, {"x": X})["y"], 2 * X)
    made = predictor().predict("repeat", {"x": X, "times": TWO})
    np.testing.assert_array_equal(made["y"], np.repeat(X, 2, 0))
    assert made["n"] == 2


def test_bytes_stay_as_they_are():
    texts = np.array([b"\0\xff", b""], object)
    assert list(predictor().predict("copy", {"text_bytes": texts})["text_bytes"]) == list(texts)


@pytest.mark.parametrize(
    ("name", "inputs", "said"),
    [
        ("none", {"x": X}, 'Serving signature name: "none" not found in signature def'),
        (
            "repeat",
            {"x": X, "z": X},
            "input size does not match signature: 2!=2 len({x,z}) != len({times,x}). "
            "Sent extra: {z}. Missing but required: {times}.",
        ),
        ("", {"x": X.astype("int32")}, "Expected x to be of float32, but got int32."),
        ("", {"x": X[0]}, "Expected x to be of shape [?,2], but got [2]."),
        ("", {"x": X[:, :1]}, "Expected x to be of shape [?,2], but got [2,1]."),
        ("copy", {"text_bytes": np.array([1, None], object)}, "Failed to convert a NumPy array"),
        (
            "guarded",
            {"x": np.float32([[np.nan, 1]])},
            "assertion failed: [`x` must hold finite numbers: some are NaN or infinite]",
        ),
        ("split", {"x": X}, "Input to reshape is a tensor with 4 values, but"),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(name, inputs, said):
    with pytest.raises(Refusal) as raised:
        predictor().predict(name, inputs)
    assert said in raised.value.message and "\n" not in raised.value.message
    assert "node" not in raised.value.message and raised.value.code == "INVALID_ARGUMENT"


def test_codes_are_those_of_the_error():
    lacking = refused(tf.errors.ResourceExhaustedError(None, None, "OOM when allocating"))
    assert lacking.code == "RESOURCE_EXHAUSTED" and "not enough memory" in lacking.message
    assert refused(tf.errors.InternalError(None, None, "")).message == "InternalError"
    assert refused(tf.errors.UnimplementedError(None, None, "no")).code == "UNIMPLEMENTED"


def test_requests_that_lie_beside_a_model_are_answered_before_others(tmp_path):
    assert predictor().warm_up(tmp_path) == 0
    write_warmup(tmp_path, {"serving_default": {"x": X}, "repeat": {"x": X, "times": TWO}})
    assert predictor().warm_up(tmp_path) == 2
    write_warmup(tmp_path, {"serving_default": {"x": X[0]}})
    with pytest.raises(
        ValueError, match=r"a warm-up request of `serving_default` fails \(Expected"
    ):
        predictor().warm_up(tmp_path)


def test_what_is_no_model_is_refused(tmp_path):
    with pytest.raises(ValueError, match="must be a SavedModel"):
        Predictor(tmp_path)
