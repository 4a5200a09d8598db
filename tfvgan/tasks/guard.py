"""Endpoints that refuse inputs without sense in one sentence: anyone may call a server."""

import tensorflow as tf

MOST = 64  # Videos that are drawn for one request.


def guarded(function, specs, classes=0):
    """Returns an endpoint's function that refuses inputs without sense in one sentence.

    That is numbers that are not finite, pictures without pixels, and labels that are no classes;
    the error is `tf.errors.InvalidArgumentError`, of a server status 400.

    Args:
        function: of named tensors, in the order of the specs.
        specs: list of `tf.TensorSpec`, each with a name.
        classes: int, how many labels there are.
    """

    def checked(*inputs):
        tensors = [tf.convert_to_tensor(value, spec.dtype) for value, spec in zip(inputs, specs)]
        checks = [
            _assertion(spec, value, classes) for spec, value in zip(specs, tensors, strict=True)
        ]
        with tf.control_dependencies([check for check in checks if check is not None]):
            return function(*map(tf.identity, tensors))

    return checked


def few(seeds):
    """Returns seeds of videos, int32 `(n,)`, which fail in a sentence unless there are few.

    That is from 1 to `MOST`.
    """
    count = tf.size(seeds)
    message = [
        f"`seed` must have from 1 to {MOST} numbers, one for each video: ask again for more, not "
        "for",
        count,
    ]
    with tf.control_dependencies([_assert(tf.logical_and(count >= 1, count <= MOST), message)]):
        return tf.identity(seeds)


def _assertion(spec, value, classes):
    """Returns the assertion of one input, None where there is nothing to assert."""
    if spec.dtype.is_floating:
        finite = tf.reduce_all(tf.math.is_finite(value))
        return _assert(
            finite, [f"`{spec.name}` must hold finite numbers: some are NaN or infinite"]
        )
    if spec.name == "label":
        is_class = tf.reduce_all(tf.logical_and(value >= 0, value < classes))
        return _assert(is_class, [f"`label` must be from 0 to {classes - 1}, but is", value])
    if spec.dtype == tf.uint8:
        return _assert(
            tf.size(value) > 0, [f"`{spec.name}` must have pixels, but has", tf.shape(value)]
        )
    return None


def _assert(condition, message):
    return tf.debugging.Assert(condition, message, summarize=8)
