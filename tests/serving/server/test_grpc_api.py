import asyncio
import types

import grpc
import numpy as np
import pytest
import tensorflow as tf
from light import add_version, light, serving, until

from tfvgan.serving.server import serve_folder
from tfvgan.serving.server.limits import MB, Held
from tfvgan.serving.server.metrics import Counts

pytest.importorskip("tensorflow_serving")
from tensorflow_serving.apis import (
    classification_pb2,
    get_model_metadata_pb2,
    get_model_status_pb2,
    model_service_pb2_grpc,
    predict_pb2,
    prediction_service_pb2_grpc,
)

from tfvgan.serving.server.grpc_api import GrpcApi

assert light  # A fixture.


@pytest.fixture
def stubs(light):
    """Two services of a server with a model, whose version 1 has a label."""
    add_version(light)
    add_version(light, number=2)
    labels = {"toy": {"old": 1}}
    with serving(light, "toy 2 AVAILABLE", grpc_port=0, labels=labels, body=1) as client:
        client.wait_for("toy 1 AVAILABLE")
        with grpc.insecure_channel(f"127.0.0.1:{client.listening.grpc_port}") as channel:
            yield (
                prediction_service_pb2_grpc.PredictionServiceStub(channel),
                model_service_pb2_grpc.ModelServiceStub(channel),
                channel,
            )


def refused(call, request):
    with pytest.raises(grpc.RpcError) as raised:
        call(request, timeout=20)
    return raised.value.code().name, raised.value.details()


def test_metadata_and_status(stubs):
    predictions, models, _ = stubs
    asked = get_model_metadata_pb2.GetModelMetadataRequest(metadata_field=["signature_def"])
    asked.model_spec.name = "toy"
    told = predictions.GetModelMetadata(asked)
    assert (told.model_spec.name, told.model_spec.version.value) == ("toy", 2)
    signatures = get_model_metadata_pb2.SignatureDefMap()
    assert told.metadata["signature_def"].Unpack(signatures)
    assert signatures.signature_def["serving_default"].inputs["x"].dtype == 1
    status = get_model_status_pb2.GetModelStatusRequest()
    status.model_spec.name = "toy"
    found = models.GetModelStatus(status).model_version_status
    assert [(one.version, one.State.Name(one.state)) for one in found] == [
        (2, "AVAILABLE"),
        (1, "AVAILABLE"),
    ]
    assert found[0].status.error_code == 0


def test_a_request_goes_to_its_version(stubs):
    _, _, channel = stubs
    raw = channel.unary_unary("/tensorflow.serving.PredictionService/Predict")
    for told, version in (({}, 2), ({"version": {"value": 1}}, 1), ({"version_label": "old"}, 1)):
        request = predict_pb2.PredictRequest(model_spec={"name": "toy", **told})
        body = request.SerializeToString()
        assert raw(body, timeout=20) == b"%d protobuf " % version + body


def test_errors_are_in_the_words_of_tensorflow_serving(stubs):
    predictions, models, channel = stubs

    def spec(**told):
        return predict_pb2.PredictRequest(model_spec=told)

    for request, code, said in (
        (spec(name="no"), "NOT_FOUND", "Servable not found for request: Latest(no)"),
        (spec(name="toy", version={"value": 9}), "NOT_FOUND", "request: Specific(toy, 9)"),
        (spec(name="toy", version_label="x"), "INVALID_ARGUMENT", "servable version label: x"),
        (spec(), "INVALID_ARGUMENT", "Missing ModelSpec"),
    ):
        found, told = refused(predictions.Predict, request)
        assert found == code and said in told
    asked = get_model_metadata_pb2.GetModelMetadataRequest(model_spec={"name": "toy"})
    assert "at least one metadata_field" in refused(predictions.GetModelMetadata, asked)[1]
    asked.metadata_field.append("other")
    assert "field other is not supported" in refused(predictions.GetModelMetadata, asked)[1]
    status = get_model_status_pb2.GetModelStatusRequest()
    assert refused(models.GetModelStatus, status) == ("INVALID_ARGUMENT", "Missing ModelSpec")
    classify = classification_pb2.ClassificationRequest(model_spec={"name": "toy"})
    assert refused(predictions.Classify, classify)[0] == "UNIMPLEMENTED"
    raw = channel.unary_unary("/tensorflow.serving.PredictionService/Predict")
    assert "This is no PredictRequest" in refused(raw, b"\xff\xff\xff")[1]


