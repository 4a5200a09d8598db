"""The kernel distance of two sets of features: of videos' features it is KVD.

`mean k(x, x') + mean k(y, y') - 2 mean k(x, y)` over x != x' and y != y', that is the unbiased
estimate of the squared maximum mean discrepancy, with `k(x, y) = (x . y / dimension + 1)^3`.

Source: Gretton et al. 2012, A Kernel Two-Sample Test, eq. 3; Bińkowski et al. 2018, Demystifying
MMD GANs, https://arxiv.org/abs/1801.01401, sec. 4 (KID, the kernel); Unterthiner et al. 2018,
https://arxiv.org/abs/1812.01717 (KVD).
"""

import keras
import numpy as np

from tfvgan.metrics.distribution import KeptFeatures

ROWS_AT_ONCE = 1024


def kernel_distance(a: np.ndarray, b: np.ndarray) -> float:
    """Returns the kernel distance, a float: 0 on average for equal distributions, and so often < 0.

    Args:
        a: array of features `(n, dimension)`, n of 2 or more.
        b: likewise.

    Raises:
        ValueError: when one has fewer than 2 rows.
    """
    a, b = np.asarray(a, np.float64), np.asarray(b, np.float64)
    if min(len(a), len(b)) < 2:
        raise ValueError(
            "A kernel distance needs 2 rows of features or more on each side, but has "
            f"{len(a)} and {len(b)}: use more videos."
        )
    return float(_within(a) + _within(b) - 2 * _total(a, b) / (len(a) * len(b)))


def _within(x):
    """Returns the mean of the kernel over pairs of different rows."""
    # A row is as near to itself as can be: with these pairs equal distributions would be apart.
    alone = _kernel(np.einsum("nd,nd->n", x, x), x.shape[1]).sum()
    return (_total(x, x) - alone) / (len(x) * (len(x) - 1))


def _total(x, y):
    """Returns the sum of the kernel over all pairs; memory is that of ROWS_AT_ONCE rows of them."""
    parts = range(0, len(x), ROWS_AT_ONCE)
    return sum(_kernel(x[part : part + ROWS_AT_ONCE] @ y.T, x.shape[1]).sum() for part in parts)


def _kernel(product, dimension):
    base = product / dimension + 1
    return base * base * base


@keras.saving.register_keras_serializable(package="tfvgan")
class KVD(KeptFeatures):
    """Kernel video distance of the logits of I3D: unbiased, so that few videos do; lower is better.

    Args:
        extractor: as for `DistributionMetric`.
        count: int, the most rows of features a side.
        name: str, in logs.

    Source: see `kernel_distance`; the kernel is KID's, which divides by the dimension.
    """

    score_name = "kvd"

    def compare(self, real: np.ndarray, generated: np.ndarray) -> float:
        return kernel_distance(real, generated)
