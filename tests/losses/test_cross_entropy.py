"""Cross-entropy: its values by hand, least where shares are the real ones, and its slope."""

import numpy as np
import pytest
import tensorflow as tf

from tfvgan.losses import cross_entropy

REAL = np.array([[1, 0, 0], [0.25, 0.25, 0.5]], "float32")


def test_it_is_the_surprise_of_the_real_classes():
    made = np.array([[0.5, 0.25, 0.25], [0.1, 0.2, 0.7]], "float32")
    by_hand = [np.log(2), -(np.log(0.1) + np.log(0.2) + 2 * np.log(0.7)) / 4]
    assert float(cross_entropy(made, REAL)) == pytest.approx(np.mean(by_hand), rel=1e-5)
    assert float(cross_entropy(REAL[:1], REAL[:1])) == 0
    assert float(cross_entropy(REAL[1:], REAL[1:])) == pytest.approx(1.5 * np.log(2), rel=1e-5)


def test_it_is_finite_where_a_share_is_0():
    assert float(cross_entropy(1 - REAL[:1], REAL[:1])) == pytest.approx(7 * np.log(10), rel=1e-4)


def test_by_logits_its_slope_is_what_there_is_too_much():
    logits = tf.Variable([[0.3, -1.0, 2.0], [0.0, 0.5, -0.5]])
    with tf.GradientTape() as tape:
        loss = cross_entropy(tf.nn.softmax(logits), tf.constant(REAL))
    wanted = (tf.nn.softmax(logits) - REAL) / 2
    np.testing.assert_allclose(tape.gradient(loss, logits), wanted, atol=1e-6)
