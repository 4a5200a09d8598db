"""TensorFlow Serving's gRPC interface: Predict, GetModelMetadata and GetModelStatus.

The messages are those of the package tensorflow-serving-api.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import grpc
from tensorflow_serving.apis import (
    get_model_metadata_pb2,
    get_model_status_pb2,
    predict_pb2,
)

from tfvgan.serving.server.limits import MB, Held, Share
from tfvgan.serving.server.metrics import Counts
from tfvgan.serving.server.models import Models
from tfvgan.serving.server.refusal import (
    CANCELLED,
    INTERNAL,
    INVALID_ARGUMENT,
    OK,
    UNIMPLEMENTED,
    Refusal,
)
from tfvgan.serving.server.version import END, Version

GRPC = "gRPC"
PREDICTION, MODEL = "tensorflow.serving.PredictionService", "tensorflow.serving.ModelService"
SIGNATURES = "signature_def"  # The only metadata there are.
AT_ONCE = 64  # Calls, each of which may hold a body before it is counted.
UNKNOWN = 2  # The code of gRPC.


class GrpcApi:
    """Answers calls, whose bytes are looked at as far as it takes to find the model.

    Args:
        models: that the server has.
        held: what all requests hold.
        counts: of them.
    """

    def __init__(self, models: Models, held: Held, counts: Counts):
        self.models, self._held, self._counts = models, held, counts

    async def predict(self, body: bytes, share: Share) -> tuple[str, bytes]:
        """Returns the model's name, and a serialised PredictResponse.

        Args:
            body: a serialised PredictRequest.
            share: what it may hold.
        """
        spec = _read(predict_pb2.PredictRequest, body).model_spec
        version = self._at(spec)
        share.take(len(body))
        answer = await version.ask("protobuf", body)
        share.take(len(answer))
        return version.model, answer

    async def metadata(self, body: bytes, share: Share) -> tuple[str, bytes]:
        """Returns the model's name, and a serialised GetModelMetadataResponse.

        Args:
            body: a serialised GetModelMetadataRequest.
            share: as of `predict`.
        """
        request = _read(get_model_metadata_pb2.GetModelMetadataRequest, body)
        if not request.metadata_field:
            raise Refusal(
                INVALID_ARGUMENT,
                "GetModelMetadataRequest must specify at least one metadata_field",
            )
        for field in request.metadata_field:
            if field != SIGNATURES:
                raise Refusal(INVALID_ARGUMENT, f"Metadata field {field} is not supported")
        version = self._at(request.model_spec)
        response = get_model_metadata_pb2.GetModelMetadataResponse()
        response.model_spec.name = version.model
        response.model_spec.version.value = version.number
        signatures = get_model_metadata_pb2.SignatureDefMap()
        for name, signature in (await self.models.signatures(version)).items():
            signatures.signature_def[name].CopyFrom(signature)
        response.metadata[SIGNATURES].Pack(signatures)
        return version.model, response.SerializeToString()

    async def status(self, body: bytes, share: Share) -> tuple[str, bytes]:
        """Returns the model's name, and a serialised GetModelStatusResponse.

        Args:
            body: a serialised GetModelStatusRequest.
            share: as of `predict`.
        """
        request = _read(get_model_status_pb2.GetModelStatusRequest, body)
        if not request.HasField("model_spec"):
            raise Refusal(INVALID_ARGUMENT, "Missing ModelSpec")
        which = _which(request.model_spec)
        response = get_model_status_pb2.GetModelStatusResponse()
        for version in self.models.status(*which):
            told = response.model_version_status.add(version=version.number)
            told.state = told.State.Value(version.state)
            failed = version.state == END and version.error
            told.status.error_code = UNKNOWN if failed else 0
            told.status.error_message = version.error if failed else ""
        return which[0], response.SerializeToString()

    async def missing(self, body: bytes, share: Share) -> tuple[str, bytes]:
        """Refuses what models of videos don't do.

        Args:
            body: of the request.
            share: as of `predict`.
        """
        raise Refusal(UNIMPLEMENTED, "Models of videos answer Predict alone.")

    def handled(self, method: Callable[[bytes, Share], Awaitable[tuple[str, bytes]]]) -> Any:
        """Returns a method as grpc takes it: refusals become codes, and all is counted.

        What it holds is given back when the answer was sent.

        Args:
            method: one of the above.
        """

        async def answer(body: bytes, context: Any) -> bytes:
            began, model, code = time.monotonic(), "", OK
            share = Share(self._held)
            context.add_done_callback(lambda _: share.give_back())
            try:
                model, content = await method(body, share)
                return content
            except Refusal as error:
                code = error.code
                await context.abort(grpc.StatusCode[error.code], error.message)
            except asyncio.CancelledError:
                code = CANCELLED
                raise
            except Exception:
                code = INTERNAL
                raise
            finally:
                self._counts.add(model, GRPC, code, time.monotonic() - began)

        return grpc.unary_unary_rpc_method_handler(answer)

    def _at(self, spec: Any) -> Version:
        if not spec.name:
            raise Refusal(INVALID_ARGUMENT, "Missing ModelSpec")
        return self.models.at(*_which(spec))


async def start_grpc(api: GrpcApi, address: str) -> tuple[Any, int]:
    """Returns the server, which listens, and its port.

    Args:
        api: what answers.
        address: host and port; the port 0 is any.

    Raises:
        ValueError: when the address can't be listened on.
    """
    most = int(api.models.limits.body * MB)
    server = grpc.aio.server(
        options=[
            ("grpc.max_receive_message_length", most),
            ("grpc.max_send_message_length", -1),
            ("grpc.so_reuseport", 0),
            ("grpc.max_metadata_size", 16384),
        ],
        maximum_concurrent_rpcs=AT_ONCE,
    )
    for service, methods in _services(api).items():
        handlers = {name: api.handled(method) for name, method in methods.items()}
        server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(service, handlers),))
    try:
        port = server.add_insecure_port(address)
    except RuntimeError:
        port = 0
    if not port:
        raise ValueError(
            f"gRPC can't listen on {address}: name another port (--grpc-port), or end what listens "
            "there."
        )
    await server.start()
    return server, port


def _services(api):
    """Returns the methods of each service by their names."""
    others = ("Classify", "Regress", "MultiInference")
    prediction = {"Predict": api.predict, "GetModelMetadata": api.metadata}
    return {
        PREDICTION: prediction | dict.fromkeys(others, api.missing),
        MODEL: {"GetModelStatus": api.status},
    }


def _read(kind, body):
    """Returns a message.

    Raises:
        Refusal: when the bytes are none.
    """
    try:
        return kind.FromString(body)
    except Exception as error:  # Of protobuf, of each of its versions another.
        raise Refusal(INVALID_ARGUMENT, f"This is no {kind.DESCRIPTOR.name}: {error}.") from None


def _which(spec):
    """Returns what is asked for: the model, its version and its label."""
    choice = spec.WhichOneof("version_choice")
    number = spec.version.value if choice == "version" else None
    return spec.name, number, spec.version_label if choice == "version_label" else None
