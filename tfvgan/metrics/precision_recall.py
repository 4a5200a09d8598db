"""How many generated videos look real, and how many real ones the generator could have made.

A set's manifold is the union of balls around its features, each reaching to its k-th nearest
neighbour. Precision is the share of generated features in the real manifold, recall that of real
ones in the generated manifold.

Source: Kynkäänniemi et al. 2019, Improved Precision and Recall Metric for Assessing Generative
Models, https://arxiv.org/abs/1904.06991, eq. 1 and 2; k = 3 there.
"""

import keras
import numpy as np

from tfvgan.metrics.distances import squared_distances
from tfvgan.metrics.distribution import KeptFeatures

NEIGHBOURS = 3


def precision(real, generated, neighbours=NEIGHBOURS):
    """Returns the share of generated rows in the real manifold, a float in [0, 1].

    `precision(generated, real)` is recall. Both fall with the number of rows, as balls shrink:
    compare at the same number only.

    Args:
        real: array of features `(n, dimension)`, n above `neighbours`.
        generated: array `(m, dimension)`, m of 1 or more.
        neighbours: int, which neighbour a ball reaches to.

    Raises:
        ValueError: when there are too few rows.
    """
    real, generated = np.asarray(real, np.float64), np.asarray(generated, np.float64)
    if len(real) <= neighbours or not len(generated):
        raise ValueError(
            f"Precision needs more than {neighbours} rows of features and one to judge, but has "
            f"{len(real)} and {len(generated)}: use more videos."
        )
    # A mean that both share would take digits from the distances.
    centre = real.mean(axis=0)
    real, generated = real - centre, generated - centre
    # A row's nearest is itself, at place 0, and so its k-th neighbour is at place k.
    radii = [
        np.partition(block, neighbours, axis=1)[:, neighbours]
        for block in squared_distances(real, real)
    ]
    radii = np.concatenate(radii)
    inside = [(block <= radii).any(axis=1) for block in squared_distances(generated, real)]
    return float(np.concatenate(inside).mean())


class ManifoldMetric(KeptFeatures):
    """A share of features inside a manifold; see `precision`."""

    higher_is_better = True
    fewest = NEIGHBOURS + 1


@keras.saving.register_keras_serializable(package="tfvgan")
class ManifoldPrecision(ManifoldMetric):
    """The share of generated videos that look real, in [0, 1], with k = 3; higher is better.

    Args:
        extractor: as for `DistributionMetric`.
        count: int, the most rows of features a side.
        name: str, in logs.

    Source: Kynkäänniemi et al. 2019, https://arxiv.org/abs/1904.06991.
    """

    score_name = "precision_k3"

    def compare(self, real: np.ndarray, generated: np.ndarray) -> float:
        return precision(real, generated)


@keras.saving.register_keras_serializable(package="tfvgan")
class ManifoldRecall(ManifoldMetric):
    """The share of real videos that the generator could make, in [0, 1], with k = 3.

    Higher is better: near 0 the generator makes a few kinds of videos only.

    Args:
        extractor: as for `DistributionMetric`.
        count: int, the most rows of features a side.
        name: str, in logs.

    Source: Kynkäänniemi et al. 2019, https://arxiv.org/abs/1904.06991.
    """

    score_name = "recall_k3"

    def compare(self, real: np.ndarray, generated: np.ndarray) -> float:
        return precision(generated, real)
