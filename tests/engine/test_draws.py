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


def test_replicas_share_what_one_alone_draws(monkeypatch):
    def drawn():
        draws = Draws(0, 0)
        rows = [draws.normal((2, 3)), draws.uniform(tf.constant((2, 1, 1)), -1.0, 2.0)]
        rows += [draws.integers([tf.constant(2)], 1000)]
        return [each.numpy() for each in rows], float(draws.uniform(()))

    draws, parts = Draws(0, 0), []
    whole = draws.normal((6, 3)), draws.uniform((6, 1, 1), -1.0, 2.0), draws.integers((6,), 1000)
    for number in range(3):
        replica = SimpleNamespace(replica_id_in_sync_group=number, num_replicas_in_sync=3)
        monkeypatch.setattr(tf.distribute, "get_replica_context", lambda replica=replica: replica)
        parts.append(drawn())
    for number, rows in enumerate(whole):
        np.testing.assert_array_equal(np.concatenate([part[number] for part, _ in parts]), rows)
    assert len(np.unique(whole[0])) == 18
    assert {number for _, number in parts} == {float(draws.uniform(()))}, "a number has no rows"
    monkeypatch.setattr(tf.distribute, "get_replica_context", lambda: None)
    np.testing.assert_array_equal(Draws(0, 0).normal((6, 3)), whole[0])  # Outside of replicas.


def test_rows_have_a_shape_that_networks_can_be_built_for(monkeypatch):
    replica = SimpleNamespace(replica_id_in_sync_group=1, num_replicas_in_sync=2)
    monkeypatch.setattr(tf.distribute, "get_replica_context", lambda: replica)

    @tf.function(input_signature=[tf.TensorSpec((None, 5), tf.float32)])
    def drawn(video):
        rows = Draws(0, 0).normal((tf.shape(video)[0], 7))
        assert rows.shape[1:] == (7,)
        return rows

    assert drawn(tf.zeros((3, 5))).shape == (3, 7)


def test_each_use_draws_its_own_and_training_draws_as_ever():
    drawn = [Draws(3, 5, use).integers((6,), 1000).numpy().tolist() for use in USES]
    assert drawn[0] == [479, 399, 682, 617, 989, 956], "runs go on as they began"
    assert len({tuple(row) for row in drawn}) == len(USES) == 4
