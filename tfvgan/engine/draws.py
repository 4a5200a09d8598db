"""Random numbers as a pure function of (seed, step, use, clip): resuming is never stopping."""

from collections.abc import Sequence

import tensorflow as tf

USES = ("training", "judging", "sampling", "enlarging")  # What random numbers are drawn for.


class Draws:
    """Stateless random draws for one training step, one video, or whatever else has a number.

    The n-th draw is a function of `(seed, step, use, n)` alone, so nothing random has to be saved
    with a model. Replicas share what one alone would draw for the whole batch: each gets the rows
    of its own part, so that latents differ, and two replicas train as one does. That holds where
    their parts are equally large. A single number is the same for all. What is drawn for one use
    is never what is drawn for another: sampled videos are none that was trained on.

    Args:
        seed: int.
        step: int64 scalar tensor or int.
        use: one of `USES`.
    """

    def __init__(self, seed: int, step: int | tf.Tensor, use: str = USES[0]):
        context = tf.distribute.get_replica_context()
        self._replicas = 1 if context is None else context.num_replicas_in_sync
        self._replica = context.replica_id_in_sync_group if self._replicas > 1 else 0
        key = tf.stack([tf.cast(seed, tf.int64), tf.cast(step, tf.int64)])
        # Training's key has no use in it: so runs go on that began before there were uses.
        if use != USES[0]:
            key = _folded_in(key, USES.index(use))
        self._key = _folded_in(key, 0)
        self._count = 0

    def _next(self):
        self._count += 1
        return _folded_in(self._key, self._count)

    def normal(self, shape: Sequence[int] | tf.Tensor) -> tf.Tensor:
        """Returns float32 standard normal numbers of that shape."""
        return self._own(shape, tf.random.stateless_normal)

    def uniform(
        self, shape: Sequence[int] | tf.Tensor, low: float = 0.0, high: float = 1.0
    ) -> tf.Tensor:
        """Returns float32 numbers of that shape, uniform in [low, high)."""
        return self._own(shape, tf.random.stateless_uniform, low, high)

    def integers(self, shape: Sequence[int] | tf.Tensor, high: int) -> tf.Tensor:
        """Returns int32 numbers of that shape, uniform in 0 ... high - 1."""
        return self._own(shape, tf.random.stateless_uniform, 0, high, tf.int32)

    def _own(self, shape, drawn, *how):
        """Returns the rows of this replica, of `shape`."""
        key = self._next()
        sizes = tf.unstack(shape) if tf.is_tensor(shape) else list(shape)
        if self._replicas == 1 or not sizes:
            return drawn(shape, key, *how)
        whole = drawn([self._replicas * sizes[0], *sizes[1:]], key, *how)
        return tf.reshape(whole, [self._replicas, *sizes])[self._replica]


def _folded_in(key, number):
    return tf.random.experimental.stateless_fold_in(key, tf.cast(number, tf.int64))
