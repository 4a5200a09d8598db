"""Soft IoU: its values by hand, 0 at equal shares alone, and small things as large ones."""

import numpy as np
import pytest
import tensorflow as tf

from tfvgan.losses import soft_iou
from tfvgan.losses.soft_iou import PIXEL


def masks(share, size=10):
    """Returns `(1, 2, size, size, 2)`: a share of the columns is of the second class."""
    second = np.zeros((1, 2, size, size, 1), "float32")
    second[:, :, :, : round(share * size)] = 1
    return np.concatenate([1 - second, second], -1)


def test_it_is_1_less_the_overlap_of_each_class():
    overlaps = [(100 + PIXEL) / (160 + PIXEL), (40 + PIXEL) / (100 + PIXEL)]
    found = float(soft_iou(masks(0.2), masks(0.5)))
    assert found == pytest.approx(1 - np.mean(overlaps), rel=1e-5)
    assert float(soft_iou(masks(0.5), masks(0.2))) == pytest.approx(found, rel=1e-5)


def test_equal_shares_overlap_soft_ones_too_and_what_is_not_there():
    soft = np.random.default_rng(0).dirichlet((1, 1, 1), (2, 3, 4, 4)).astype("float32")
    assert float(soft_iou(soft, soft)) == pytest.approx(0, abs=1e-6)
    assert float(soft_iou(masks(0), masks(0))) == pytest.approx(0, abs=1e-6)
    assert float(soft_iou(0.9 * soft + 0.1 / 3, soft)) > 0.01


def test_clips_and_classes_count_alike():
    made = np.concatenate([masks(0.2), masks(0.5)])
    real = np.concatenate([masks(0.5), masks(0.5)])
    half = float(soft_iou(masks(0.2), masks(0.5))) / 2
    assert float(soft_iou(made, real)) == pytest.approx(half, rel=1e-5)


def test_it_leads_to_what_is_real():
    real = tf.constant(masks(0.3))
    made = tf.Variable(tf.fill(real.shape, 0.5))
    with tf.GradientTape() as tape:
        loss = soft_iou(made, real)
    slope = tape.gradient(loss, made).numpy()
    assert (slope[real.numpy() == 1] < 0).all() and (slope[real.numpy() == 0] > 0).all()
