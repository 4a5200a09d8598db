"""Servers without a network: a model in memory that is asked as one behind a server."""

import numpy as np
import tensorflow as tf

from tfvgan.serving.asking import ToldSignature


def busy(network):
    """Returns a network whose every weight counts: those that begin at zero do nothing."""
    network.build()
    random = np.random.default_rng(0)
    network.set_weights([w + random.normal(0, 0.1, w.shape) for w in network.get_weights()])
    return network


class InMemory:
    """A way to models in memory, which is a `tfvgan.serving.asking.Transport`.

    Args:
        models: by name.
        arrays, near: as of `Transport`.
    """

    place = "memory"

    def __init__(self, models, arrays, near=False):
        self.arrays, self.near, self.asked = arrays, near, []
        self._endpoints = {name: model.endpoints() for name, model in models.items()}
        self._traced = {}

    def signatures(self, model):
        """Returns the version, and what each endpoint reads."""
        return 1, {
            name: ToldSignature(
                {s.name: np.dtype(s.dtype.as_numpy_dtype) for s in each.signature}, {}
            )
            for name, each in self._endpoints[model].items()
        }

    def predict(self, model, signature, inputs, told):
        """Returns the outputs of an endpoint."""
        self.asked.append(signature)
        endpoint = self._endpoints[model][signature]
        key = model, signature
        if key not in self._traced:
            self._traced[key] = tf.function(endpoint.function, endpoint.signature, autograph=False)
        given = [tf.constant(inputs[spec.name], spec.dtype) for spec in endpoint.signature]
        return {name: value.numpy() for name, value in self._traced[key](*given).items()}

    def close(self):
        """Does nothing."""
