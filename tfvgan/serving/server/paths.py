"""What a path of TensorFlow Serving's REST API asks for."""

import re
from typing import NamedTuple
from urllib.parse import unquote

from tfvgan.serving.server.folders import LARGEST
from tfvgan.serving.server.refusal import INVALID_ARGUMENT, UNIMPLEMENTED, Refusal

MODEL = r"(?:/([^/:]+))?(?:/versions/(\d+)|/labels/([^/:]+))?"
PREDICTS = re.compile(rf"/v1/models{MODEL}:(classify|regress|predict)", re.IGNORECASE)
TELLS = re.compile(rf"/v1/models{MODEL}(?:/(metadata))?", re.IGNORECASE)


class Call(NamedTuple):
    """What is asked for.

    Attributes:
        what: "predict", "metadata" or "status".
        model: its name.
        number: of the version, or None.
        label: of the version, or None.
    """

    what: str
    model: str
    number: int | None
    label: str | None


def read_path(method: str, path: str) -> Call:
    """Returns what a path asks for.

    Source: https://www.tensorflow.org/tfx/serving/api_rest, whose errors are told in its words.

    Args:
        method: of HTTP.
        path: as it was sent, with its percent signs.

    Raises:
        Refusal: when it is none of the API.
    """
    pattern = {"POST": PREDICTS, "GET": TELLS, "HEAD": TELLS}.get(method)
    found = pattern and pattern.fullmatch(path)
    if not found:
        raise Refusal(INVALID_ARGUMENT, f"Malformed request: {method} {path[:200]}")
    model, number, label, what = found.groups()
    if not model:
        raise Refusal(INVALID_ARGUMENT, "Missing model name in request.")
    if number is not None and (len(number) > 19 or int(number) > LARGEST):
        raise Refusal(INVALID_ARGUMENT, f"Failed to convert version: {number[:40]} to numeric.")
    what = (what or "status").lower()
    if what in ("classify", "regress"):
        raise Refusal(
            UNIMPLEMENTED, f"Models of videos don't {what}: ask for :predict, with a signature."
        )
    number = None if number is None else int(number)
    return Call(what, unquote(model), number, None if label is None else unquote(label))
