"""Keras models from files that nobody vouches for: the model, or one sentence; and small ones."""

import keras
import numpy as np

from tfvgan.sealed import check_seal, write_sealed
from tfvgan.sums import check_sums
from tfvgan.whole import deflate

GENERATOR = "generator.keras"  # A network that is published.
ENLARGER = "enlarger"  # In a run's folder, the second stage: a run, or what was published of it.


def load_keras(path):
    """Returns the Keras model of a `.keras` file, whose checksums and weights are good.

    Raises:
        ValueError: when the file is damaged, holds no model that this version reads, or one with
            weights that are no finite numbers.
    """
    check_sums(path)
    check_seal(path)
    try:
        model = keras.models.load_model(path, safe_mode=True)
    except Exception as error:  # What is said in an archive may be anything.
        reason = str(error).strip().partition("\n")[0] or type(error).__name__
        raise ValueError(
            f"`{path}` is no model that this version reads ({reason}): train it anew, or use the "
            "version that saved it."
        ) from error
    for weight in model.weights:
        value = keras.ops.convert_to_numpy(weight)
        if np.issubdtype(value.dtype, np.inexact) and not np.isfinite(value).all():
            raise ValueError(
                f"`{path}` holds weights that are no finite numbers, such as {weight.path}: its "
                "training went wrong, or the file was changed; use another."
            )
    return model


def save_deflated(network, path):
    """Returns `path`, where the network now is, in a `.keras` file that is as small as it gets.

    Args:
        network: `keras.Model`.
        path: ends in .keras.
    """

    def write(file):
        network.save(file)
        deflate(file)

    return write_sealed(path, write)
