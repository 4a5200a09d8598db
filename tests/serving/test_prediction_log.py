"""Records of requests are what the classes of tensorflow-serving-api write and read."""

import numpy as np
import pytest
import tensorflow as tf

from tfvgan.serving.prediction_log import (
    LoggedRequest,
    read_log,
    to_tensor_proto,
    write_log,
)

REQUEST = LoggedRequest(
    "shapes",
    "restore_part",
    {
        "frames_bytes": np.array([[b"\xff\xd8\x00", b""]], object),
        "level": np.array([0.5], "float32"),
        "state": np.zeros((1, 90, 160, 48), "float32"),
        "frame": np.arange(48, dtype="uint8").reshape(1, 4, 4, 3),
    },
)


def same(found, wanted):
    assert found[:2] == wanted[:2] and found.inputs.keys() == wanted.inputs.keys()
    for name, value in wanted.inputs.items():
        assert found.inputs[name].dtype == value.dtype
        np.testing.assert_array_equal(found.inputs[name], value)


def test_a_request_comes_back_and_is_small():
    record = write_log(REQUEST)
    assert len(record) < 500, "of zeros there is one"
    same(read_log(record), REQUEST)


def test_it_is_what_the_classes_of_the_server_write_and_read():
    prediction_log = pytest.importorskip("tensorflow_serving.apis.prediction_log_pb2")
    log = prediction_log.PredictionLog.FromString(write_log(REQUEST))
    request = log.predict_log.request
    assert (request.model_spec.name, request.model_spec.signature_name) == REQUEST[:2]
    assert request.inputs.keys() == REQUEST.inputs.keys()
    for name, value in REQUEST.inputs.items():
        np.testing.assert_array_equal(tf.make_ndarray(request.inputs[name]), value)
    again = prediction_log.PredictionLog()
    again.predict_log.request.model_spec.name = "shapes"
    again.predict_log.request.model_spec.version.value = 3
    again.predict_log.request.model_spec.signature_name = "restore_part"
    for name, value in REQUEST.inputs.items():
        again.predict_log.request.inputs[name].CopyFrom(tf.make_tensor_proto(value))
    again.log_metadata.model_spec.name = "of what was sampled"
    again.predict_log.response.model_spec.name = "of the answer"
    same(read_log(again.SerializeToString()), REQUEST)


@pytest.mark.parametrize(
    "record", [b"", b"\x32", b"\x32\x7f", b"\xff" * 12, b"\x0a\x00", write_log(REQUEST)[:-9]]
)
def test_what_is_no_record_is_refused(record):
    with pytest.raises(ValueError, match="must be a PredictionLog of a request to predict"):
        read_log(record)


@pytest.mark.parametrize(
    "value",
    [
        np.full((3, 5), 7, "uint8"),
        np.int8([[-3, -3]]),
        np.array([b"a", b"a"], object),
        np.float32([np.nan, np.nan]),
        np.zeros((0, 3), "float32"),
        np.int32(5),
    ],
)
def test_elements_that_are_equal_are_told_once(value):
    proto = to_tensor_proto(value)
    found = tf.make_ndarray(proto)
    assert found.dtype == np.asarray(value).dtype and found.shape == np.shape(value)
    np.testing.assert_array_equal(found, value)
    assert proto.ByteSize() < 30


def test_levels_are_read_as_numbers_and_as_bytes():
    levels = np.arange(6, dtype="uint8").reshape(2, 3)
    numbers = tf.make_tensor_proto(0, tf.uint8, (2, 3))
    numbers.int_val[:] = levels.ravel().tolist()
    as_bytes = to_tensor_proto(levels)
    assert as_bytes.tensor_content == levels.tobytes()
    for proto in (numbers, as_bytes):
        np.testing.assert_array_equal(tf.make_ndarray(proto), levels)
