"""Intersection over union of shares: how far masks overlap, whatever the size of what they show."""

import keras
from keras import ops

PIXEL = 1.0  # Of each sum: where nothing is and nothing was made, all overlaps.


def soft_iou(made: keras.KerasTensor, real: keras.KerasTensor) -> keras.KerasTensor:
    """Returns 1 less the mean overlap of masks, a float32 scalar in [0, 1), 0 where they are equal.

    The overlap of a video's class is `sum(min(made, real)) / sum(max(made, real))` over all pixels,
    each sum with a pixel more. Small things count as much as large ones.

    Source: Rahman and Wang 2016, https://doi.org/10.1007/978-3-319-50835-1_22, in the form that is
    0 at equal shares of soft edges, too: Wang et al. 2023, https://arxiv.org/abs/2302.05666.

    Args:
        made, real: float32 `(batch, t, h, w, classes)`, shares in [0, 1].
    """
    places = (1, 2, 3)
    common = ops.sum(ops.minimum(made, real), places) + PIXEL
    either = ops.sum(ops.maximum(made, real), places) + PIXEL
    return 1.0 - ops.mean(common / either)
