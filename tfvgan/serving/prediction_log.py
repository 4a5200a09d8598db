"""Records of requests that a server replays, in the wire format of protocol buffers.

TensorFlow Serving reads `PredictionLog` messages; tensorflow-serving-api has their classes, which
needs a TensorFlow of its own version. Of the messages a few fields are needed, which are written
and read here by their numbers, around the `TensorProto` that TensorFlow has.

Sources: tensorflow_serving/apis/prediction_log.proto, predict.proto and model.proto;
https://protobuf.dev/programming-guides/encoding
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import tensorflow as tf
from tensorflow.core.framework import tensor_pb2

# The numbers of fields.
LOG_PREDICT = 6  # PredictionLog.predict_log
PREDICT_REQUEST = 1  # PredictLog.request
REQUEST_MODEL, REQUEST_INPUT = 1, 2  # PredictRequest.model_spec, .inputs
MODEL_NAME, MODEL_SIGNATURE = 1, 3  # ModelSpec.name, .signature_name
KEY, VALUE = 1, 2  # Of an entry of a map.
SIZED = 2  # The wire type of what is told with its length; the others are skipped.
FIXED = {1: 8, 5: 4}  # Bytes of the wire types that have one length.


class LoggedRequest(NamedTuple):
    """A request to predict.

    Attributes:
        model: name of the model; a server that warms up doesn't look at it.
        signature: name of the signature.
        inputs: dict of numpy arrays by the names of inputs; strings are arrays of objects.
    """

    model: str
    signature: str
    inputs: dict[str, np.ndarray]


def write_log(request: LoggedRequest) -> bytes:
    """Returns the `PredictionLog` of a request to predict."""
    model = _field(MODEL_NAME, request.model.encode()) * bool(request.model)
    model += _field(MODEL_SIGNATURE, request.signature.encode())
    content = _field(REQUEST_MODEL, model)
    for name, value in sorted(request.inputs.items()):
        tensor = to_tensor_proto(value).SerializeToString(deterministic=True)
        content += _field(REQUEST_INPUT, _field(KEY, name.encode()) + _field(VALUE, tensor))
    return _field(LOG_PREDICT, _field(PREDICT_REQUEST, content))


def read_log(record: bytes) -> LoggedRequest:
    """Returns the request of a `PredictionLog`.

    Raises:
        ValueError: when the bytes are none, or log something else than a request to predict.
    """
    try:
        content = _only(_only(record, LOG_PREDICT), PREDICT_REQUEST)
        model, inputs = {}, {}
        for number, value in _fields(content):
            if number == REQUEST_MODEL:
                model = dict(_fields(value))
            elif number == REQUEST_INPUT:
                entry = dict(_fields(value))
                tensor = tensor_pb2.TensorProto.FromString(entry[VALUE])
                inputs[entry[KEY].decode()] = tf.make_ndarray(tensor)
        names = [model.get(number, b"").decode() for number in (MODEL_NAME, MODEL_SIGNATURE)]
        return LoggedRequest(*names, inputs)
    except Exception as error:  # Of TensorFlow and protobuf: whatever the bytes lead to.
        raise ValueError(
            "A record of warm-up requests must be a PredictionLog of a request to predict, but is "
            f"none ({error}): export the model again."
        ) from error


def to_tensor_proto(value: np.ndarray) -> tensor_pb2.TensorProto:
    """Returns an array as a message; of one whose elements are all equal it holds one.

    Readers of `TensorProto` repeat the last element that there is.

    Args:
        value: numbers, or bytes in an array of objects.
    """
    array = np.asarray(value)
    if array.size > 1 and (array == array.flat[0]).all():
        proto = tf.make_tensor_proto(array.flat[0:1])
        proto.tensor_shape.CopyFrom(tf.TensorShape(array.shape).as_proto())
        return proto
    return tf.make_tensor_proto(array)


def _field(number, content):
    """Returns a field that is told with its length."""
    return _varint(number << 3 | SIZED) + _varint(len(content)) + content


def _varint(number):
    """Returns a whole number, 0 or more, seven bits a byte, the lowest first."""
    made = bytearray()
    while number > 127:
        made.append(number & 127 | 128)
        number >>= 7
    return bytes([*made, number])


def _only(content, wanted):
    """Returns the last field of a number, as readers of protocol buffers do."""
    found = [value for number, value in _fields(content) if number == wanted]
    if not found:
        raise ValueError(f"it has no field {wanted}")
    return found[-1]


def _fields(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yields numbers and contents of the fields that are told with their lengths."""
    at = 0
    while at < len(content):
        key, at = _read_varint(content, at)
        kind = key & 7
        if kind == 0:
            _, at = _read_varint(content, at)
            continue
        size, at = _read_varint(content, at) if kind == SIZED else (FIXED.get(kind), at)
        if size is None or at + size > len(content):
            raise ValueError("it is cut off, or damaged")
        if kind == SIZED:
            yield key >> 3, content[at : at + size]
        at += size


def _read_varint(content, at):
    """Returns a whole number and where the next byte is."""
    number, shift = 0, 0
    while True:
        if at >= len(content) or shift > 63:
            raise ValueError("it is cut off, or damaged")
        number |= (content[at] & 127) << shift
        at, shift = at + 1, shift + 7
        if content[at - 1] < 128:
            return number, at
