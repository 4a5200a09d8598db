"""The Dirac-GAN against its closed forms (Mescheder et al. 2018, sections 2 to 4)."""

import numpy as np
import pytest
import tensorflow as tf

from benchmarks.training import dirac
from tfvgan import losses

LOSSES = tuple(losses.ADVERSARIAL_LOSSES)
# f'(0) of Mescheder et al.: how strongly each pulls the other at the equilibrium.
PULL = {name: 1.0 if name in ("hinge", "wasserstein") else 0.5 for name in LOSSES}


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


@pytest.mark.parametrize(
    ("loss", "of_g", "of_d"),
    [
        ("minimax", lambda x: sigmoid(x), lambda x: -sigmoid(x)),
        ("non_saturating", lambda x: sigmoid(-x), lambda x: -sigmoid(x)),
        ("relativistic", lambda x: sigmoid(-x), lambda x: -sigmoid(x)),
        ("least_squares", lambda x: 0.5 - x, lambda x: -(0.5 + x)),
        ("hinge", lambda x: 1.0, lambda x: -1.0),
        ("wasserstein", lambda x: 1.0, lambda x: -1.0),
    ],
)
def test_the_field_is_that_of_the_formula(loss, of_g, of_d):
    place, slope, gamma = 0.7, -0.4, 3.0
    logit = place * slope
    found = dirac.field(loss, losses.R1(gamma), tf.constant([place, slope])).numpy()
    expected = [of_g(logit) * slope, of_d(logit) * place - gamma * slope]
    np.testing.assert_allclose(found, expected, rtol=1e-5)


@pytest.mark.parametrize("loss", LOSSES)
def test_eigenvalues_are_those_of_the_paper(loss):
    gamma, pull = 1.2, PULL[loss]
    without = np.sort_complex(dirac.eigenvalues(loss))
    np.testing.assert_allclose(without, [-1j * pull, 1j * pull], atol=1e-5)
    root = np.sqrt(complex(gamma**2 / 4 - pull**2))
    expected = np.sort_complex([-gamma / 2 - root, -gamma / 2 + root])
    found = np.sort_complex(dirac.eigenvalues(loss, losses.R1(gamma)))
    np.testing.assert_allclose(found, expected, atol=1e-4)
    assert found.real.max() < 0


@pytest.mark.parametrize("loss", ["minimax", "wasserstein"])
def test_without_a_penalty_a_step_of_both_at_once_never_comes_nearer(loss):
    radii = dirac.radii(dirac.path(loss, steps=60, in_turns=False))
    assert (np.diff(radii) > 0).all()
    if loss == "wasserstein":  # Each step turns, and grows by sqrt(1 + rate^2).
        np.testing.assert_allclose(radii[1:] / radii[:-1], np.sqrt(1 + dirac.RATE**2), rtol=1e-5)


def test_in_turns_the_bilinear_game_keeps_its_orbit():
    states = dirac.path("wasserstein", steps=200)
    place, slope = states.T
    held = place**2 + slope**2 - dirac.RATE * place * slope
    np.testing.assert_allclose(held, held[0], rtol=1e-3)
    assert dirac.found(states) == "circles"
    assert dirac.turns(states) == pytest.approx(
        200 * 2 * np.arcsin(dirac.RATE / 2) / 2 / np.pi, 0.02
    )


@pytest.mark.parametrize("loss", LOSSES)
def test_with_r1_the_norm_shrinks(loss):
    states = dirac.path(loss, losses.R1(1.0), steps=300)
    assert dirac.found(states) == "converges"
    assert dirac.radii(states)[-1] < 1e-2 * dirac.radii(states)[0]


def test_words_are_of_the_end():
    angles = np.linspace(0, 4 * np.pi, 100)
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    assert dirac.turns(circle) == pytest.approx(2) and dirac.found(circle) == "circles"
    assert dirac.found(circle[:20]) == "stays away"
    shrunk = circle * np.linspace(1, 0, 100)[:, None] ** 3
    assert dirac.found(shrunk) == "converges" and dirac.turns(shrunk) < 2
    assert dirac.found(circle * np.linspace(1, 0.2, 100)[:, None]) == "comes nearer"
    assert dirac.found(circle * np.linspace(1, 3, 100)[:, None]) == "leaves"


def test_a_row_says_both_ways():
    row = dirac.row("wasserstein", "none", 100)
    assert row["found"] == "circles" and row["radius after, at once"] > row["radius after"]
    assert row["largest real part"] == pytest.approx(0, abs=1e-5)
    assert dirac.row("hinge", "gradient_penalty", 5)["largest real part"] is None
