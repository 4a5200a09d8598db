"""The entropy model of a learned codec: how many bits its latents take, by their contexts.

A context is a whole number made of latents that are decoded already. Encoder and decoder know
these, so that every machine finds the same.

Source: two passes like a checkerboard: He et al. 2021, https://arxiv.org/abs/2103.15306, sec. 3;
groups of channels one after the other: Minnen & Singh 2020, https://arxiv.org/abs/2007.08739,
sec. 3.1.
"""

import numpy as np
from keras import ops

CHANNEL_GROUPS = 4  # Of channels, one coded after the other.
PAST = (1, 2, 4, 8)  # Where the next context begins: of the frame before,
PRESENT = (1, 2, 4, 8, 16)  # and of what is decoded of this one.


def estimated_bits(latents, noise, before, first, scales):
    """Returns how many bits latents take, about, float32 `(batch,)`, with a slope everywhere.

    Args:
        latents: float32 `(batch, h, w, channels)`, not yet rounded.
        noise: likewise, uniform from -1/2 to 1/2, which stands for rounding.
        before: likewise, the whole numbers of the frame before; zeros for a first one.
        first: float32 `(batch,)`, 1 for a first frame, else 0.
        scales: float32 `(2, 2, channels, len(PAST) + 1, len(PRESENT) + 1)`, the weights that scales
            are made of, see `scale_of`: of first frames and others, of passes, and of contexts.
    """
    channels = latents.shape[-1]
    symbols = ops.stop_gradient(ops.round(latents))
    past, present, passes = contexts(ops.abs(symbols), ops.abs(before))
    index = ((1 - ops.cast(first, "int32"))[:, None, None, None] * 2 + passes) * channels
    index = index + ops.arange(channels, dtype="int32")
    index = (index * (len(PAST) + 1) + past) * (len(PRESENT) + 1) + present
    scale = scale_of(ops.take(ops.reshape(scales, (-1,)), index, axis=0))
    log_likelihood = log_laplace(latents + noise, scale)
    return ops.sum(-log_likelihood, axis=(1, 2, 3)) / np.log(2.0)


def scale_of(weight):
    """Returns the scale of Laplace's distribution that a weight stands for, above 0.02.

    A weight of 0 is the scale of small latents. Adam's steps are alike for all weights, and
    logarithms of scales far from one another. So weights are these divided by 8.
    """
    return ops.exp(8.0 * weight - 1.5) + 0.02


def log_laplace(x, scale):
    """Returns the logarithm of the chance of the interval of length 1 around `x`.

    Beyond 1/2 it is that of the tail, `(1/2 - |x|) / scale + log((1 - exp(-1 / scale)) / 2)`, which
    has a slope however small the chance is.
    """
    far = ops.abs(x)
    near, beyond = ops.minimum(far, 0.5), ops.maximum(far, 0.5)
    ends = ops.expm1((near - 0.5) / scale) + ops.expm1(-(near + 0.5) / scale)
    return (0.5 - beyond) / scale + ops.log(-0.5 * ends)


def contexts(sizes, before):
    """Returns what tables are chosen by: three of int32, from what is decoded before alone.

    `past`, `(batch, h, w, channels)`, from 0 to `len(PAST)`: how large the same channel was in the
    frame before, there and beside it. `present`, likewise to `len(PRESENT)`: how large the groups
    of channels before are in this frame, there and around it, and in the second pass the neighbours
    in the same channel, all of which belong to the first. `passes`, `(1, h, w, 1)`: 0 or 1, like
    the squares of a checkerboard.

    Args:
        sizes: float32 `(batch, h, w, channels)`, whole numbers from 0 on.
        before: likewise, of the frame before.
    """
    _, height, width, channels = ops.shape(sizes)
    past = _bucket_of(2.0 * before + _sum_of_four(before), PAST)
    places = ops.arange(height)[:, None] + ops.arange(width)[None, :]
    passes = ops.cast(places % 2, "int32")[None, :, :, None]
    each = channels // CHANNEL_GROUPS
    decoded, present = 0.0 * sizes[..., :1], []
    for group in range(CHANNEL_GROUPS):
        own = sizes[..., group * each : (group + 1) * each]
        around = 2.0 * decoded + _sum_of_eight(decoded)
        second = 3.0 * _sum_of_four(own) * ops.cast(passes, sizes.dtype)
        present.append(around + second)
        decoded = decoded + ops.sum(own, axis=-1, keepdims=True)
    return past, _bucket_of(ops.concatenate(present, axis=-1), PRESENT), passes


def _bucket_of(x, thresholds):
    return sum(ops.cast(x >= each, "int32") for each in thresholds)


def _sum_of_four(x):
    """Returns the sum of the four next places."""
    _, height, width, _ = ops.shape(x)
    padded = ops.pad(x, [(0, 0), (1, 1), (1, 1), (0, 0)])
    up, down = padded[:, :height, 1 : width + 1], padded[:, 2:, 1 : width + 1]
    return up + down + padded[:, 1 : height + 1, :width] + padded[:, 1 : height + 1, 2:]


def _sum_of_eight(x):
    """Returns the sum of the eight places around."""
    _, height, width, _ = ops.shape(x)
    padded = ops.pad(x, [(0, 0), (1, 1), (1, 1), (0, 0)])
    rows = padded[:, :height] + padded[:, 1 : height + 1] + padded[:, 2:]
    return rows[:, :, :width] + rows[:, :, 1 : width + 1] + rows[:, :, 2:] - x
