"""Lost detail: what is fainter counts, what is clearer does not, and what is added hides it."""

import numpy as np
import pytest
import tensorflow as tf

from tfvgan.losses import lost_detail

DRAWS = np.random.default_rng(0)
SMALL = DRAWS.normal(0, 0.3, (2, 8, 8, 3)).astype("float32")
REAL = tf.image.resize(SMALL, (64, 64), "bicubic").numpy()
NOISE = DRAWS.normal(0, 1, REAL.shape).astype("float32")


def lost(made, real=REAL):
    return float(lost_detail(made, real))


def test_nothing_is_lost_of_equals_and_all_of_what_is_flat():
    assert lost(REAL) == pytest.approx(0, abs=0.01)
    assert lost(0 * REAL) > 0.6
    assert lost(REAL + 0.2) == pytest.approx(lost(REAL), abs=0.01)  # Brightness is no detail.


def test_the_fainter_the_more_and_clearer_gains_nothing():
    faint = [lost(share * REAL) for share in (0.9, 0.7, 0.5, 0.2)]
    assert faint == sorted(faint) and faint[0] > lost(REAL) + 0.02
    assert faint[2] == pytest.approx(0.5 * lost(0 * REAL), rel=0.2)
    assert lost(1.2 * REAL) >= lost(REAL) - 1e-3


def test_noise_hides_detail():
    hidden = [lost(REAL + much * NOISE) for much in (0.0, 0.03, 0.1, 0.3)]
    assert hidden == sorted(hidden) and hidden[-1] > hidden[0] + 0.05


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_it_has_a_gradient_and_that_leads_down(share):
    with tf.GradientTape() as tape:
        made = tf.Variable(share * REAL)
        loss = lost_detail(made, tf.constant(REAL))
    down = tape.gradient(loss, made).numpy()
    assert np.isfinite(down).all()
    if 0 < share < 1:
        assert lost(made.numpy() - 1e-2 * down / np.abs(down).max()) < float(loss)


@pytest.mark.parametrize("size", [(1, 33, 47, 3), (3, 128, 64, 3)])
def test_any_size(size):
    picture = DRAWS.normal(0, 0.3, size).astype("float32")
    assert 0 <= lost(0.8 * picture, picture) <= 1
