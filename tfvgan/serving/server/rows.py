"""A body of the REST API to the body of its answer, by a loaded model."""

import numpy as np

from tfvgan.serving.json_format import read_request, write_response
from tfvgan.serving.server.limits import MB
from tfvgan.serving.server.predictor import Predictor
from tfvgan.serving.server.refusal import INVALID_ARGUMENT, Refusal

# Characters that a number of JSON takes, with its comma, at most and nearly always.
WHOLE, FRACTION = 4, 21


def answer_json(predictor: Predictor, body: bytes, most: float) -> bytes:
    """Returns the body of the answer of `:predict`.

    Args:
        predictor: of the model.
        body: JSON in rows or columns; see `tfvgan.serving.json_format`.
        most: MB of the answer, for which more is refused.

    Raises:
        Refusal: when the body is none of the model's, or the answer would be too large.
    """
    try:
        request = read_request(body, predictor.dtypes)
    except ValueError as error:
        raise Refusal(INVALID_ARGUMENT, str(error)) from None
    outputs = predictor.predict(request.signature, request.inputs)
    expected = sum(map(_characters, outputs.values()))
    if expected > most * MB:
        raise Refusal(
            INVALID_ARGUMENT,
            f"The answer would take {expected / MB:.0f} MB of JSON, and {most:g} are sent: ask for "
            "less, for encoded frames, or by gRPC.",
        )
    try:
        return write_response(outputs, request.layout)
    except ValueError as error:
        raise Refusal(INVALID_ARGUMENT, str(error)) from None


def _characters(value: np.ndarray) -> int:
    """Returns about how many characters an array takes as JSON."""
    if value.dtype == object:
        return sum(4 * len(one) // 3 + 16 for one in value.flat)
    return value.size * (FRACTION if value.dtype.kind == "f" else WHOLE)
