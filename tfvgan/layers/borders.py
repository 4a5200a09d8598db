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
    # What is not asked for is not sliced either: graphs would keep it.
    above = [x[:, :1]] * before if before else []
    below = [x[:, -1:]] * after if after else []
    x = ops.concatenate([*above, x, *below], axis=1)
    left = [x[:, :, :1]] * before if before else []
    right = [x[:, :, -1:]] * after if after else []
    return ops.concatenate([*left, x, *right], axis=2)
