"""From a run's folder back to its model."""

from pathlib import Path

import keras

from tfvgan.callbacks.checkpoint import checkpoints

MODEL = "model.keras"
CHECKPOINTS = "checkpoints"
CLASSES = "classes.json"


def load_run(path):
    """Returns the newest model of a run: a compiled `VideoGAN`.

    Args:
        path: the run's folder, or a `.keras` file.

    Raises:
        ValueError: when there is no model yet, or the file holds something else.
    """
    file = _newest(Path(path))
    try:
        model = keras.models.load_model(file)
    except (ValueError, TypeError, KeyError, OSError) as error:
        reason = str(error).strip().partition("\n")[0]
        raise ValueError(
            f"`{file}` is no model that this version reads ({reason}): train it anew, or use the "
            "version that saved it."
        ) from error
    if not hasattr(model, "generate"):
        raise ValueError(
            f"`{file}` must hold a VideoGAN, but holds a {type(model).__name__}: "
            "give a run's folder or its model.keras."
        )
    return model


def _newest(path):
    if path.is_file():
        return path
    found = [*checkpoints(path / CHECKPOINTS), path / MODEL]
    found = [file for file in found if file.is_file()]
    if not found:
        raise ValueError(
            f"`{path}` holds no {MODEL} and no checkpoint: give the folder of a run that has "
            "trained for an epoch, or a .keras file."
        )
    return max(found, key=lambda file: file.stat().st_mtime_ns)
