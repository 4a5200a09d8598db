"""The Fréchet distance of two Gaussians: of videos' features it is FVD.

`d^2 = |m_1 - m_2|^2 + tr(S_1) + tr(S_2) - 2 tr((S_1 S_2)^(1/2))`

Source: Dowson and Landau 1982, The Fréchet Distance between Multivariate Normal Distributions;
Heusel et al. 2017, https://arxiv.org/abs/1706.08500, eq. 6 (FID); Unterthiner et al. 2018, Towards
Accurate Generative Models of Video, https://arxiv.org/abs/1812.01717 (FVD).
"""

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from tfvgan.metrics.distribution import DistributionMetric
from tfvgan.metrics.gaussian import Gaussian

register = keras.saving.register_keras_serializable(package="tfvgan")


def frechet_distance(a: Gaussian, b: Gaussian) -> float:
    """Returns the squared Fréchet distance of two Gaussians, a float of 0 or more but for rounding.

    With factors of the covariances, `S = F^T F`, the last term is the sum of the singular values
    of `F_1 F_2^T`. That is symmetric, real whatever the rounding, and exact for covariances that
    lack rank, where a matrix square root of `S_1 S_2` loses half of the digits.

    Args:
        a: `Gaussian` of 2 rows or more.
        b: likewise, of the same dimension.

    Raises:
        ValueError: when the dimensions differ, or one has seen fewer than 2 rows.
    """
    if a.dimension != b.dimension:
        raise ValueError(
            "A Fréchet distance needs Gaussians of the same dimension, but they have "
            f"{a.dimension} and {b.dimension}: use one extractor for both."
        )
    return _gaussian_distance(a.mean, _factor(a.covariance), b.mean, _factor(b.covariance))


def frechet_distance_of_rows(a, b):
    """Returns `frechet_distance` of the Gaussians of two arrays of features, a float.

    It is fast for fewer rows than columns: the centred rows are a factor of their covariance.

    Args:
        a: array `(n, dimension)`, n of 2 or more.
        b: likewise.
    """
    return _gaussian_distance(*_mean_and_factor(a), *_mean_and_factor(b))


def _gaussian_distance(mean_a, factor_a, mean_b, factor_b):
    shift = mean_a - mean_b
    coupling = np.linalg.svd(factor_a @ factor_b.T, compute_uv=False).sum()
    spread = np.square(factor_a).sum() + np.square(factor_b).sum()
    return float(shift @ shift + spread - 2 * coupling)


def _factor(covariance):
    """Returns `(rank, dimension)`, whose product with itself is the covariance."""
    values, vectors = np.linalg.eigh(covariance)
    # Directions without variance have values of rounding, whose roots would be far from 0.
    kept = values > values[-1] * len(values) * np.finfo(np.float64).eps
    return np.sqrt(values[kept])[:, None] * vectors[:, kept].T


def _mean_and_factor(rows):
    rows = np.asarray(rows, np.float64)
    if len(rows) > rows.shape[1]:
        gaussian = Gaussian.of(rows)
        return gaussian.mean, _factor(gaussian.covariance)
    # The rows themselves are the smaller factor here: no covariance is made of them.
    mean = rows.mean(axis=0)
    return mean, (rows - mean) / np.sqrt(len(rows) - 1)


class FrechetMetric(DistributionMetric):
    """Fréchet distance of features, from sums in float64: no feature is kept, nor any video.

    The sums are those that replicas and processes can add. Memory is that of
    `2 dimension (dimension + 1)` numbers, however many videos there are.

    Args:
        extractor: as for `DistributionMetric`.
        name: likewise.
    """

    def __init__(self, extractor: str | Callable = "i3d", name: str | None = None, **kwargs: Any):
        super().__init__(extractor, name, **kwargs)
        self.real = self._side("real")
        self.generated = self._side("generated")

    def _side(self, side):
        columns = self.extractor.dimension
        shapes = {"count": (), "total": (columns,), "products": (columns, columns)}
        return [
            self.add_variable(shape, "zeros", "float64", name=f"{side}_{name}")
            for name, shape in shapes.items()
        ]

    def add(self, side: list[keras.Variable], features: tf.Tensor) -> None:
        features = tf.cast(features, tf.float64)
        count, total, products = side
        count.assign(count + tf.cast(tf.shape(features)[0], tf.float64))
        total.assign(total + tf.reduce_sum(features, axis=0))
        products.assign(products + tf.matmul(features, features, transpose_a=True))

    def gaussians(self) -> tuple[Gaussian, Gaussian]:
        """Returns the Gaussians of real and of generated features, two `Gaussian`, to be saved."""
        sides = ([value.numpy() for value in side] for side in (self.real, self.generated))
        return tuple(Gaussian.of_sums(*side) for side in sides)

    def score(self, real: list[np.ndarray], generated: list[np.ndarray]) -> float:
        real, generated = Gaussian.of_sums(*real), Gaussian.of_sums(*generated)
        if min(real.count, generated.count) < 2:
            return float("nan")
        return frechet_distance(real, generated)


@register
class FVD(FrechetMetric):
    """Fréchet video distance of the logits of I3D; squared, 0 or more, lower is better.

    It is too high, the more so the fewer videos there are: compare at the same number only. It
    weighs what is in the frames above how they move (Ge et al. 2024, On the Content Bias in
    Fréchet Video Distance, https://arxiv.org/abs/2404.12391): look at measures of motion beside it.
    Frames are resized as `extractors.Extractor` says, like PyTorch's ports of FVD; TensorFlow's
    first resized to other pixels.

    Args:
        extractor: as for `DistributionMetric`, one row a video.
        name: str, in logs.

    Source: Unterthiner et al. 2018, https://arxiv.org/abs/1812.01717.
    """

    score_name = "fvd"


@register
class FrameFrechet(FrechetMetric):
    """Fréchet distance of features of single frames; squared, 0 or more, lower is better.

    It is like FID, on other features: a number of its own, not to be held against FIDs. It is
    blind to motion.

    Args:
        extractor: as for `DistributionMetric`, one row a frame.
        name: str, in logs.

    Source: Heusel et al. 2017, https://arxiv.org/abs/1706.08500, eq. 6.
    """

    score_name = "ffd"

    def __init__(
        self, extractor: str | Callable = "alexnet", name: str | None = None, **kwargs: Any
    ):
        super().__init__(extractor, name, **kwargs)
