"""A way by gRPC, to a server made of the stubs of tensorflow-serving-api."""

import contextlib
import importlib.util
from concurrent import futures

import numpy as np
import pytest
import tensorflow as tf

from tfvgan.serving.asking import PREDICTS, Unanswered
from tfvgan.serving.by_grpc import GrpcTransport

grpc = pytest.importorskip("grpc")
stubs = pytest.importorskip("tensorflow_serving.apis.prediction_service_pb2_grpc")
LARGE = 5 << 20  # More than the 4 MB that gRPC receives unless told otherwise.


class Answers(stubs.PredictionServiceServicer):
    def __init__(self):
        self.refuse = []

    def GetModelMetadata(self, request, context):  # noqa: N802
        from tensorflow_serving.apis import get_model_metadata_pb2 as metadata

        if request.model_spec.name != "toy":
            context.abort(grpc.StatusCode.NOT_FOUND, "Servable not found")
        signatures, response = metadata.SignatureDefMap(), metadata.GetModelMetadataResponse()
        double = signatures.signature_def["double"]
        double.method_name = PREDICTS
        double.inputs["x"].dtype = tf.uint8.as_datatype_enum
        double.outputs["s"].dtype = tf.string.as_datatype_enum
        signatures.signature_def["init"].outputs["nothing"].dtype = 0
        response.metadata["signature_def"].Pack(signatures)
        response.model_spec.version.value = 7
        return response

    def Predict(self, request, context):  # noqa: N802
        from tensorflow_serving.apis import predict_pb2

        if self.refuse:
            context.abort(self.refuse.pop(0), "because")
        value = 2 * tf.make_ndarray(request.inputs["x"])
        response = predict_pb2.PredictResponse()
        response.outputs["content"].CopyFrom(tf.make_tensor_proto(value))
        numbers = response.outputs["numbers"]  # As TensorFlow Serving sends them by default.
        numbers.dtype = tf.uint8.as_datatype_enum
        numbers.tensor_shape.CopyFrom(tf.TensorShape([4]).as_proto())
        numbers.int_val[:] = value[:4].tolist()
        response.outputs["s"].CopyFrom(tf.make_tensor_proto([b"\xff\x00"]))
        return response


@contextlib.contextmanager
def asked(compress=False):
    answers = Answers()
    options = [("grpc.max_receive_message_length", -1)]
    server = grpc.server(futures.ThreadPoolExecutor(1), options=options)
    stubs.add_PredictionServiceServicer_to_server(answers, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    way = GrpcTransport(f"grpc://127.0.0.1:{port}", 10.0, compress)
    try:
        yield way, answers
    finally:
        way.close()
        server.stop(None)


@pytest.mark.parametrize("compress", [False, True])
def test_large_arrays_come_as_numbers_or_as_bytes(compress):
    with asked(compress) as (way, _):
        version, signatures = way.signatures("toy")
        assert version == 7 and list(signatures) == ["double"]
        assert signatures["double"].inputs == {"x": np.dtype("uint8")}
        assert signatures["double"].outputs == {"s": np.dtype("object")}
        value = np.resize(np.arange(100, dtype="uint8"), LARGE)
        made = way.predict("toy", "double", {"x": value}, signatures["double"])
        np.testing.assert_array_equal(made["content"], 2 * value)
        assert made["numbers"].tolist() == [0, 2, 4, 6] and made["numbers"].dtype == np.uint8
        assert made["s"].tolist() == [b"\xff\x00"]


def test_a_busy_server_may_be_asked_again_and_a_refusal_is_final():
    with asked() as (way, answers):
        signature = way.signatures("toy")[1]["double"]
        answers.refuse += [grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.RESOURCE_EXHAUSTED]
        answers.refuse += [grpc.StatusCode.INVALID_ARGUMENT]
        for _ in range(2):
            with pytest.raises(Unanswered, match="because"):
                way.predict("toy", "double", {"x": np.uint8([1])}, signature)
        with pytest.raises(ValueError, match="refuses: because"):
            way.predict("toy", "double", {"x": np.uint8([1])}, signature)
        with pytest.raises(ValueError, match="refuses: Servable not found"):
            way.signatures("other")


def test_where_nobody_listens_there_is_no_answer():
    way = GrpcTransport("grpc://127.0.0.1:9", 2.0)
    with pytest.raises(Unanswered):
        way.signatures("toy")
    way.close()


def test_what_is_missing_is_told(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ValueError, match="needs tensorflow-serving-api, .*: run `pip install"):
        GrpcTransport("grpc://localhost:8500", 1.0)


def test_what_is_compressed_is_for_a_slow_line():
    for url, compress, near in (
        ("grpc://localhost:9", False, True),
        ("grpc://localhost:9", True, False),
        ("grpc://example.org:9", False, False),
    ):
        way = GrpcTransport(url, 1.0, compress)
        assert way.near == near
        way.close()
