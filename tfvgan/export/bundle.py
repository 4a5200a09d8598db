"""All exports of a model as one version: those that agree with the model, or none."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from tfvgan.export.filmed import filmed
from tfvgan.export.parity import (
    QUANTISED,
    check_parity,
    exceeded,
    how_far,
    parity_table,
)
from tfvgan.export.saved_model import write_served
from tfvgan.export.tables import format_quality, format_table, write_table
from tfvgan.export.tflite import edge_endpoint, export_tflite
from tfvgan.export.versions import publish_version


def export_model(
    model: object,
    path: str | os.PathLike,
    tflite: Sequence[str] | Mapping[str, Sequence[str]] = ("float32", "dynamic", "int8"),
    allowed: Mapping[str, Mapping[str, float]] | None = None,
    clips: Sequence[np.ndarray] | None = None,
) -> str:
    """Returns the folder of a new version: a SavedModel, .tflite files, and how far each is off.

    Beside the SavedModel lie `ENDPOINT-QUANTIZATION.tflite` for each of the endpoints,
    `parity.json`, and SHA256SUMS of all; the table is printed as well. A quantised file that
    differs from the Keras model by more than it may is left out, and named; nothing is published
    when another export does.

    Args:
        model: `tfvgan.engine.AdversarialModel`, or a `tfvgan.Sampler`.
        path: the model's folder. It gets the next version number, and nothing in it is changed.
        tflite: which quantizations, of "float32", "float16", "dynamic" and "int8", of the model's
            first endpoint for edge devices; or a dict of endpoints' names and the quantizations of
            each.
        allowed: what differences are allowed, see `check_parity`.
        clips: real ones, uint8 `(t, h, w, 3)` each, for models that read frames: int8 measures its
            ranges on every other one, and exports are compared on the others, or on the only one.

    Raises:
        ValueError: when the SavedModel or a float32 file differs by more than it may.
    """

    def write(folder):
        write_served(model.endpoints(), folder)
        rows, left_out = [], []
        wanted = tflite if isinstance(tflite, dict) else {edge_endpoint(model)[0]: tflite}
        for name, quantizations in wanted.items():
            ranges = None
            if clips and "int8" in quantizations:
                runs = filmed(edge_endpoint(model, name)[1], clips[::2])
                ranges = [named for run in runs for named in run]
            files = {
                quantization: export_tflite(
                    model, Path(folder, f"{name}-{quantization}.tflite"), quantization, name, ranges
                )
                for quantization in quantizations
            }
            seen = clips and (clips[1::2] or clips)
            for row in parity_table(model, folder, files, name, clips=seen):
                if row.target in QUANTISED and exceeded(row, allowed):
                    os.remove(files[row.target])
                    left_out.append(row)
                else:
                    rows.append(row)
        print(format_table(rows))
        print(f"\n{format_quality(rows + left_out)}")
        for row in left_out:
            print(f"Left out: {how_far(row, allowed)}.")
        check_parity(rows, allowed)
        write_table(rows, Path(folder, "parity.json"), allowed)

    return publish_version(path, write)
