"""What is used without its training: one network, named by its weights, and exported."""

import hashlib

import keras
import numpy as np


class Served:
    """Base of what has a trained network, its `generator`, and nothing of the training."""

    generator: keras.Model

    @property
    def average(self) -> keras.Model:
        """Returns the generator, by the name that exports know it by."""
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
