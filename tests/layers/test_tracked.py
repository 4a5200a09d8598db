"""Layers in lists, and lists of those, are found by TensorFlow's checkpoints."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers
from same import assert_same_weights

from tfvgan.layers import Tracked


class Inner(layers.Layer):
    def __init__(self):
        super().__init__()
        self.pairs = [[layers.Dense(2), layers.Dense(2)], [layers.Dense(2)]]

    def call(self, x):
        for pair in self.pairs:
            for layer in pair:
                x = layer(x)
        return x


class Held(Tracked, keras.Model):
    def __init__(self):
        super().__init__()
        self.blocks = [Inner(), Inner()]
        self.named = {"last": layers.Dense(1)}

    def call(self, x):
        for block in self.blocks:
            x = block(x)
        return self.named["last"](x)


def test_every_weight_comes_back(tmp_path):
    one, other = Held(), Held()
    x = tf.ones((1, 2))
    expected = one(x)
    other(x)
    path = tf.train.Checkpoint(one).save(tmp_path / "all")
    tf.train.Checkpoint(other).restore(path).assert_consumed()
    assert len(one.weights) == 14
    assert_same_weights(one, other)
    np.testing.assert_array_equal(other(x), expected)
