"""How a step takes what Keras hands to it."""

import functools

import tensorflow as tf

from tfvgan.engine.batch import as_batch
from tfvgan.engine.distribution import with_a_clip


def on_batches(step):
    """Returns the step as a method that takes any data, and is given a batch, or refuses.

    Nothing of it happens before the batch is there: Keras pulls a batch inside of the graph of the
    step. When data ends whose length nobody knew, that fails, and all that does not wait for the
    batch has happened once more: counters, averages, means of what is constant.

    Args:
        step: method that takes a batch, a dict of tensors as the model's `parts` say, and returns
            the logs.
    """

    @functools.wraps(step)
    def waiting(self, data):
        batch = with_a_clip(as_batch(data, self.parts()))
        with tf.control_dependencies(tf.nest.flatten(batch)):
            return step(self, self.strays[step.__name__].counted(batch))

    return waiting
