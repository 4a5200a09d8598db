"""A small SavedModel whose signatures compute, copy bytes, and refuse."""

import functools
import tempfile

import tensorflow as tf

from tfvgan.serving.server.predictor import Predictor
from tfvgan.tasks.guard import guarded


@functools.cache
def predictor():
    """Returns the `Predictor` of the model."""
    pair = tf.TensorSpec((None, 2), tf.float32, "x")
    times = tf.TensorSpec((), tf.int32, "times")
    texts = tf.TensorSpec((None,), tf.string, "text_bytes")
    functions = {
        "serving_default": (lambda x: {"y": 2 * x}, [pair]),
        "repeat": (lambda x, times: {"y": tf.repeat(x, times, 0), "n": times}, [pair, times]),
        "copy": (lambda text_bytes: {"text_bytes": text_bytes}, [texts]),
        "guarded": (guarded(lambda x: {"y": x}, [pair]), [pair]),
        "split": (lambda x: {"y": tf.reshape(x, (3, 4))}, [pair]),
    }
    made = {
        name: tf.function(function, specs, autograph=False).get_concrete_function()
        for name, (function, specs) in functions.items()
    }
    with tempfile.TemporaryDirectory() as folder:
        tf.saved_model.save(tf.Module(), folder, made)
        return Predictor(folder)
