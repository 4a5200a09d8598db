"""LPIPS: how different two images look, from what a network sees in them.

`d(a, b) = sum over maps of mean over pixels of w . (a_map / |a_map| - b_map / |b_map|)^2`

Source: Zhang et al. 2018, The Unreasonable Effectiveness of Deep Features as a Perceptual Metric,
https://arxiv.org/abs/1801.03924, eq. 1; version 0.1 of its weights.
"""

from collections.abc import Sequence
from typing import Any, Self

import keras
from keras import layers, ops


@keras.saving.register_keras_serializable(package="tfvgan")
class Lpips(keras.Model):
    """Maps two batches of images to their distances, float32 `(batch,)`, 0 for equal ones.

    Reads a pair `(a, b)` of float32 `(batch, height, width, 3)` in [-1, 1]. Symmetric, and
    differentiable in both, so that it serves as a loss too. With the published weights, which are
    no less than 0, a distance is too.

    Args:
        backbone: model that maps images to a list of feature maps, whose `channels` it names.
    """

    def __init__(self, backbone: keras.Model, dtype: str = "float32", **kwargs: Any):
        super().__init__(dtype=dtype, **kwargs)
        self.backbone = backbone
        self.heads = [
            layers.Dense(1, use_bias=False, name=f"head_{number}", dtype=self.dtype_policy)
            for number, _ in enumerate(backbone.channels, start=1)
        ]
        self.trainable = False

    def build(self, input_shape: tuple | None = None) -> None:
        """Makes every weight; the shape given is not read."""
        if self.built:
            return
        self.backbone.build()
        for head, channels in zip(self.heads, self.backbone.channels, strict=True):
            head.build((None, None, None, channels))
        self.built = True

    def get_build_config(self) -> dict:
        return {"input_shape": None}

    def build_from_config(self, config: dict) -> None:
        self.build()

    def call(self, inputs: Sequence[keras.KerasTensor]) -> keras.KerasTensor:
        a, b = inputs
        distance = 0.0
        for head, a_map, b_map in zip(self.heads, self.backbone(a), self.backbone(b), strict=True):
            difference = ops.square(unit_length(a_map) - unit_length(b_map))
            distance += ops.mean(head(difference), axis=(1, 2, 3))
        return distance

    def get_config(self) -> dict:
        backbone = keras.saving.serialize_keras_object(self.backbone)
        return {**super().get_config(), "backbone": backbone}

    @classmethod
    def from_config(cls, config: dict) -> Self:
        backbone = keras.saving.deserialize_keras_object(config["backbone"])
        return cls(**{**config, "backbone": backbone})


def unit_length(features, epsilon=1e-10):
    """Returns the features, each pixel's vector divided by its length; 0 stays 0.

    The square of epsilon under the root changes no value, and keeps the gradient at 0 finite.
    """
    squares = ops.sum(ops.square(features), axis=-1, keepdims=True)
    return features / (ops.sqrt(squares + epsilon**2) + epsilon)
