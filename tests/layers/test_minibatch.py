import numpy as np

from tfvgan.layers import with_minibatch_deviation

FEATURES = np.random.default_rng(0).normal(size=(4, 2, 3, 5)).astype("float32")


def test_the_channel_is_the_mean_deviation():
    y = np.asarray(with_minibatch_deviation(FEATURES))
    np.testing.assert_array_equal(y[..., :5], FEATURES)
    np.testing.assert_allclose(y[..., 5], FEATURES.std(axis=0).mean(), rtol=1e-5)


def test_equals_have_none():
    y = np.asarray(with_minibatch_deviation(np.repeat(FEATURES[:1], 4, axis=0)))
    np.testing.assert_allclose(y[..., 5], 1e-4, rtol=1e-3)
