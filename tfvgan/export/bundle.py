"""All exports of a model as one version, published only when each agrees with the model."""

from pathlib import Path

from tfvgan.export.parity import check_parity, format_table, parity_table, write_table
from tfvgan.export.saved_model import write_saved_model
from tfvgan.export.tflite import edge_endpoint, export_tflite
from tfvgan.export.versions import publish


def export_model(model, path, tflite=("float32", "dynamic", "int8"), allowed=None):
    """Returns the folder of a new version: a SavedModel, .tflite files, and how far each is off.

    Beside the SavedModel lie `ENDPOINT-QUANTIZATION.tflite` for the model's first endpoint for edge
    devices, and `parity.json`; the table is printed as well. Nothing is published when an export
    differs from the Keras model by more than it may.

    Args:
        model: `tfvgan.engine.AdversarialModel`.
        path: the model's folder. It gets the next version number, and nothing in it is changed.
        tflite: which quantizations, of "float32", "dynamic" and "int8".
        allowed: what differences are allowed, see `check_parity`.

    Raises:
        ValueError: when an export differs by more than it may.
    """

    def write(folder):
        write_saved_model(model, model.endpoints(), folder)
        name, _ = edge_endpoint(model)
        files = {
            quantization: export_tflite(
                model, Path(folder, f"{name}-{quantization}.tflite"), quantization
            )
            for quantization in tflite
        }
        rows = parity_table(model, folder, files)
        print(format_table(rows))
        check_parity(rows, allowed)
        write_table(rows, Path(folder, "parity.json"), allowed)

    return publish(path, write)
