"""The signatures of a SavedModel, as its file says them: nothing is loaded for that."""

import os
from pathlib import Path
from typing import Any

import numpy as np
from tensorflow import dtypes
from tensorflow.core.framework import types_pb2
from tensorflow.core.protobuf import saved_model_pb2

from tfvgan.serving.asking import PREDICTS

FILE = "saved_model.pb"


def read_signatures(folder: str | os.PathLike) -> dict[str, Any]:
    """Returns the signatures of a SavedModel, `SignatureDef` by their names.

    Args:
        folder: of one version.

    Raises:
        ValueError: when there is no SavedModel.
    """
    path = Path(folder, FILE)
    try:
        saved = saved_model_pb2.SavedModel.FromString(path.read_bytes())
        graph = saved.meta_graphs[0]
    except Exception as error:  # Of protobuf, of each of its versions another.
        raise ValueError(f"`{path}` must be a SavedModel, but is none ({error}).") from None
    return dict(sorted(graph.signature_def.items()))


def read_dtypes(signatures: dict[str, Any]) -> dict[str, dict[str, np.dtype]]:
    """Returns numpy's dtypes of the inputs, by signature and name, of what can be predicted.

    Args:
        signatures: as `read_signatures` returns them.
    """
    return {
        name: {key: _dtype(one) for key, one in sorted(signature.inputs.items())}
        for name, signature in signatures.items()
        if signature.method_name == PREDICTS
    }


def read_shapes(signatures: dict[str, Any]) -> dict[str, dict[str, list[int | None] | None]]:
    """Returns the extents of the inputs, by signature and name: None is any, or any number of them.

    Args:
        signatures: as `read_signatures` returns them.
    """
    return {
        name: {key: _extents(one.tensor_shape) for key, one in signature.inputs.items()}
        for name, signature in signatures.items()
    }


def signatures_told(signatures: dict[str, Any]) -> dict[str, Any]:
    """Returns the signatures as the JSON of metadata has them.

    Args:
        signatures: as `read_signatures` returns them.
    """
    return {name: _told(signature) for name, signature in signatures.items()}


def _dtype(tensor):
    return np.dtype(dtypes.as_dtype(tensor.dtype).as_numpy_dtype)


def _extents(shape):
    if shape.unknown_rank:
        return None
    return [None if dim.size < 0 else dim.size for dim in shape.dim]


def _told(signature):
    return {
        "inputs": {name: _tensor_told(one) for name, one in sorted(signature.inputs.items())},
        "outputs": {name: _tensor_told(one) for name, one in sorted(signature.outputs.items())},
        "method_name": signature.method_name,
    }


def _tensor_told(tensor):
    shape = tensor.tensor_shape
    return {
        "dtype": types_pb2.DataType.Name(tensor.dtype),
        "tensor_shape": {
            "dim": [{"size": str(dim.size), "name": dim.name} for dim in shape.dim],
            "unknown_rank": shape.unknown_rank,
        },
        "name": tensor.name,
    }
