"""VGG16, up to its last convolution: features of images for LPIPS and perceptual losses.

Source: Simonyan and Zisserman 2015, Very Deep Convolutional Networks for Large-Scale Image
Recognition, https://arxiv.org/abs/1409.1556, table 1, column D.
"""

from typing import Any

import keras
from keras import layers

from tfvgan.networks.frozen.backbone import Backbone


@keras.saving.register_keras_serializable(package="tfvgan")
class VGG16(Backbone):
    """Maps images of 16x16 or more to the last outputs at each of five sizes; see `Backbone`.

    The sizes are that of the image, and its half, quarter, eighth and sixteenth, rounded down.
    """

    channels = (64, 128, 256, 512, 512)
    smallest = 16

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)
        dtype = self.dtype_policy
        for level, (filters, depth) in enumerate(zip(self.channels, (2, 2, 3, 3, 3), strict=True)):
            pooling = [layers.MaxPooling2D(2, dtype=dtype)] if level else []
            convolutions = [
                layers.Conv2D(
                    filters,
                    3,
                    padding="same",
                    activation="relu",
                    name=f"conv_{level + 1}_{number + 1}",
                    dtype=dtype,
                )
                for number in range(depth)
            ]
            self.blocks.append(pooling + convolutions)
        self.trainable = False