def test_what_is_too_large_is_refused(stubs):
    predictions, _, _ = stubs
    request = predict_pb2.PredictRequest(model_spec={"name": "toy"})
    request.inputs["x"].CopyFrom(tf.make_tensor_proto(np.zeros(2**20, np.uint8)))
    assert refused(predictions.Predict, request)[0] == "RESOURCE_EXHAUSTED"


def test_calls_that_are_given_up_disturb_nobody(stubs):
    _, _, channel = stubs
    raw = channel.unary_unary("/tensorflow.serving.PredictionService/Predict")
    body = predict_pb2.PredictRequest(model_spec={"name": "toy"}).SerializeToString()
    calls = [raw.future(body, timeout=20) for _ in range(20)]
    for call in calls[::2]:
        call.cancel()
    for call in calls[1::2]:
        assert call.result() == b"2 protobuf " + body


class Context:
    """What grpc says of a call, and is told; `end` is when its answer was sent."""

    def add_done_callback(self, callback):
        self.end = lambda: callback(self)

    async def abort(self, code, message):
        raise grpc.RpcError(code.name)


def called(answer, held):
    """Returns a call of a model that answers so, its context and the counts."""

    async def ask(kind, body):
        return answer()

    version = types.SimpleNamespace(model="toy", ask=ask)
    counts, context = Counts(), Context()
    api = GrpcApi(types.SimpleNamespace(at=lambda *which: version), held, counts)
    body = predict_pb2.PredictRequest(model_spec={"name": "toy"}).SerializeToString()
    return api.handled(api.predict).unary_unary(body, context), context, counts, len(body)


def test_an_answer_is_held_until_it_was_sent():
    held = Held(1)
    call, context, _, size = called(lambda: b"x" * 1000, held)
    assert len(asyncio.run(call)) == 1000
    assert held.now == size + 1000
    context.end()
    assert held.now == 0
    call, context, counts, _ = called(lambda: b"x" * MB, held)
    with pytest.raises(grpc.RpcError, match="RESOURCE_EXHAUSTED"):
        asyncio.run(call)
    context.end()
    assert held.now == 0 and 'code="RESOURCE_EXHAUSTED"} 1' in "\n".join(counts.lines())


def test_what_is_given_up_is_counted_as_that():
    def given_up():
        raise asyncio.CancelledError

    call, _, counts, _ = called(given_up, Held(1))
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(call)
    lines = "\n".join(counts.lines())
    assert 'code="CANCELLED"} 1' in lines and 'code="OK"' not in lines


def test_nothing_is_held_when_all_have_their_answers(light):
    add_version(light)
    body = predict_pb2.PredictRequest(model_spec={"name": "toy"}).SerializeToString()
    with serving(light, grpc_port=0) as client:
        channel = grpc.insecure_channel(f"127.0.0.1:{client.listening.grpc_port}")
        raw = channel.unary_unary("/tensorflow.serving.PredictionService/Predict")
        calls = [raw.future(body, timeout=20) for _ in range(6)]
        for call in calls[::2]:
            call.cancel()
        assert all(call.result() for call in calls[1::2])
        until(lambda: b"\ntfvgan_held_bytes 0\n" in client.ask("GET", "/metrics")[1])
        channel.close()


def test_a_port_that_is_taken_is_refused(light):
    add_version(light)
    with serving(light, grpc_port=0) as client:
        taken = client.listening.grpc_port
        with pytest.raises(ValueError, match=f"gRPC can't listen on 127.0.0.1:{taken}: name"):
            serve_folder(light, port=0, grpc_port=taken)
