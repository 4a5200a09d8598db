"""Sums as they are written: names of ops, which differ from run to run, are no matter."""

import pytest
import tensorflow as tf
import toy

from tfvgan.engine.order import REORDERS, as_written

SCALES = (1e8, 1.0, -1e8, 3.0)  # Any order of these has a sum of its own in float32.


def slope(names):
    """Returns a function of scales that adds them up as gradients, by paths of these names."""
    x = tf.Variable([1.0, 2.0])

    @tf.function
    def step(scales):
        with tf.GradientTape() as tape:
            parts = []
            for name, scale in zip(names, tf.unstack(scales)):
                with tf.name_scope(name):
                    parts.append(tf.reduce_sum(tf.tanh(scale) * x * scale / tf.tanh(scale)))
            loss = tf.add_n(parts)
        return tape.gradient(loss, x)

    return step


def sums(wrapped):
    """Returns what paths of the same names in some orders give."""
    scales = tf.constant(SCALES)
    return {tuple(wrapped(slope(names))(scales).numpy()) for names in ("abcd", "dcba", "bdac")}


def options():
    return tf.config.optimizer.get_experimental_options()


def test_names_of_ops_do_not_decide_the_order_of_a_sum():
    assert len(sums(lambda function: function)) > 1, "TensorFlow sorts no more: this can go"
    assert len(sums(as_written)) == 1


@pytest.mark.parametrize("before", [None, True, False])
def test_what_others_have_set_is_there_again(before):
    kept = options()
    tf.config.optimizer.set_experimental_options({REORDERS: before})
    try:
        assert as_written(lambda: options().get(REORDERS))() is False
        assert options().get(REORDERS) is before
        with pytest.raises(ZeroDivisionError):
            as_written(lambda: 1 / 0)()
        assert options().get(REORDERS) is before
    finally:
        tf.config.optimizer.set_experimental_options({REORDERS: kept.get(REORDERS)})
    assert options() == kept


def test_steps_of_training_and_of_evaluate_are_run_so(monkeypatch, eagerly):
    model, seen = toy.model(), []

    def look(batch):
        seen.append(options()[REORDERS])
        return {"loss": tf.zeros(())}

    monkeypatch.setattr(model, "train_step", look)
    monkeypatch.setattr(model, "test_step", look)
    model.fit(toy.dataset(2), verbose=0)
    model.evaluate(toy.dataset(2), verbose=0)
    assert len(seen) == 2 and not any(seen)
    assert REORDERS not in options()
