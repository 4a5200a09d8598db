"""The detail loss measure: how much of a picture's visible wavelets another has lost."""

import keras
import numpy as np
from keras import ops

from tfvgan.video import LUMA

# Daubechies' wavelets of two vanishing moments: what lets low and high frequencies through.
LOW = np.array([0.482962913145, 0.836516303738, 0.224143868042, -0.129409522551], "float32")
HIGH = LOW[::-1] * np.array([1, -1, 1, -1], "float32")
# What the eye does not see of each scale, in levels of luma: horizontal and vertical detail, and
# diagonal, for a screen of 1080 lines seen from three times its height.
THRESHOLDS = ((57.5, 57.5, 169.8), (31.3, 31.3, 69.9), (23.1, 23.1, 41.0), (21.9, 21.9, 31.9))
MASKING = 1 / 30  # Of what was added, by each place around and each direction.
LUMA_LEVELS = 219 / 2  # Of luma as videos have it, from 16 to 235, in 1.
CUBE = 3.0  # Power of the sum over places.


def lost_detail(made: keras.KerasTensor, real: keras.KerasTensor) -> keras.KerasTensor:
    """Returns how much of the detail of pictures is lost in others, float32 in [0, 1].

    1 - DLM, the detail loss measure, of luma: what is kept of each wavelet's amplitude, as seen
    behind what was added. Amplitudes above the real ones gain nothing, as in VMAF-NEG.

    Source: Li et al. 2011, https://doi.org/10.1109/TMM.2011.2152382, without its test of angles,
    as contrast above the real one is not asked for; thresholds after Watson et al. 1997,
    "Visibility of wavelet quantization noise".

    Args:
        made, real: float32 `(n, h, w, 3)` in [-1, 1].
    """
    made, real = (ops.matmul(LUMA_LEVELS * each, LUMA) for each in (made, real))
    kept, whole = [], []
    for thresholds in THRESHOLDS:
        made, details = _split(made)
        real, own = _split(real)
        sensitivity = 1 / np.array(thresholds, "float32")
        # Least squares' `details / own`, of which a real 0 makes no division by 0.
        share = ops.clip(details * own / (own**2 + 1e-3), 0.0, 1.0)
        added = ops.abs(details - share * own) * sensitivity
        # As in the paper, what was added at the place itself hides twice as much as beside it.
        around = 9 * ops.average_pool(added, 3, 1, "same") + added
        masked = MASKING * ops.sum(around, -1, keepdims=True)
        kept.append(_pooled(ops.relu(share * ops.abs(own) * sensitivity - masked)))
        whole.append(_pooled(ops.abs(own) * sensitivity))
    return 1 - sum(kept) / sum(whole)


def _pooled(detail):
    """Returns the cubic sum over places, of each direction apart, summed over these."""
    floor = detail.shape[1] * detail.shape[2] / 32  # As VMAF has it: little detail counts little.
    sums = ops.sum(detail**CUBE, (1, 2)) + 1e-9
    return ops.mean(ops.sum(sums ** (1 / CUBE) + floor ** (1 / CUBE), -1))


def _split(picture):
    """Returns a picture of half the size, and its details in three directions, as channels."""
    picture = ops.pad(picture, [(0, 0), (1, 2), (1, 2), (0, 0)], "symmetric")
    pairs = [(a, b) for a in (LOW, HIGH) for b in (LOW, HIGH)]
    bank = np.stack([np.outer(a, b) for a, b in pairs], -1)[:, :, None]
    split = ops.conv(picture, bank, 2)
    return split[..., :1], ops.take(split, (1, 2, 3), -1)
