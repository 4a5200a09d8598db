"""Whether a generator makes different videos, or the same one over and over."""

import keras
import numpy as np
import tensorflow as tf

from tfvgan.metrics.distances import squared_distances
from tfvgan.video import check_video, levels


@keras.saving.register_keras_serializable(package="tfvgan")
class Diversity(keras.metrics.Mean):
    """The mean distance between the generated videos of a batch, over all pairs and batches.

    The distance of two videos is the root of their mean squared difference, in levels: in
    [0, 255], whatever the videos' size. 0 is mode collapse; noise is the most diverse of all, so
    it is the real videos' value that is to be reached, not exceeded. Only `y_pred` is read.

    Videos are `(batch, frames, height, width, 3)`, uint8 in [0, 255] or float in [-1, 1]. Only
    videos of one batch are compared, so memory does not grow, and the value is that of all pairs
    on average if the videos come in random order. NaN until a batch has held two.
    """

    higher_is_better = None
    unit = "levels"

    def __init__(self, name: str = "pixel_diversity", dtype: str | None = None):
        super().__init__(name=name, dtype=dtype)

    def update_state(
        self, y_true: np.ndarray | tf.Tensor | None, y_pred: np.ndarray | tf.Tensor
    ) -> None:
        """Adds the distances between the videos of `y_pred`; `y_true` may be None.

        Raises:
            ValueError: when a shape or dtype is not a video's.
        """
        videos = levels(check_video(tf.convert_to_tensor(y_pred), "y_pred"))

        def distances(i):
            squares = tf.reduce_mean(tf.square(videos - videos[i]), axis=(1, 2, 3, 4))
            return tf.sqrt(squares)

        count = tf.shape(videos)[0]
        matrix = tf.map_fn(distances, tf.range(count), fn_output_signature=tf.float32)
        # A video is no other one than itself: with these pairs small batches would score lower.
        others = tf.reshape(1.0 - tf.eye(count), [-1])
        return super().update_state(tf.reshape(matrix, [-1]), sample_weight=others)

    def result(self) -> tf.Tensor:
        """Returns the mean distance, float32 scalar; NaN without a pair."""
        return tf.where(self.count > 0, super().result(), np.nan)


def mean_pairwise_distance(features: np.ndarray) -> float:
    """Returns the mean Euclidean distance between different rows, over all pairs: float.

    Of features of generated videos it is their diversity as the extractor sees it: 0 for mode
    collapse. In float64.

    Args:
        features: `(count, dimension)`, two rows or more.

    Raises:
        ValueError: when there are no two rows.
    """
    features = np.asarray(features, np.float64)
    if features.ndim != 2 or len(features) < 2:
        raise ValueError(
            "`features` must have the shape (count, dimension) with a count of 2 or more, but has "
            f"{features.shape}: generate more videos."
        )
    features = features - features[0]  # Equal rows are exactly 0, and so are their distances.
    total = sum(np.sqrt(block).sum() for block in squared_distances(features, features))
    return float(total / (len(features) * (len(features) - 1)))
