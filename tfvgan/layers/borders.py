"""Pictures with more of their border's pixels around them."""

import keras
from keras import ops


def bordered(x: keras.KerasTensor, before: int, after: int) -> keras.KerasTensor:
    """Returns `(n, before + h + after, before + w + after, c)`: first and last lines are repeated.

    Pictures may be smaller than their borders, which mirrors may not.

    Args:
        x: `(n, h, w, c)`.
        before, after: int, lines above and to the left, and below and to the right.
    """
    x = ops.concatenate([x[:, :1]] * before + [x] + [x[:, -1:]] * after, axis=1)
    return ops.concatenate([x[:, :, :1]] * before + [x] + [x[:, :, -1:]] * after, axis=2)
