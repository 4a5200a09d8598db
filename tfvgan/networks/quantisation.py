"""Soft thresholds and rounding of latents; gradients pass both unchanged.

Source: Minnen & Singh 2020, https://arxiv.org/abs/2007.08739, sec. 3.3.
"""

from keras import ops

SOFT_THRESHOLD = 0.15  # Just above 1/2 few latents are worth their bits.


def rounded(x):
    """Returns the nearest whole numbers; its slope is that of `x`."""
    return x + ops.stop_gradient(ops.round(x) - x)


def soft_threshold(x):
    """Returns numbers nearer to 0 by `SOFT_THRESHOLD`; its slope is that of `x`."""
    return x - ops.stop_gradient(ops.clip(x, -SOFT_THRESHOLD, SOFT_THRESHOLD))
