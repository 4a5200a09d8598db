"""How many bits whole numbers take, by what is known of their neighbours: tables and contexts.

Contexts are whole numbers made of whole numbers, known to whoever reads as well as to whoever
writes, so that every machine finds the same.

Source: two passes like a checkerboard: He et al. 2021, https://arxiv.org/abs/2103.15306, sec. 3;
groups of channels one after the other: Minnen & Singh 2020, https://arxiv.org/abs/2007.08739,
sec. 3.1.
"""

from keras import ops

GROUPS = 4  # Of channels, one coded after the other.
PAST = (1, 2, 4, 8)  # Where the next context begins: of the frame before,
PRESENT = (1, 2, 4, 8, 16)  # and of what is known of this one.


def scale_of(weight):
    """Returns the scale that a weight stands for, above 0.02; 0 is what small latents have.

    Logarithms of scales are far from one another, and steps of Adam alike for all weights: eight
    times as long here, so that the tables follow what they describe.
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
    """Returns what tables are chosen by: three of int32, from whole numbers known before alone.

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
    past = _bucket(2.0 * before + _beside(before), PAST)
    places = ops.arange(height)[:, None] + ops.arange(width)[None, :]
    passes = ops.cast(places % 2, "int32")[None, :, :, None]
    each = channels // GROUPS
    known, found = 0.0 * sizes[..., :1], []
    for group in range(GROUPS):
        own = sizes[..., group * each : (group + 1) * each]
        around = 2.0 * known + _around(known)
        second = 3.0 * _beside(own) * ops.cast(passes, sizes.dtype)
        found.append(around + second)
        known = known + ops.sum(own, axis=-1, keepdims=True)
    return past, _bucket(ops.concatenate(found, axis=-1), PRESENT), passes


def _bucket(x, thresholds):
    return sum(ops.cast(x >= each, "int32") for each in thresholds)


def _beside(x):
    """Returns the sum of the four next places."""
    _, height, width, _ = ops.shape(x)
    wide = ops.pad(x, [(0, 0), (1, 1), (1, 1), (0, 0)])
    up, down = wide[:, :height, 1 : width + 1], wide[:, 2:, 1 : width + 1]
    return up + down + wide[:, 1 : height + 1, :width] + wide[:, 1 : height + 1, 2:]


def _around(x):
    """Returns the sum of the eight places around."""
    _, height, width, _ = ops.shape(x)
    wide = ops.pad(x, [(0, 0), (1, 1), (1, 1), (0, 0)])
    rows = wide[:, :height] + wide[:, 1 : height + 1] + wide[:, 2:]
    return rows[:, :, :width] + rows[:, :, 1 : width + 1] + rows[:, :, 2:] - x
