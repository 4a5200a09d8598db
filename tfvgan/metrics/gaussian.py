"""Mean and covariance of features that come in batches, in float64, to be merged and saved."""

import os
from typing import Self

import numpy as np

from tfvgan.metrics.archive import load_arrays, save_arrays


class Gaussian:
    """The mean and the unbiased covariance of all rows seen; none of the rows is kept.

    Exact to rounding in whatever batches the rows come: each batch's own mean and scatter are
    merged (Chan, Golub and LeVeque 1983, Algorithms for Computing the Sample Variance, eq. 2.1),
    so a large mean cancels nothing.

    Args:
        dimension: int, columns.

    Attributes:
        count: int, rows seen.
        mean: float64 `(dimension,)`.
        scatter: float64 `(dimension, dimension)`, the sum of `(x - mean)(x - mean)^T`.
    """

    def __init__(self, dimension: int):
        self.dimension = dimension
        self.count = 0
        self.mean = np.zeros(dimension)
        self.scatter = np.zeros((dimension, dimension))

    @classmethod
    def of(cls, features: np.ndarray) -> Self:
        """Returns the Gaussian of the rows of `features`, an array `(n, dimension)`."""
        return cls(np.shape(features)[-1]).update(features)

    @classmethod
    def of_sums(cls, count: float, total: np.ndarray, products: np.ndarray) -> Self:
        """Returns the Gaussian of rows of which only sums are left.

        Args:
            count: number of rows.
            total: `(dimension,)`, the sum of x.
            products: `(dimension, dimension)`, the sum of `x x^T`.
        """
        gaussian = cls(len(total))
        if count:
            gaussian.count = int(count)
            gaussian.mean = np.asarray(total, np.float64) / count
            gaussian.scatter = products - count * np.outer(gaussian.mean, gaussian.mean)
        return gaussian

    @property
    def covariance(self) -> np.ndarray:
        """The unbiased covariance, float64 `(dimension, dimension)`.

        Raises:
            ValueError: when fewer than two rows were seen.
        """
        if self.count < 2:
            raise ValueError(
                f"A covariance needs 2 rows of features or more, but has seen {self.count}: "
                "update it with more videos."
            )
        return self.scatter / (self.count - 1)

    def update(self, features: np.ndarray) -> Self:
        """Adds rows; returns itself.

        Args:
            features: array `(n, dimension)`, finite.

        Raises:
            ValueError: for another shape, or a number that is not finite.
        """
        features = np.asarray(features, np.float64)
        if features.ndim != 2 or features.shape[1] != self.dimension:
            raise ValueError(
                f"Features must have the shape (n, {self.dimension}), but have {features.shape}: "
                "use one extractor for all of them."
            )
        if not np.isfinite(features).all():
            raise ValueError(
                "Features must be finite, but some are NaN or infinite: look at the videos that "
                "they come from."
            )
        if len(features):
            batch = Gaussian(self.dimension)
            batch.count = len(features)
            batch.mean = features.mean(axis=0)
            # About the batch's mean: products of rows far from 0 have no digits for the variance.
            centred = features - batch.mean
            batch.scatter = centred.T @ centred
            self.merge(batch)
        return self

    def merge(self, other: "Gaussian") -> Self:
        """Adds the rows that another Gaussian has seen; returns itself.

        Args:
            other: Gaussian of the same dimension.

        Raises:
            ValueError: when the dimensions differ.
        """
        if other.dimension != self.dimension:
            raise ValueError(
                "Gaussians must have the same dimension to be merged, but have "
                f"{self.dimension} and {other.dimension}: use one extractor for both."
            )
        count = self.count + other.count
        if other.count:
            shift = other.mean - self.mean
            weight = self.count * other.count / count
            # How far the means lie apart is scatter, too: it is added, since the difference of
            # two large sums of squares would have no digits left.
            self.scatter = self.scatter + other.scatter + weight * np.outer(shift, shift)
            # By the shift: where both means are equal, rounding does not move them.
            self.mean = self.mean + shift * (other.count / count)
            self.count = count
        return self

    def save(self, path: str | os.PathLike) -> str:
        """Writes a .npz file, which appears whole; returns its path."""
        return save_arrays(path, count=self.count, mean=self.mean, scatter=self.scatter)

    @classmethod
    def load(cls, path: str | os.PathLike) -> Self:
        """Returns the Gaussian that `save` wrote.

        Raises:
            FileNotFoundError: when there is no file.
            ValueError: when it holds no Gaussian.
        """
        count, mean, scatter = load_arrays(path, ("count", "mean", "scatter"))
        gaussian = cls(len(mean))
        gaussian.count, gaussian.mean, gaussian.scatter = int(count), mean, scatter
        return gaussian
