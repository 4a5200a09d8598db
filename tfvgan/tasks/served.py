"""A trained network without its training: it has a digest, and is exported."""

import hashlib

import keras
import numpy as np


class Served:
    """Base class of models that hold a trained `generator`, and nothing of the training."""

    generator: keras.Model

    @property
    def average(self) -> keras.Model:
        """Returns the generator: exports read the attribute `average`."""
        return self.generator

    def digest(self, begin: bytes = b"") -> bytes:
        """Returns the sha256 of the network's weights, as float32 of little endian.

        Args:
            begin: bytes that come before them.
        """
        digest = hashlib.sha256(begin)
        for weight in self.generator.get_weights():
            digest.update(np.ascontiguousarray(weight, "<f4").tobytes())
        return digest.digest()
