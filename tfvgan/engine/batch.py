"""A batch as Keras hands it to a step."""

import functools

import tensorflow as tf

from tfvgan.engine.distribution import filled


def on_batches(step):
    """Returns the step, nothing of which happens before its batch is there.

    Keras pulls a batch inside of the graph of the step. When data ends whose length nobody knew,
    that fails, and all that does not wait for the batch has happened once more: counters, averages,
    means of what is constant.

    Args:
        step: method that takes a batch, dict of tensors, and returns the logs.
    """

    @functools.wraps(step)
    def waiting(self, batch):
        with tf.control_dependencies(tf.nest.flatten(batch)):
            return step(self, filled(batch))

    return waiting
