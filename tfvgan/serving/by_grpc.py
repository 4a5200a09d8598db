"""A way to a server by gRPC, which carries arrays as they are; needs tensorflow-serving-api."""

import importlib.util
from urllib.parse import urlsplit

import numpy as np
import tensorflow as tf

from tfvgan.serving.asking import PREDICTS, ToldSignature, Unanswered, is_near
from tfvgan.serving.protos import put_array

AGAIN = ("UNAVAILABLE", "RESOURCE_EXHAUSTED", "DEADLINE_EXCEEDED", "ABORTED")  # As in `rest`.
SIGNATURES = "signature_def"
# gRPC refuses more than 4 MB unless told otherwise; a frame with its state is larger.
OPTIONS = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]


class GrpcTransport:
    """Asks a server by gRPC. It is a `Transport`.

    Args:
        url: such as "grpc://localhost:8500"; grpcs is encrypted.
        timeout: seconds until a request counts as unanswered.
        compress: whether messages go by gzip.

    Raises:
        ValueError: when the packages are missing.
    """

    arrays = True

    def __init__(self, url: str, timeout: float, compress: bool = False):
        for needed in ("grpc", "tensorflow_serving"):
            if importlib.util.find_spec(needed) is None:
                raise ValueError(
                    "gRPC needs tensorflow-serving-api, which is there for TensorFlow 2.17: run "
                    "`pip install 'tfvgan[serving]'`, or ask by REST, http://HOST:8501."
                )
        import grpc
        from tensorflow_serving.apis import prediction_service_pb2_grpc

        scheme, _, address = url.partition("://")
        self.place, self.timeout = url, timeout
        self.near = is_near(urlsplit(url).hostname) and not compress
        self._compression = grpc.Compression.Gzip if compress else None
        if scheme == "grpcs":
            credentials = grpc.ssl_channel_credentials()
            self._channel = grpc.secure_channel(address, credentials, OPTIONS)
        else:
            self._channel = grpc.insecure_channel(address, OPTIONS)
        self._stub = prediction_service_pb2_grpc.PredictionServiceStub(self._channel)

    def signatures(self, model: str) -> tuple[int, dict[str, ToldSignature]]:
        """Returns the version of a model that answers, and its signatures by name.

        Raises:
            Unanswered: when another try may be answered.
            ValueError: when there is no such model.
        """
        from tensorflow_serving.apis import get_model_metadata_pb2 as metadata

        request = metadata.GetModelMetadataRequest(metadata_field=[SIGNATURES])
        request.model_spec.name = model
        response = self._ask(self._stub.GetModelMetadata, request)
        found = metadata.SignatureDefMap()
        response.metadata[SIGNATURES].Unpack(found)
        told = {
            name: ToldSignature(_dtypes(each.inputs), _dtypes(each.outputs))
            for name, each in found.signature_def.items()
            if each.method_name == PREDICTS
        }
        return response.model_spec.version.value, told

    def predict(
        self, model: str, signature: str, inputs: dict[str, np.ndarray], told: ToldSignature
    ) -> dict[str, np.ndarray]:
        """Returns the outputs of a signature by name.

        Raises:
            Unanswered: when another try may be answered.
            ValueError: when the server refuses.
        """
        from tensorflow_serving.apis import predict_pb2

        request = predict_pb2.PredictRequest()
        request.model_spec.name, request.model_spec.signature_name = model, signature
        for name, value in inputs.items():
            put_array(request.inputs[name], np.asarray(value))
        response = self._ask(self._stub.Predict, request)
        return {name: tf.make_ndarray(proto) for name, proto in response.outputs.items()}

    def close(self) -> None:
        """Lets go of the connection."""
        self._channel.close()

    def _ask(self, method, request):
        import grpc

        try:
            return method(request, timeout=self.timeout, compression=self._compression)
        except grpc.RpcError as error:
            if error.code().name in AGAIN:
                raise Unanswered(error.details()) from error
            raise ValueError(
                f"The server at {self.place} refuses: {error.details() or error.code().name}"
            ) from error


def _dtypes(tensors):
    return {
        name: np.dtype(tf.dtypes.as_dtype(each.dtype).as_numpy_dtype)
        for name, each in tensors.items()
    }
