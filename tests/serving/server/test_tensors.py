import numpy as np
import pytest
import tensorflow as tf
from predicting import predictor
from tensorflow.core.framework.tensor_pb2 import TensorProto

from tfvgan.serving.server.refusal import Refusal
from tfvgan.serving.server.tensors import answer_protobuf

predict_pb2 = pytest.importorskip("tensorflow_serving.apis.predict_pb2")
X = np.float32([[1, 2], [3, -4]])


def request(signature="", kept=(), **inputs):
    made = predict_pb2.PredictRequest()
    made.model_spec.name, made.model_spec.signature_name = "toy", signature
    made.output_filter.extend(kept)
    for name, value in inputs.items():
        whole = isinstance(value, TensorProto)
        made.inputs[name].CopyFrom(value if whole else tf.make_tensor_proto(value))
    return made


def answer(made, most=1.0):
    body = answer_protobuf(predictor(), 7, made.SerializeToString(), most)
    return predict_pb2.PredictResponse.FromString(body)


def proto(shape, dtype=1, **values):
    made = tf.make_tensor_proto(np.float32(0))
    made.Clear()
    made.dtype = dtype
    for size in shape:
        made.tensor_shape.dim.add(size=size)
    for name, value in values.items():
        getattr(made, name).extend(value)
    return made


def test_an_answer_names_the_model_its_version_and_the_signature():
    response = answer(request(x=X))
    assert (response.model_spec.name, response.model_spec.version.value) == ("toy", 7)
    assert response.model_spec.signature_name == "serving_default"
    np.testing.assert_array_equal(tf.make_ndarray(response.outputs["y"]), 2 * X)
    assert response.outputs["y"].tensor_content


def test_tensors_are_read_as_values_too():
    made = request(x=proto((1, 2), float_val=[5, 6]))
    np.testing.assert_array_equal(tf.make_ndarray(answer(made).outputs["y"]), [[10, 12]])
    texts = answer(request("copy", text_bytes=np.array([b"\xff\0"], object)))
    assert texts.outputs["text_bytes"].string_val == [b"\xff\0"]


def test_outputs_are_filtered():
    asked = {"x": X, "times": np.int32(3)}
    assert set(answer(request("repeat", **asked)).outputs) == {"y", "n"}
    assert set(answer(request("repeat", ["n"], **asked)).outputs) == {"n"}
    with pytest.raises(Refusal, match=r"alias not found in signature: z .* the set \{n,y\}"):
        answer(request("repeat", ["z"], **asked))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (proto((1 << 40, 2), float_val=[0]), "x would take 8388608 MB, and 1 are taken"),
        (proto((1 << 62, 1 << 62)), "would take"),
        (proto((-1, 2)), "known shape"),
        (proto((1, 2), dtype=99), "to be of a dtype, not 99"),
        (proto((1, 2), dtype=0), "to be of a dtype, not DT_INVALID"),
        (proto((3, 2), float_val=[1, 2, 3, 4, 5, 6, 7]), "x is no tensor"),
        (proto((2, 2), dtype=3, int_val=[1, 2, 3, 4]), "Expected x to be of float32"),
    ],
)
def test_tensors_that_are_none_are_refused(value, said):
    with pytest.raises(Refusal, match=said) as raised:
        answer(request(x=value))
    assert raised.value.code == "INVALID_ARGUMENT"


def test_answers_that_are_too_large_are_refused():
    made = request("repeat", x=X, times=np.int32(100_000))
    with pytest.raises(Refusal, match="would take 2 MB, and 1 are sent"):
        answer(made)
    assert answer(made, most=2).outputs["y"].tensor_shape.dim[0].size == 200_000
