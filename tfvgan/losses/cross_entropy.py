"""Cross-entropy of shares: how surprising the real classes of pixels are by what was made."""

import keras
from keras import ops

LEAST = 1e-7  # Share below which the logarithm falls no further.


def cross_entropy(made: keras.KerasTensor, real: keras.KerasTensor) -> keras.KerasTensor:
    """Returns the mean of `-sum(real * log(made))` over pixels, a float32 scalar >= 0.

    It is least where both are equal, and then the entropy of the real shares: 0 where each pixel is
    of one class.

    Args:
        made, real: float32 `(..., classes)`, shares that sum to 1.
    """
    surprise = -ops.log(ops.maximum(made, LEAST))
    return ops.mean(ops.sum(real * surprise, axis=-1))
