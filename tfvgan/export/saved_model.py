"""A SavedModel in the layout of TensorFlow Serving: `path/1/`, `path/2/`, ..."""

import os
from collections.abc import Mapping

import numpy as np

from tfvgan.engine.endpoint import Endpoint, write_endpoints
from tfvgan.export.versions import publish_version
from tfvgan.serving.asking import DEFAULT
from tfvgan.serving.warmup import replay_warmup, write_warmup


def export_saved_model(model: object, path: str | os.PathLike) -> str:
    """Returns the folder of a new version of `model`, for TensorFlow Serving or TensorFlow alone.

    Every endpoint of the model is a signature with named inputs and outputs; the first is also
    `serving_default`. What is served is the moving average, `model.average`. Requests lie beside
    it, which a server replays while it loads the model; they were tried.

    Args:
        model: `tfvgan.engine.AdversarialModel`, or a `tfvgan.Sampler`.
        path: the model's folder. It gets the next version number, and nothing in it is changed.
    """
    endpoints = model.endpoints()
    return publish_version(path, lambda folder: write_served(endpoints, folder))


def write_served(endpoints: Mapping[str, Endpoint], folder: str | os.PathLike) -> None:
    """Writes endpoints as a SavedModel, and a request to each that a server warms up with.

    Args:
        endpoints: by name; the first is also `serving_default`.
        folder: which nobody reads yet.

    Raises:
        ValueError: when a request fails.
    """
    write_endpoints(endpoints, str(folder))
    requests = {name: small_request(endpoint) for name, endpoint in endpoints.items()}
    requests = {name: inputs for name, inputs in requests.items() if inputs is not None}
    if (first := next(iter(endpoints))) in requests:
        requests = {DEFAULT: requests[first], **requests}
    write_warmup(folder, requests)
    replay_warmup(folder)


def small_request(endpoint: Endpoint) -> dict[str, np.ndarray] | None:
    """Returns what an endpoint's `request` says; else an example of the edge, each input one value.

    None where there is neither.
    """
    if endpoint.request is not None:
        return endpoint.request()
    if endpoint.edge is None:
        return None
    (example,) = endpoint.edge.examples(1, 0)
    return {name: np.full_like(value, np.ravel(value)[0]) for name, value in example.items()}
