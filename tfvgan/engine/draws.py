"""Random numbers as a pure function of (seed, step, replica): resuming equals never stopping."""

import tensorflow as tf


class Draws:
    """Stateless random draws for one training step.

    The n-th draw of a step is a function of `(seed, step, replica, n)` alone, so nothing random has
    to be saved with a model, and replicas draw different numbers.

    Args:
        seed: int.
        step: int64 scalar tensor or int.
    """

    def __init__(self, seed, step):
        context = tf.distribute.get_replica_context()
        replica = context.replica_id_in_sync_group if context is not None else 0
        key = tf.stack([tf.cast(seed, tf.int64), tf.cast(step, tf.int64)])
        self._key = tf.random.experimental.stateless_fold_in(key, tf.cast(replica, tf.int64))
        self._count = 0

    def _next(self):
        self._count += 1
        return tf.random.experimental.stateless_fold_in(
            self._key, tf.constant(self._count, tf.int64)
        )

    def normal(self, shape):
        """Returns float32 standard normal numbers of that shape."""
        return tf.random.stateless_normal(shape, self._next())

    def uniform(self, shape, low=0.0, high=1.0):
        """Returns float32 numbers of that shape, uniform in [low, high)."""
        return tf.random.stateless_uniform(shape, self._next(), low, high)

    def integers(self, shape, high):
        """Returns int32 numbers of that shape, uniform in 0 ... high - 1."""
        return tf.random.stateless_uniform(shape, self._next(), 0, high, tf.int32)
