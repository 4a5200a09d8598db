"""How much the examples of a batch differ: what lets a discriminator see a lack of variety.

Source: Karras et al. 2018, Progressive Growing of GANs, https://arxiv.org/abs/1710.10196, sec. 3.
"""

import keras
from keras import ops


def with_minibatch_deviation(x: keras.KerasTensor) -> keras.KerasTensor:
    """Returns features `(batch, h, w, c)` with one channel more, `(batch, h, w, c + 1)`.

    The channel holds, everywhere, the standard deviation over the batch, averaged over places and
    channels: one number for the batch, 0.0001 for a batch of equals.
    """
    wide = ops.cast(x, "float32")
    centred = wide - ops.mean(wide, axis=0, keepdims=True)
    deviation = ops.mean(ops.sqrt(ops.mean(ops.square(centred), axis=0) + 1e-8))
    channel = ops.zeros_like(x[..., :1]) + ops.cast(deviation, x.dtype)
    return ops.concatenate([x, channel], axis=-1)
