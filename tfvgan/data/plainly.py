"""Errors of a data set's own code, without what TensorFlow wraps around them."""

import contextlib
import re

import tensorflow as tf

# A line of Python's error in the message of TensorFlow's, and what follows it.
WRAPPED = re.compile(
    r"^(?:\{\{.*\}\} )?(?:ValueError|\w*Video|CutOff): (.+)\nTraceback", re.MULTILINE
)


@contextlib.contextmanager
def plainly():
    """Raises the ValueError of a data set's Python code as it was raised, in its one sentence."""
    try:
        yield
    except tf.errors.InvalidArgumentError as error:
        match = WRAPPED.search(str(error))
        if match is None:
            raise
        raise ValueError(match[1]) from error
