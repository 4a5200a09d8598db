"""Sums in the order in which they are written, whatever their parts are called."""

import functools

import tensorflow as tf

REORDERS = "arithmetic_optimization"


def as_written(function):
    """Returns the function, whose graph adds up gradients in the order of the tape.

    TensorFlow's optimizer of arithmetic merges sums and sorts what they add by the names of ops
    (CommonSubgraphElimination, which is off with it, calls CanonicalizeGraph). Keras counts layers
    in these names, over all models of a process: a run that was resumed would add up in another
    order than one that was not, and differ from it in the last bit. Steps are as fast without.

    Args:
        function: what Keras calls for each execution of steps.
    """

    @functools.wraps(function)
    def execute(*args):
        before = tf.config.optimizer.get_experimental_options().get(REORDERS)  # None for default.
        tf.config.optimizer.set_experimental_options({REORDERS: False})
        try:
            return function(*args)
        finally:
            tf.config.optimizer.set_experimental_options({REORDERS: before})

    return execute
