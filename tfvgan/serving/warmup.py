"""Requests that a server replays while it loads a model, so that the first one is answered at once.

They lie in `assets.extra/tf_serving_warmup_requests` beside the SavedModel, where TensorFlow
Serving looks for them. If one fails there the model is not loaded: all are tried when written.
Source: https://www.tensorflow.org/tfx/serving/saved_model_warmup
"""

import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import tensorflow as tf

from tfvgan.serving.prediction_log import LoggedRequest, read_log, write_log

WARMUP = Path("assets.extra", "tf_serving_warmup_requests")
MOST = 1000  # Records that TensorFlow Serving takes.


class Replayed(NamedTuple):
    """A request that was replayed.

    Attributes:
        signature: name of the signature.
        first: seconds of the first call.
        later: seconds of the second.
    """

    signature: str
    first: float
    later: float


def write_warmup(
    folder: str | os.PathLike, requests: Mapping[str, Mapping[str, np.ndarray]]
) -> str:
    """Returns the path of the file of requests, which now lies in the folder of a SavedModel.

    Args:
        folder: with `saved_model.pb`.
        requests: by the names of signatures: arrays by the names of inputs, in the order in
            which they are replayed.
    """
    path = Path(folder, WARMUP)
    path.parent.mkdir(exist_ok=True)
    with tf.io.TFRecordWriter(str(path)) as writer:
        for signature, inputs in requests.items():
            writer.write(write_log(LoggedRequest("", signature, dict(inputs))))
    return str(path)


def read_warmup(folder: str | os.PathLike) -> Iterator[LoggedRequest]:
    """Yields the requests that lie in the folder of a SavedModel; none where there is no file.

    Raises:
        ValueError: when one is damaged, or there are more than a server takes.
    """
    path = Path(folder, WARMUP)
    if not path.is_file():
        return
    try:
        for number, record in enumerate(tf.data.TFRecordDataset(str(path)).as_numpy_iterator()):
            if number == MOST:
                raise ValueError(
                    f"`{path}` must have {MOST} requests at most, but has more: a server would not "
                    "load the model. Export it again."
                )
            yield read_log(record)
    except tf.errors.DataLossError as error:
        raise ValueError(f"`{path}` is damaged ({error.message}): export it again.") from error


def replay_warmup(folder: str | os.PathLike) -> list[Replayed]:
    """Returns how long each request took, the first time and the second.

    Args:
        folder: with `saved_model.pb`.

    Raises:
        ValueError: when a request fails, or names what the model does not have.
    """
    loaded, made = tf.saved_model.load(str(folder)), []
    for request in read_warmup(folder):
        signature = loaded.signatures.get(request.signature)
        wanted = None if signature is None else signature.structured_input_signature[1]
        if wanted is None or wanted.keys() != request.inputs.keys():
            has = "no such signature" if wanted is None else f"it reads {', '.join(sorted(wanted))}"
            raise ValueError(
                f"A warm-up request in `{folder}` asks `{request.signature}` by "
                f"{', '.join(sorted(request.inputs))}, but {has}: export the model again."
            )
        seconds = []
        for _ in range(2):
            started = time.perf_counter()
            _run(folder, signature, request)
            seconds.append(time.perf_counter() - started)
        made.append(Replayed(request.signature, *seconds))
    return made


def _run(folder, signature, request):
    """Answers a request, and forgets the answer."""
    try:
        signature(**{name: tf.constant(value) for name, value in request.inputs.items()})
    except (tf.errors.OpError, ValueError, TypeError) as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        told = next((line for line in lines if "assertion failed" in line), lines[0])
        raise ValueError(
            f"A warm-up request of `{request.signature}` in `{folder}` fails, so that a server "
            f"would not load the model ({told}): export it again."
        ) from error
