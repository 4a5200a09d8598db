"""A PredictRequest of gRPC to its PredictResponse, by a loaded model."""

import math

import numpy as np
import tensorflow as tf
from tensorflow.core.framework import types_pb2

from tfvgan.serving.asking import DEFAULT
from tfvgan.serving.protos import array_of, put_array
from tfvgan.serving.server.limits import MB
from tfvgan.serving.server.predictor import Predictor
from tfvgan.serving.server.refusal import INVALID_ARGUMENT, Refusal


def answer_protobuf(predictor: Predictor, version: int, body: bytes, most: float) -> bytes:
    """Returns a serialised PredictResponse; its tensors are in `tensor_content`.

    Args:
        predictor: of the model.
        version: of the model.
        body: a serialised PredictRequest.
        most: MB of a tensor, of the request or of the answer, for which more is refused.

    Raises:
        Refusal: when the request is none of the model's, or the answer would be too large.
    """
    from tensorflow_serving.apis import predict_pb2

    request = predict_pb2.PredictRequest.FromString(body)
    inputs = {name: _array(name, proto, most) for name, proto in request.inputs.items()}
    signature = request.model_spec.signature_name or DEFAULT
    outputs = predictor.predict(signature, inputs)
    unknown = [name for name in request.output_filter if name not in outputs]
    if unknown:
        raise Refusal(
            INVALID_ARGUMENT,
            f"output tensor alias not found in signature: {unknown[0]} Outputs expected to be in "
            f"the set {{{','.join(sorted(outputs))}}}.",
        )
    kept = {name: outputs[name] for name in request.output_filter or outputs}
    size = sum(value.nbytes for value in kept.values())
    if size > most * MB:
        raise Refusal(
            INVALID_ARGUMENT,
            f"The answer would take {size / MB:.0f} MB, and {most:g} are sent: ask for less.",
        )
    response = predict_pb2.PredictResponse()
    response.model_spec.name = request.model_spec.name
    response.model_spec.version.value = version
    response.model_spec.signature_name = signature
    for name, value in kept.items():
        put_array(response.outputs[name], value)
    return response.SerializeToString()


def _array(name, proto, most):
    """Returns a TensorProto as an array.

    A few bytes may claim any extents: a single value stands for all. They are looked at before.
    """
    extents = [dim.size for dim in proto.tensor_shape.dim]
    if proto.tensor_shape.unknown_rank or min(extents, default=0) < 0:
        raise Refusal(INVALID_ARGUMENT, f"Expected {name} to have a known shape.")
    try:
        kind = tf.dtypes.as_dtype(proto.dtype)
        width = max(np.dtype(kind.as_numpy_dtype).itemsize, 1)
    except TypeError:
        known = types_pb2.DataType.values()
        told = types_pb2.DataType.Name(proto.dtype) if proto.dtype in known else proto.dtype
        raise Refusal(INVALID_ARGUMENT, f"Expected {name} to be of a dtype, not {told}.") from None
    size = math.prod(extents) * width
    if size > most * MB:
        raise Refusal(
            INVALID_ARGUMENT,
            f"{name} would take {size / MB:.0f} MB, and {most:g} are taken: send less at once.",
        )
    try:
        return array_of(proto)
    except (TypeError, ValueError) as error:
        raise Refusal(INVALID_ARGUMENT, f"{name} is no tensor: {error}") from None
