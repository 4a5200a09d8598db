"""The small game is the package's: its losses, penalties and draws, one player or both."""

import numpy as np
import pytest
import tensorflow as tf

from benchmarks.training import small_game
from tfvgan import losses


def game(loss="non_saturating", penalty=None, rate=0.01):
    shift = tf.Variable([0.5])

    def real(draws):
        return draws.normal((64, 1))

    def fake(draws):
        return draws.normal((64, 1)) + shift

    network = small_game.mlp(1, 1, width=4)
    return small_game.SmallGame(real, fake, [shift], network, loss, penalty, rate), shift, network


def test_a_penalty_is_added_when_it_is_its_turn():
    judged = small_game.Judged(lambda x, training: 3.0 * x, "wasserstein", losses.R1(2.0, every=4))
    real, fake = tf.constant([[1.0], [2.0]]), tf.constant([[5.0], [6.0]])
    assert float(judged.discriminator(real, fake)) == pytest.approx(16.5 - 4.5)
    assert float(judged.generator(real, fake)) == pytest.approx(-16.5)
    step = tf.constant(8, tf.int64)
    assert float(judged.penalty(real, fake, step, None)) == pytest.approx(4 * 9.0)
    assert float(judged.penalty(real, fake, step + 1, None)) == 0


def test_relativistic_reads_the_real_points_on_both_turns():
    judged = small_game.Judged(lambda x, training: x, "relativistic")
    real, fake = tf.constant([[1.0]]), tf.constant([[3.0]])
    assert float(judged.generator(real, fake)) == pytest.approx(np.log1p(np.exp(-2.0)), abs=1e-6)


def test_alone_the_discriminator_learns_and_the_generator_rests():
    played, shift, network = game()
    before = [weight.numpy() for weight in network.trainable_variables]
    first = played.play(5, both=False)
    assert played.play(200, both=False) < first and shift.numpy()[0] == 0.5
    assert int(played.step) == 205
    assert any((w != b).any() for w, b in zip(network.get_weights(), before))
    played.play(1)
    assert abs(shift.numpy()[0] - 0.5) == pytest.approx(0.01, rel=1e-3)  # Adam's first step.


def test_the_gradient_is_that_of_a_shift():
    played, _, network = game("wasserstein")
    network.layers[0].set_weights([np.array([[1.0, -1.0, 0, 0]]), np.zeros(4)])
    network.layers[1].set_weights([np.eye(4), np.zeros(4)])
    network.layers[2].set_weights([np.array([[1.0], [-1.0], [0], [0]]), np.zeros(1)])
    # leaky(leaky(x)) - leaky(leaky(-x)) is 1 + 0.2^2 times x, with Keras's slope.
    slope = float(network(tf.constant([[1.0]]))[0, 0])
    assert played.generator_gradient() == pytest.approx(slope, rel=1e-5)
    assert slope == pytest.approx(1.04)


def test_the_same_seed_is_the_same_game():
    first, again = (game()[0] for _ in range(2))
    assert first.play(10) == again.play(10)
