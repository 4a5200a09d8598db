"""A SavedModel in the layout of TensorFlow Serving: `path/1/`, `path/2/`, ..."""

import os

from tfvgan.engine.endpoint import write_endpoints
from tfvgan.export.versions import publish_version


def export_saved_model(model: object, path: str | os.PathLike) -> str:
    """Returns the folder of a new version of `model`, for TensorFlow Serving or TensorFlow alone.

    Every endpoint of the model is a signature with named inputs and outputs; the first is also
    `serving_default`. What is served is the moving average, `model.average`.

    Args:
        model: `tfvgan.engine.AdversarialModel`, or a `tfvgan.Sampler`.
        path: the model's folder. It gets the next version number, and nothing in it is changed.
    """
    endpoints = model.endpoints()
    return publish_version(path, lambda folder: write_endpoints(endpoints, folder))
