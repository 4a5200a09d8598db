import itertools

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfvgan.metrics.diversity import Diversity, mean_pairwise_distance
from tfvgan.video import from_uint8

RANDOM = np.random.default_rng(0)


def videos(*values):
    levels = np.array(values, np.uint8)[:, None, None, None, None]
    return np.broadcast_to(levels, (len(values), 2, 4, 4, 3))


def diversity(*batches):
    metric = Diversity()
    for batch in batches:
        metric.update_state(None, batch)
    return float(metric.result())


def test_the_same_video_over_and_over_is_no_diversity():
    one = RANDOM.integers(0, 256, (1, 2, 8, 8, 3), dtype=np.uint8)
    assert diversity(one.repeat(5, axis=0)) == 0


def test_it_is_the_mean_over_pairs_of_the_root_mean_square_in_levels():
    assert diversity(videos(10, 20, 60)) == pytest.approx((10 + 40 + 50) / 3)
    batch = RANDOM.integers(0, 256, (5, 2, 4, 4, 3), dtype=np.uint8)
    pairs = itertools.combinations(batch.astype(np.float64), 2)
    told = np.mean([np.sqrt(np.mean((a - b) ** 2)) for a, b in pairs])
    assert diversity(batch) == pytest.approx(told, rel=1e-6)
    assert diversity(from_uint8(batch)) == pytest.approx(told, rel=1e-6)


def test_batches_weigh_by_their_pairs():
    assert diversity(videos(0, 10), videos(0, 30, 60)) == pytest.approx((10 + 30 + 30 + 60) / 4)


def test_without_a_pair_nothing_is_known():
    assert np.isnan(diversity())
    assert np.isnan(diversity(videos(9)))
    assert diversity(videos(9), videos(1, 4)) == 3


def test_it_works_in_graphs_and_is_rebuilt_from_its_config():
    metric = Diversity(name="mine")
    again = keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(metric))
    assert again.get_config() == metric.get_config()
    tf.function(again.update_state)(None, tf.constant(videos(10, 20, 60)))
    assert float(again.result()) == pytest.approx(100 / 3)


def test_a_wrong_shape_is_told():
    with pytest.raises(ValueError, match="`y_pred` must have the shape"):
        Diversity().update_state(None, np.zeros((2, 4, 4, 3), np.uint8))


def test_the_distance_of_features_is_that_over_all_pairs():
    features = RANDOM.normal(size=(600, 7))  # More rows than are taken at a time.
    squares = np.square(features[:, None] - features[None]).sum(axis=-1)
    told = np.sqrt(squares).sum() / (600 * 599)
    assert mean_pairwise_distance(features) == pytest.approx(told, rel=1e-9)
    assert mean_pairwise_distance([[0, 0], [3, 4]]) == 5
    assert mean_pairwise_distance(np.full((9, 3), 1e6, np.float32)) == 0


@pytest.mark.parametrize("shape", [(1, 4), (4,), (0, 4)])
def test_features_without_a_pair_are_told(shape):
    with pytest.raises(ValueError, match="generate more videos"):
        mean_pairwise_distance(np.zeros(shape))
