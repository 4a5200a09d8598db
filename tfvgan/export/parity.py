"""How far an export is from the Keras model, what it loses, how large it is, and its time.

Differences are on the scale of the video inside the package, [-1, 1]: .tflite files return those
floats. A SavedModel returns uint8, or int8, so what it differs by is counted in levels of 2/255.
"""

import os
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import tensorflow as tf

from tfvgan.export.filmed import filmed
from tfvgan.export.quality import agreement, lost
from tfvgan.export.tflite import edge_endpoint, load_tflite

LEVEL = 2 / 255  # One step of 8 bits: a sum in another order may round to the next one.

# Floats differ by rounding alone, about 1e-7 in the mean; single pixels on the edge of a shape that
# a network draws hard come to some 1e-4, and an eighth of a step of uint8 is allowed. Quantised
# files are judged by their mean, since the largest difference is one number's, and those of whole
# numbers by what they lose: 0.3 dB of PSNR, or 0.3 % of IoU or cosine. What the presets come to is
# measured by benchmarks/package/edge.py; a video of more contrast differs by more.
ALLOWED = {
    "saved_model": {"max_difference": 1.001 * LEVEL},
    "float32": {"max_difference": 1e-3, "mean_difference": 1e-5},
    "float16": {"mean_difference": 1e-3},
    "dynamic": {"mean_difference": 0.02},
    "int8": {"lost": 0.3},
}
QUANTISED = ("float16", "dynamic", "int8")


class Parity(NamedTuple):
    """A row of the table.

    Attributes:
        target: "keras", "saved_model", "float32", "float16", "dynamic" or "int8".
        max_difference: the largest difference of any number, on the scale [-1, 1].
        mean_difference: the mean of the absolute differences, on the same scale.
        bytes: size of the file, or of all files of the SavedModel.
        milliseconds: median time for one example, batch 1; None where it was not timed.
        endpoint: name of the endpoint that was compared.
        agreement: how near it is to the Keras model, see `tfvgan.export.agreement`; None of tables
            from before there was one.
        unit: of that, "dB", "IoU", "cosine" or "share".
        lost: dB of PSNR that are lost of 35, or per cent, see `tfvgan.export.lost`.
    """

    target: str
    max_difference: float
    mean_difference: float
    bytes: int
    milliseconds: float | None
    endpoint: str = "generate"
    agreement: float | None = None
    unit: str = ""
    lost: float = 0.0


def parity_table(
    model: object,
    saved_model: str | os.PathLike | None = None,
    tflite: Mapping[str, str] | None = None,
    endpoint: str | None = None,
    examples: int = 8,
    seed: int = 0,
    clips: Sequence[np.ndarray] | None = None,
) -> list[Parity]:
    """Returns the rows of `Parity`: the Keras model's own, then one for each export.

    Args:
        model: what was exported, a `tfvgan.engine.AdversarialModel` or a `tfvgan.Sampler`.
        saved_model: folder of a version, or None.
        tflite: dict of paths by quantization, such as `{"int8": "x.tflite"}`.
        endpoint: name of the endpoint to compare, by default the first for edge devices.
        examples: how many inputs to compare on, drawn by the endpoint itself.
        seed: int, which ones.
        clips: real ones to compare on, in place of examples, uint8 `(t, h, w, 3)` each; an export
            goes on from frame to frame with its own state.
    """
    name, endpoint = edge_endpoint(model, endpoint)
    if clips:
        inputs = filmed(endpoint, clips)
    else:
        inputs = [[named] for named in endpoint.edge.examples(examples, seed)]
    floats = by_name(tf.function(endpoint.edge.function))
    weights = sum(weight.value.dtype.size * weight.numpy().size for weight in model.average.weights)
    rows = [measure("keras", floats, floats, inputs, weights, name)]
    if saved_model is not None:
        served = by_name(tf.saved_model.load(str(saved_model)).signatures[name], keywords=True)
        levels = by_name(endpoint.function)
        size = saved_model_bytes(saved_model)
        rows.append(measure("saved_model", served, levels, inputs, size, name))
    for quantization, path in (tflite or {}).items():
        converted = load_tflite(path, os.cpu_count())
        size = os.path.getsize(path)
        rows.append(measure(quantization, converted, floats, inputs, size, name))
    return rows


def by_name(function, keywords=False):
    """Returns a TensorFlow function as one from named arrays to named arrays."""

    def call(**named):
        tensors = {name: tf.constant(value) for name, value in named.items()}
        results = function(**tensors) if keywords else function(*tensors.values())
        return {name: result.numpy() for name, result in results.items()}

    return call


