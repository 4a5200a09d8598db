"""Extractors that see colours: closed forms to test what is built on features."""

import keras
import numpy as np
import tensorflow as tf

from tfvgan.metrics.extractors import Extractor
from tfvgan.video import from_uint8, levels


@keras.saving.register_keras_serializable(package="tests")
class Colours:
    """The mean colour of each video in [-1, 1], in NumPy: an extractor of one's own."""

    name = "colours"
    resize = "none"
    per = "video"
    dimension = 3
    fingerprint = "1"

    def __call__(self, videos):
        return np.asarray(from_uint8(levels(videos))).mean(axis=(1, 2, 3))

    def get_config(self):
        return {}

    @classmethod
    def from_config(cls, config):
        return cls(**config)


@keras.saving.register_keras_serializable(package="tests")
class ColoursOfFrames(Extractor):
    """The mean colour of each frame in [-1, 1], in TensorFlow."""

    name = "frames"
    per = "frame"
    dimension = 3
    size = 4
    at_once = 3

    def features(self, seen):
        return tf.reduce_mean(seen, axis=(1, 2))


def videos(count=12, seed=0, brightest=256):
    """Returns uint8 noise `(count, 2, 8, 8, 3)`, each video of a tint of its own."""
    random = np.random.default_rng(seed)
    tint = random.integers(1, brightest, (count, 1, 1, 1, 3))
    return random.integers(0, tint, (count, 2, 8, 8, 3)).astype(np.uint8)


def features(values, per="video", rows=1):
    """Returns the `Features` that hold the values, `rows` of them a video."""
    from tfvgan.metrics.features import Features
    from tfvgan.metrics.protocol import Protocol

    protocol = Protocol("toy", "none", per, frames=rows, videos=len(values) // rows)
    return Features(np.asarray(values, np.float32), protocol)
