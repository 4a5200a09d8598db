from types import SimpleNamespace

import numpy as np
import tensorflow as tf

from tfvgan.engine import Draws
from tfvgan.engine.draws import USES


def test_a_draw_follows_from_seed_step_and_its_number():
    one, again = Draws(3, 5), Draws(3, tf.constant(5, tf.int64))
    first, second = one.normal((4,)), one.normal((4,))
    np.testing.assert_array_equal(first, again.normal((4,)))
    np.testing.assert_array_equal(second, again.normal((4,)))
    others = [Draws(4, 5).normal((4,)), Draws(3, 6).normal((4,)), Draws(5, 3).normal((4,))]
    for other in (second, *others):
        assert (first.numpy() != other.numpy()).all()


def test_ranges_and_moments():
    draws = Draws(0, 0)
    assert abs(float(tf.reduce_mean(draws.normal((20000,))))) < 0.03
    uniform = draws.uniform((20000,), -2.0, 2.0).numpy()
    assert -2 <= uniform.min() < -1.99
    assert 1.99 < uniform.max() < 2
    assert set(draws.integers((1000,), 3).numpy()) == {0, 1, 2}


def test_replicas_draw_different_numbers(monkeypatch):
    alone, drawn = Draws(0, 0).normal((4,)).numpy(), []
    for number in range(3):
        replica = SimpleNamespace(replica_id_in_sync_group=number)
        monkeypatch.setattr(tf.distribute, "get_replica_context", lambda replica=replica: replica)
        drawn.append(Draws(0, 0).normal((4,)).numpy())
    np.testing.assert_array_equal(drawn[0], alone)
    assert len(np.unique(drawn)) == 12
    monkeypatch.setattr(tf.distribute, "get_replica_context", lambda: None)
    np.testing.assert_array_equal(Draws(0, 0).normal((4,)), alone)  # Outside of replicas.


def test_each_use_draws_its_own_and_training_draws_as_ever():
    """Replicas and uses are folded in alike, and are told apart all the same."""
    drawn = [Draws(3, 5, use).integers((6,), 1000).numpy().tolist() for use in USES]
    assert drawn[0] == [479, 399, 682, 617, 989, 956], "runs go on as they began"
    assert len({tuple(row) for row in drawn}) == len(USES) == 4