def saved_model_bytes(folder):
    """Returns the size of a SavedModel: its graph and its variables, not what lies beside them."""
    files = [Path(folder, "saved_model.pb"), *Path(folder, "variables").iterdir()]
    return sum(file.stat().st_size for file in files)


def measure(target, function, reference, inputs, size, endpoint):
    """Returns the row of one export of an endpoint, run on each list of inputs."""
    differences, seconds = [], []
    made, expected = defaultdict(list), defaultdict(list)
    function(**inputs[0][0])  # The first call compiles, or allocates.
    for run in inputs:
        state = {}
        for named in run:
            started = time.perf_counter()
            outputs = function(**{**named, **state})
            seconds.append(time.perf_counter() - started)
            state = {key: value for key, value in outputs.items() if key == "state"}
            for name, wanted in reference(**named).items():
                differences.append(difference(outputs[name], wanted).ravel())
                made[name].append(outputs[name])
                expected[name].append(wanted)
    flat = np.concatenate(differences)
    milliseconds = 1000 * float(np.median(seconds))
    agreed, unit = agreement(made, expected)
    return Parity(
        target,
        float(flat.max()),
        float(flat.mean()),
        size,
        milliseconds,
        endpoint,
        agreed,
        unit,
        lost(agreed, unit),
    )


def difference(actual, expected):
    """Returns the absolute differences on the scale [-1, 1]; NaN counts as infinitely far."""
    unit = LEVEL if expected.dtype in (np.uint8, np.int8) else 1.0
    far = np.abs(actual.astype("float64") - expected.astype("float64")) * unit
    return np.where(np.isnan(far), np.inf, far)


def check_parity(
    rows: Sequence[Parity], allowed: Mapping[str, Mapping[str, float]] | None = None
) -> None:
    """Returns nothing when each row is as near to the Keras model as it must be.

    Args:
        rows: of `parity_table`.
        allowed: dict by target of `{"max_difference": float}` or `{"mean_difference": float}`,
            over what stands in `ALLOWED`: at most 1e-3 for float32, and 1e-5 on average, one step
            of uint8 for the SavedModel, on average 1e-3 for float16 and 0.02 for dynamic; of int8
            `{"lost": 0.3}`, dB of PSNR or per cent.

    Raises:
        ValueError: when the largest or mean difference of a row, or what it loses, is above its
            limit, or NaN.
    """
    for row in rows:
        if exceeded(row, allowed):
            raise ValueError(
                f"An export is too far off, and none is published: {how_far(row, allowed)}; "
                f"{advised(row)}."
            )


def advised(row):
    """Returns what can be done where a row exceeds a limit, in words."""
    return f"`allowed` takes other limits (--allow {row.target}=...)"


def how_far(row, allowed=None):
    """Returns by how much a row exceeds its first limit, in words."""
    measured, limit = next(iter(exceeded(row, allowed).items()))
    found = getattr(row, measured)
    what = f"the {row.target} export of `{row.endpoint}` may"
    if measured == "lost":
        unit = "dB of PSNR" if row.unit == "dB" else f"per cent of {row.unit}"
        return f"{what} lose {limit:g} {unit}, but loses {_apart(found, limit)}"
    has = _apart(found, limit)
    return f"{what} have a {measured} of {limit:g} from the Keras model, but has {has}"


def _apart(found, limit):
    """Returns a number in three digits, or as many as tell it from the limit."""
    texts = (f"{found:.{digits}g}" for digits in range(3, 18))
    return next(text for text in texts if text != f"{limit:g}")


def allowing(limits: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """Returns `allowed` with other limits of what `ALLOWED` limits of each target.

    Args:
        limits: dict by target of floats, on the scale [-1, 1], such as `{"float32": 1e-3}`; of int8
            what may be lost, in dB or per cent.

    Raises:
        ValueError: when there is no such target.
    """
    if unknown := sorted(limits.keys() - ALLOWED.keys()):
        raise ValueError(
            f"Differences may be allowed of {', '.join(ALLOWED)}, but not of "
            f"{', '.join(unknown)}: name one of them."
        )
    return {target: dict.fromkeys(ALLOWED[target], limit) for target, limit in limits.items()}


def exceeded(row, allowed=None):
    """Returns the limits that a row exceeds, a dict such as `{"max_difference": 1e-3}`."""
    limits = {**ALLOWED, **(allowed or {})}.get(row.target, {})
    return {name: limit for name, limit in limits.items() if not getattr(row, name) <= limit}
