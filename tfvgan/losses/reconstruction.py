"""How far a video is from the one it should be."""

import keras
from keras import ops


def charbonnier(
    a: keras.KerasTensor, b: keras.KerasTensor, epsilon: float = 2e-3
) -> keras.KerasTensor:
    """Returns the mean of `sqrt((a - b)^2 + epsilon^2)`, float32 scalar: |a - b|, smooth at 0.

    Source: Charbonnier et al. 1994; Lai et al. 2017, https://arxiv.org/abs/1704.03915, sec. 3.3.

    Args:
        a, b: float tensors of equal shape.
        epsilon: in the units of these; the default is a quarter of one of 255 levels in [-1, 1].
    """
    return ops.mean(ops.sqrt(ops.square(a - b) + epsilon**2))
