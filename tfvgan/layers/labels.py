"""How a class label enters: beside the latents in the generator, as a projection in the judge."""

from typing import Any

import keras
from keras import layers, ops

from tfvgan.layers.convolution import normal

register = keras.saving.register_keras_serializable(package="tfvgan")


@register
class LabelledLatents(layers.Layer):
    """Latents with a learned code of the class beside them.

    Reads latents `(batch, n)` and labels int `(batch,)` in [0, num_classes); returns
    `(batch, n + width)`.

    Source: Mirza & Osindero 2014, https://arxiv.org/abs/1411.1784, the label as an embedding.

    Args:
        num_classes: how many classes there are.
        width: numbers in a class's code.
    """

    def __init__(self, num_classes: int, width: int, **kwargs: Any):
        super().__init__(**kwargs)
        self.num_classes = num_classes
        self.width = width
        self.code = layers.Embedding(
            num_classes, width, embeddings_initializer="normal", dtype=self.dtype_policy
        )

    def build(self, latents_shape: tuple, label_shape: tuple | None = None) -> None:
        self.code.build(label_shape)

    def call(self, latents: keras.KerasTensor, label: keras.KerasTensor) -> keras.KerasTensor:
        return ops.concatenate([latents, self.code(label)], axis=-1)

    def get_config(self) -> dict:
        return {**super().get_config(), "num_classes": self.num_classes, "width": self.width}


@register
class ProjectionHead(layers.Layer):
    """One logit of a feature map, and with classes the projection of its sum on the class.

    `logit = w . flat(h) + v[label] . sum(h)`, the second term only with classes. Reads features
    `(batch, ..., channels)` and labels int `(batch,)`; returns float32 `(batch, 1)`.

    Source: Miyato & Koyama 2018, https://arxiv.org/abs/1802.05637, eq. 4.

    Args:
        num_classes: how many classes there are; 0 reads no label.
    """

    def __init__(self, num_classes: int = 0, **kwargs: Any):
        super().__init__(**{**kwargs, "dtype": "float32"})
        self.num_classes = num_classes
        self.flatten = layers.Flatten(dtype="float32")
        self.logit = layers.Dense(1, kernel_initializer=normal(), dtype="float32")
        self.code = None

    def build(self, features_shape: tuple, label_shape: tuple | None = None) -> None:
        self.flatten.build(features_shape)
        self.logit.build(self.flatten.compute_output_shape(features_shape))
        if self.num_classes:
            self.code = layers.Embedding(
                self.num_classes,
                features_shape[-1],
                embeddings_initializer=normal(),
                dtype="float32",
            )
            self.code.build(label_shape)

    def call(
        self, features: keras.KerasTensor, label: keras.KerasTensor | None = None
    ) -> keras.KerasTensor:
        logit = self.logit(self.flatten(features))
        if self.num_classes:
            axes = tuple(range(1, len(features.shape) - 1))
            total = ops.sum(features, axis=axes)
            logit += ops.sum(self.code(label) * total, axis=-1, keepdims=True)
        return logit

    def get_config(self) -> dict:
        return {**super().get_config(), "num_classes": self.num_classes}
