"""All exports of a model as one version, published only when each agrees with the model."""

import os
from pathlib import Path

from tfvgan.export.parity import check_parity, exceeded, format_table, parity_table, write_table
from tfvgan.export.saved_model import write_saved_model
from tfvgan.export.tflite import edge_endpoint, export_tflite
from tfvgan.export.versions import publish


def export_model(
    model,
    path,
    tflite=("float32", "dynamic", "int8"),
    allowed=None,
    leave_out=False,
):
    """Returns the folder of a new version: a SavedModel, .tflite files, and how far each is off.

    Beside the SavedModel lie `ENDPOINT-QUANTIZATION.tflite` for each of the endpoints, and
    `parity.json`; the table is printed as well. Nothing is published when an export differs from
    the Keras model by more than it may.

    Args:
        model: `tfvgan.engine.AdversarialModel`, or a `tfvgan.Sampler`.
        path: the model's folder. It gets the next version number, and nothing in it is changed.
        tflite: which quantizations, of "float32", "dynamic" and "int8", of the model's first
            endpoint for edge devices; or a dict of endpoints' names and the quantizations of each.
        allowed: what differences are allowed, see `check_parity`.
        leave_out: bool, whether a quantised file that differs by more than it may is left out,
            and the rest published; which one is printed.

    Raises:
        ValueError: when an export differs by more than it may.
    """

    def write(folder):
        write_saved_model(model, model.endpoints(), folder)
        rows, left_out = [], []
        wanted = tflite if isinstance(tflite, dict) else {edge_endpoint(model)[0]: tflite}
        for name, quantizations in wanted.items():
            files = {
                quantization: export_tflite(
                    model, Path(folder, f"{name}-{quantization}.tflite"), quantization, name
                )
                for quantization in quantizations
            }
            for row in parity_table(model, folder, files, name):
                over = exceeded(row, allowed)
                if leave_out and row.target in ("dynamic", "int8") and over:
                    os.remove(files[row.target])
                    left_out.append((row, over))
                else:
                    rows.append(row)
        print(format_table(rows))
        for row, over in left_out:
            print(_told(row, over))
        check_parity(rows, allowed)
        write_table(rows, Path(folder, "parity.json"), allowed)

    return publish(path, write)


def _told(row, over):
    """Returns the sentence about a file that is left out, and the limits that it exceeds."""
    name, limit = next(iter(over.items()))
    return (
        f"Left out: {row.endpoint}-{row.target}.tflite, whose {name} from the Keras model is "
        f"{getattr(row, name):.3g}, and may be {limit:g} (--allow {row.target}=... to have it)."
    )
