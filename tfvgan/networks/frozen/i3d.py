"""I3D: what is going on in a video, in 400 numbers; the network of the published FVD.

Source: Carreira and Zisserman 2017, Quo Vadis, Action Recognition? A New Model and the Kinetics
Dataset, https://arxiv.org/abs/1705.07750, fig. 3 (Inception-v1, inflated, on RGB).
"""

from typing import Any

import keras
from keras import layers, ops

from tfvgan.networks.network import Network, Signature

register = keras.saving.register_keras_serializable(package="tfvgan")


@register
class I3D(Network):
    """Maps videos to the logits of action classes, float32 `(batch, num_classes)`.

    Reads float32 `(batch, frames, 224, 224, 3)` in [-1, 1], of 9 frames or more; the logits are
    the mean over time. Each convolution has a bias where the paper has batch normalisation, which,
    once trained, is one: it is folded in when the weights are converted.

    Args:
        num_classes: classes of the data set; Kinetics-400 has 400.

    Raises:
        ValueError: when a video is not 224x224, or has fewer than 9 frames.
    """

    size = 224
    fewest_frames = 9

    def __init__(self, num_classes: int = 400, dtype: str = "float32", **kwargs: Any):
        super().__init__(dtype=dtype, **kwargs)
        self.num_classes = num_classes
        dtype = self.dtype_policy
        self.stages = [
            conv_relu(64, 7, "conv_1a", strides=2, dtype=dtype),
            pooling((1, 3, 3), (1, 2, 2), "pool_2a", dtype=dtype),
            conv_relu(64, 1, "conv_2b", dtype=dtype),
            conv_relu(192, 3, "conv_2c", dtype=dtype),
            pooling((1, 3, 3), (1, 2, 2), "pool_3a", dtype=dtype),
            Inception(64, (96, 128), (16, 32), 32, name="mixed_3b", dtype=dtype),
            Inception(128, (128, 192), (32, 96), 64, name="mixed_3c", dtype=dtype),
            pooling(3, 2, "pool_4a", dtype=dtype),
            Inception(192, (96, 208), (16, 48), 64, name="mixed_4b", dtype=dtype),
            Inception(160, (112, 224), (24, 64), 64, name="mixed_4c", dtype=dtype),
            Inception(128, (128, 256), (24, 64), 64, name="mixed_4d", dtype=dtype),
            Inception(112, (144, 288), (32, 64), 64, name="mixed_4e", dtype=dtype),
            Inception(256, (160, 320), (32, 128), 128, name="mixed_4f", dtype=dtype),
            pooling(2, 2, "pool_5a", dtype=dtype),
            Inception(256, (160, 320), (32, 128), 128, name="mixed_5b", dtype=dtype),
            Inception(384, (192, 384), (48, 128), 128, name="mixed_5c", dtype=dtype),
        ]
        self.average = layers.AveragePooling3D((2, 7, 7), 1, name="average", dtype=dtype)
        self.logits = layers.Dense(num_classes, name="logits", dtype=dtype)
        self.trainable = False

    def signature(self) -> Signature:
        return {"video": ((None, self.size, self.size, 3), "float32")}

    def call(self, video: keras.KerasTensor) -> keras.KerasTensor:
        self.check(video)
        x = video
        for stage in self.stages:
            x = stage(x)
        return self.logits(ops.mean(self.average(x), axis=(1, 2, 3)))

    def check(self, video: keras.KerasTensor) -> None:
        """Raises ValueError unless the video is one that I3D was trained to read."""
        frames, height, width = video.shape[1:4]
        if (height, width) != (self.size, self.size):
            raise ValueError(
                f"I3D reads videos of {self.size}x{self.size}, but was given {height}x{width}: "
                "resize them."
            )
        if frames is not None and frames < self.fewest_frames:
            raise ValueError(
                f"I3D reads videos of {self.fewest_frames} frames or more, but was given {frames}: "
                "use longer clips."
            )

    def get_config(self) -> dict:
        return {**super().get_config(), "num_classes": self.num_classes}


@register
class Inception(layers.Layer):
    """Maps `(batch, frames, height, width, ...)` to four branches of features, side by side.

    Args:
        single: channels of the 1x1x1 convolution.
        double: channels of the 1x1x1 convolution, and of the 3x3x3 one behind it.
        second_double: the same once more.
        pooled: channels of the 1x1x1 convolution behind the pooling.
    """

    def __init__(self, single, double, second_double, pooled, **kwargs):
        super().__init__(**kwargs)
        self.single = single
        self.double = double
        self.second_double = second_double
        self.pooled = pooled
        dtype = self.dtype_policy
        self.branches = [
            [conv_relu(single, 1, "branch_0", dtype=dtype)],
            [
                conv_relu(double[0], 1, "branch_1_reduce", dtype=dtype),
                conv_relu(double[1], 3, "branch_1", dtype=dtype),
            ],
            [
                conv_relu(second_double[0], 1, "branch_2_reduce", dtype=dtype),
                conv_relu(second_double[1], 3, "branch_2", dtype=dtype),
            ],
            [
                pooling(3, 1, "branch_3_pool", dtype=dtype),
                conv_relu(pooled, 1, "branch_3", dtype=dtype),
            ],
        ]

    def call(self, inputs):
        outputs = []
        for branch in self.branches:
            x = inputs
            for layer in branch:
                x = layer(x)
            outputs.append(x)
        return ops.concatenate(outputs, axis=-1)

    def get_config(self):
        return {
            **super().get_config(),
            "single": self.single,
            "double": self.double,
            "second_double": self.second_double,
            "pooled": self.pooled,
        }


def conv_relu(filters, extent, name, strides=1, dtype=None):
    """Returns a convolution over time and space, and ReLU."""
    return layers.Conv3D(
        filters, extent, strides, padding="same", activation="relu", name=name, dtype=dtype
    )


def pooling(extent, strides, name, dtype=None):
    """Returns a maximum over time and space."""
    return layers.MaxPooling3D(extent, strides, padding="same", name=name, dtype=dtype)
