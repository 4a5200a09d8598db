"""Metrics that hold the distribution of generated videos against that of real ones."""

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from tfvgan.metrics import extractors


class DistributionMetric(keras.metrics.Metric):
    """The base class: features of real and of generated videos, kept side by side.

    Videos are `(batch, frames, height, width, 3)`, uint8 in [0, 255] or float in [-1, 1]; which
    real one stands beside which generated one does not matter, nor need they be equally many. It
    works in graphs, in `compile(metrics=[...])`, `evaluate` and on several replicas. Each metric
    looks at the videos for itself; for several scores of one look, see `scores`.

    Args:
        extractor: "i3d", "alexnet", "vgg16", or an object as `extractors` describes. One that is
            no `extractors.Extractor` is called outside of the graph.
        name: str, of the metric in logs; what it computes and the extractor's, unless given.

    Raises:
        ValueError: as `get_extractor` does; `MissingWeights` at once rather than after an epoch.
    """

    higher_is_better = False
    score_name = ""  # What a score's name begins with.

    def __init__(self, extractor: str | Callable = "i3d", name: str | None = None, **kwargs: Any):
        extractor = extractors.get_extractor(extractor)
        super().__init__(name=name or f"{self.score_name}_{extractor.name}", **kwargs)
        self.extractor = extractor

    def update_state(
        self,
        y_true: np.ndarray | tf.Tensor | None,
        y_pred: np.ndarray | tf.Tensor | None,
        sample_weight: None = None,
    ) -> None:
        """Adds videos to both sides.

        Args:
            y_true: real videos, or None.
            y_pred: generated videos, or None.
            sample_weight: None; Keras passes it to every metric.

        Raises:
            ValueError: when there are weights, or a video is none.
        """
        if sample_weight is not None:
            raise ValueError(
                f"{self.name} counts each video once, but was given `sample_weight`: "
                "put it into `metrics` rather than `weighted_metrics`."
            )
        if y_true is not None:
            self.update_real(y_true)
        if y_pred is not None:
            self.update_generated(y_pred)

    def update_real(self, videos: np.ndarray | tf.Tensor) -> None:
        """Adds real videos."""
        self.add(self.real, self._features(videos))

    def update_generated(self, videos: np.ndarray | tf.Tensor) -> None:
        """Adds generated videos."""
        self.add(self.generated, self._features(videos))

    def result(self) -> tf.Tensor:
        """Returns the score, a scalar; NaN as long as a side has too few videos."""
        state = [tf.convert_to_tensor(value) for value in (*self.real, *self.generated)]
        score = tf.numpy_function(self._score, state, tf.float64)
        return tf.cast(tf.ensure_shape(score, ()), self.dtype)

    def add(self, side: list[keras.Variable], features: tf.Tensor) -> None:
        """Adds features to the variables of a side.

        Args:
            side: `self.real` or `self.generated`, lists of variables.
            features: float32 `(n, dimension)`.
        """
        raise NotImplementedError

    def score(self, real: list[np.ndarray], generated: list[np.ndarray]) -> float:
        """Returns the score, a float.

        Args:
            real: the values of `self.real`, as arrays.
            generated: likewise.
        """
        raise NotImplementedError

    def _score(self, *state):
        half = len(state) // 2
        return np.float64(self.score(state[:half], state[half:]))

    def _features(self, videos):
        if isinstance(self.extractor, extractors.Extractor):
            return self.extractor(videos)

        def outside(videos):
            return np.asarray(self.extractor(videos), np.float32)

        features = tf.numpy_function(outside, [videos], tf.float32)
        return tf.ensure_shape(features, (None, self.extractor.dimension))

    def get_config(self) -> dict:
        extractor = keras.saving.serialize_keras_object(self.extractor)
        return {**super().get_config(), "extractor": extractor}


class KeptFeatures(DistributionMetric):
    """Metrics that need the features themselves: of each side the first `count` rows are kept.

    Args:
        extractor: as for `DistributionMetric`.
        count: int, the most rows of features a side; what comes after is not read.
        name: likewise.
    """

    fewest = 2

    def __init__(
        self,
        extractor: str | Callable = "i3d",
        count: int = 256,
        name: str | None = None,
        **kwargs: Any,
    ):
        super().__init__(extractor, name, **kwargs)
        self.count = count
        self.real = self._side("real")
        self.generated = self._side("generated")

    def _side(self, side):
        shape, kind = (self.count, self.extractor.dimension), "only_first_replica"
        return [
            self.add_variable((), "zeros", "int64", kind, f"{side}_seen"),
            self.add_variable(shape, "zeros", "float32", kind, f"{side}_features"),
        ]

    def add(self, side: list[keras.Variable], features: tf.Tensor) -> None:
        size, kept = side
        context = tf.distribute.get_replica_context()
        if context and context.num_replicas_in_sync > 1:
            features = context.all_gather(features, axis=0)
        old = tf.convert_to_tensor(size)
        features = features[: self.count - old]
        new = old + tf.shape(features, out_type=tf.int64)[0]
        rows = tf.range(old, new)[:, None]
        kept.assign(tf.tensor_scatter_nd_update(tf.convert_to_tensor(kept), rows, features))
        size.assign(new)

    def score(self, real: list[np.ndarray], generated: list[np.ndarray]) -> float:
        real, generated = (kept[:size] for size, kept in (real, generated))
        if min(len(real), len(generated)) < self.fewest:
            return float("nan")
        return self.compare(real, generated)

    def compare(self, real: np.ndarray, generated: np.ndarray) -> float:
        """Returns the score of two arrays of features, `(n, dimension)` each, as a float."""
        raise NotImplementedError

    def get_config(self) -> dict:
        return {**super().get_config(), "count": self.count}
