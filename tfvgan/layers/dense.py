"""From a latent to a code: the fully connected layers below a generator's convolutions."""

from typing import Any

import keras
from keras import layers

from tfvgan.layers.convolution import batch_normalization, normal

register = keras.saving.register_keras_serializable(package="tfvgan")


@register
class DenseBlock(layers.Layer):
    """Dense, batch normalisation, ReLU, on the last axis; drawn as in `layers.convolution`.

    Args:
        units: numbers that come out.
    """

    def __init__(self, units: int, **kwargs: Any):
        super().__init__(**kwargs)
        self.units = units
        dtype = self.dtype_policy
        self.dense = layers.Dense(units, use_bias=False, kernel_initializer=normal(), dtype=dtype)
        self.norm = batch_normalization(dtype=dtype)
        self.relu = layers.ReLU(dtype=dtype)

    def build(self, input_shape: tuple) -> None:
        self.dense.build(input_shape)
        self.norm.build(self.dense.compute_output_shape(input_shape))

    def call(self, x: keras.KerasTensor, training: bool = False) -> keras.KerasTensor:
        return self.relu(self.norm(self.dense(x), training=training))

    def get_config(self) -> dict:
        return {**super().get_config(), "units": self.units}
