"""All exports of a model as one version: those that agree with the model, or none."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from tfvgan.export.filmed import filmed
from tfvgan.export.parity import (
    QUANTISED,
    advised,
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
    tell: Callable[[str], None] = lambda step: None,
) -> str:
    """Returns the folder of a new version: a SavedModel, .tflite files, and how far each is off.

    Beside the SavedModel lie `ENDPOINT-QUANTIZATION.tflite` for each of the endpoints,
    `parity.json`, and SHA256SUMS of all; the tables are printed as well. A quantised file that
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
            ranges on every other one, and quantised files are compared on the others, or on the
            only one; the SavedModel and float32 are compared on the endpoint's own examples.
        tell: function that is called with what is to be done next, a few words.

    Raises:
        ValueError: when the SavedModel or a float32 file differs by more than it may.
    """

    def write(folder):
        tell("writing the SavedModel")
        write_served(model.endpoints(), folder)
        rows, left_out = [], []
        wanted = tflite if isinstance(tflite, dict) else {edge_endpoint(model)[0]: tflite}
        for name, quantizations in wanted.items():
            given = name, quantizations, allowed, clips, folder, tell
            kept, dropped = write_tflite(model, folder, *given)
            rows += kept
            left_out += dropped
        print(format_table(rows))
        print(f"\n{format_quality(rows + left_out)}")
        for row in left_out:
            print(f"Left out: {how_far(row, allowed)}; {advised(row)}.")
        check_parity(rows, allowed)
        said = [how_far(row, allowed) for row in left_out]
        write_table(rows, Path(folder, "parity.json"), allowed, said)

    return publish_version(path, write)


def write_tflite(
    model,
    folder,
    name,
    quantizations,
    allowed=None,
    clips=None,
    saved_model=None,
    tell=lambda step: None,
):
    """Writes the .tflite files of one endpoint that are as near to the model as they must be.

    Files that are there already are compared, and stay. Quantised ones are compared on clips where
    there are some, with states of their own. Exact ones are compared on drawn examples, a step
    each: over a film, rounding may tip what a network decides, such as which block moved where.

    Args:
        model, allowed, clips, tell: as of `export_model`.
        folder: where the files go.
        name: of the endpoint.
        quantizations: of its files.
        saved_model: folder of a version that is compared, too, or None.

    Returns:
        the rows of what is there, and those of quantised files that were too far off.
    """
    ranges = None
    if clips and "int8" in quantizations:
        tell(f"measuring the ranges of {name} on clips")
        runs = filmed(edge_endpoint(model, name)[1], clips[::2])
        ranges = [named for run in runs for named in run]
    files = {kind: Path(folder, f"{name}-{kind}.tflite") for kind in quantizations}
    for kind, path in files.items():
        if not path.exists():
            tell(f"writing {path.name}")
            export_tflite(model, path, kind, name, ranges)
    tell(f"comparing what was written of {name} with the model")
    seen = clips and (clips[1::2] or clips)
    coarse = {kind: path for kind, path in files.items() if seen and kind in QUANTISED}
    exact = {kind: path for kind, path in files.items() if kind not in coarse}
    compared = parity_table(model, saved_model, exact, name)
    if coarse:
        compared += parity_table(model, None, coarse, name, clips=seen)[1:]
    rows, left_out = [], []
    for row in compared:
        if row.target in QUANTISED and exceeded(row, allowed):
            os.remove(files[row.target])
            left_out.append(row)
        else:
            rows.append(row)
    return rows, left_out
