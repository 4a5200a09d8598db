"""An endpoint as a .tflite file, and such a file run by LiteRT.

What is converted, and why so:

- a SavedModel, by signature: conversion from a concrete function and a Keras model gives garbage
  without an error;
- batch 1: with an open batch size LiteRT's fast kernels step aside, and an int8 file has been seen
  to return garbage; `run_tflite` takes any batch, one example at a time;
- the endpoint's edge function: float32 video in [-1, 1] comes out, not uint8, so that a file can
  be compared with the model closely. `tfvgan.video.to_uint8` makes pictures of it.
"""

import contextlib
import os
import re
import tempfile
import warnings
from collections.abc import Mapping, Sequence

import numpy as np
import tensorflow as tf

from tfvgan.engine.endpoint import write_endpoints
from tfvgan.export.parted import write_parted
from tfvgan.quiet import CHATTER, without
from tfvgan.sums import check_sums
from tfvgan.whole import write_whole

QUANTIZATIONS = ("float32", "float16", "dynamic", "int8")
EIGHT_BITS = ("dynamic", "int8")  # Those whose weights are whole numbers.
TALK = re.compile(CHATTER.pattern + rb"|INFO: Created TensorFlow Lite |fully_quantize: ")


def edge_endpoint(model, name=None):
    """Returns `(name, endpoint)` of the model's endpoint of that name, or its first for the edge.

    Raises:
        ValueError: when the model has none that runs on an edge device.
    """
    edges = {key: endpoint for key, endpoint in model.endpoints().items() if endpoint.edge}
    if name is None and edges:
        name = next(iter(edges))
    if name not in edges:
        raise ValueError(
            f"`endpoint` must be one that runs on an edge device ({', '.join(edges) or 'none'} of "
            f"this model), but is {name!r}."
        )
    return name, edges[name]


def export_tflite(
    model: object,
    path: str | os.PathLike,
    quantization: str = "float32",
    endpoint: str | None = None,
    representative: Sequence[dict[str, np.ndarray]] | None = None,
) -> str | os.PathLike:
    """Returns `path`, where the endpoint now is as a .tflite file.

    Args:
        model: `tfvgan.engine.AdversarialModel`, or a `tfvgan.Sampler`.
        path: of the file, replaced when there is one.
        quantization: "float32"; "float16", weights in float16, computed with in float32;
            "dynamic", weights in int8 and the rest in float32; or "int8", weights and activations
            in int8, inputs and outputs still in float32. Weights in int8 have a scale for each
            channel that comes out, and outliers of their own, as `tfvgan.export.parted` says.
        endpoint: name of the endpoint, by default the first that runs on an edge device.
        representative: list of dicts of numpy arrays of batch 1, named as in the signature, on
            which int8 measures its ranges; by default 32 of the endpoint's own examples.

    Raises:
        ValueError: when quantization or endpoint is not one of the above, or the converter can't
            quantise what the network does.
    """
    if quantization not in QUANTIZATIONS:
        raise ValueError(
            f"`quantization` must be one of {', '.join(QUANTIZATIONS)}, but is {quantization!r}."
        )
    name, endpoint = edge_endpoint(model, endpoint)
    if representative is None:
        representative = endpoint.edge.examples(32, 1)
    single = endpoint._replace(
        function=endpoint.edge.function,
        signature=[
            tf.TensorSpec((1, *spec.shape[1:]), spec.dtype, spec.name)
            for spec in endpoint.edge.signature or endpoint.signature
        ],
    )
    with tempfile.TemporaryDirectory() as folder:
        write_endpoints({name: single}, folder)
        if quantization in EIGHT_BITS:
            with _quietly():
                write_parted(folder, name, floats=quantization == "dynamic")
        content = convert(folder, name, quantization, representative)
    return write_whole(path, lambda file: file.write_bytes(content))


def convert(folder, name, quantization, representative):
    """Returns the bytes of the .tflite file of one signature of a SavedModel.

    Raises:
        ValueError: when the converter can't quantise what the network does.
    """
    converter = tf.lite.TFLiteConverter.from_saved_model(folder, signature_keys=[name])
    if quantization != "float32":
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
    if quantization == "float16":
        converter.target_spec.supported_types = [tf.float16]
    if quantization == "int8":
        converter.representative_dataset = lambda: ((name, example) for example in representative)
    try:
        with _quietly():
            return converter.convert()
    except RuntimeError as error:
        if quantization == "float32":
            raise
        why = str(error).rpartition("error: ")[2].strip().partition("\n")[0].rstrip(".")
        raise ValueError(
            f"TensorFlow's converter can't write `{name}` as {quantization}: {why}. Export it as "
            "float16 or dynamic."
        ) from error


def load_tflite(path, threads=None):
    """Returns the file's one signature as a function of named arrays of batch 1.

    Args:
        path: of the .tflite file.
        threads: how many LiteRT may use; by default its own choice.

    Raises:
        ValueError: when the list of checksums beside the file says another one.
    """
    check_sums(path)
    from ai_edge_litert.interpreter import Interpreter

    with _quietly():
        interpreter = Interpreter(model_path=str(path), num_threads=threads)
        interpreter.allocate_tensors()  # Which says how it will run; the runner would say it late.
        return interpreter.get_signature_runner(next(iter(interpreter.get_signature_list())))


def run_tflite(
    path: str | os.PathLike, inputs: Mapping[str, np.ndarray], threads: int | None = None
) -> dict[str, np.ndarray]:
    """Returns the named outputs of a .tflite file of batch 1, for a batch of any size.

    Args:
        path: of the file.
        inputs: dict of arrays `(batch, ...)`, named as in the signature, such as
            `{"latents": float32 (batch, latent_dim)}`.
        threads: how many LiteRT may use; by default its own choice.

    Raises:
        ValueError: when the inputs' names are not the signature's.
    """
    function = load_tflite(path, threads)
    expected = sorted(function.get_input_details())
    if sorted(inputs) != expected:
        raise ValueError(f"{path} reads {expected}, but was given {sorted(inputs)}.")
    count = len(next(iter(inputs.values())))
    results = [
        function(**{name: value[i : i + 1] for name, value in inputs.items()}) for i in range(count)
    ]
    return {name: np.concatenate([result[name] for result in results]) for name in results[0]}


@contextlib.contextmanager
def _quietly():
    """Keeps off stderr what converter and LiteRT say of their work."""
    with without(TALK), warnings.catch_warnings():
        # Of the interpreter that TensorFlow's own converter measures ranges with.
        warnings.filterwarnings("ignore", r"\s*Warning: tf.lite.Interpreter is deprecated")
        yield
