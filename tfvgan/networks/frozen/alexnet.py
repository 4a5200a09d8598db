"""AlexNet, up to its last convolution: features of images for LPIPS and per-frame distances.

Source: Krizhevsky 2014, One weird trick for parallelizing convolutional neural networks,
https://arxiv.org/abs/1404.5997, in torchvision's version of it.
"""

from typing import Any

import keras
from keras import layers

from tfvgan.networks.frozen.backbone import Backbone


@keras.saving.register_keras_serializable(package="tfvgan")
class AlexNet(Backbone):
    """Maps images of 31x31 or more to the five convolutions' outputs; see `Backbone`.

    Of an image of 224x224 they are 55x55x64, 27x27x192, 13x13x384, 13x13x256 and 13x13x256.
    """

    channels = (64, 192, 384, 256, 256)
    smallest = 31

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)
        dtype = self.dtype_policy

        def convolution(number, extent, strides=1, padding="same"):
            return layers.Conv2D(
                self.channels[number - 1],
                extent,
                strides,
                padding,
                activation="relu",
                name=f"conv_{number}",
                dtype=dtype,
            )

        def pooling():
            return layers.MaxPooling2D(3, 2, dtype=dtype)

        self.blocks = [
            [layers.ZeroPadding2D(2, dtype=dtype), convolution(1, 11, 4, "valid")],
            [pooling(), convolution(2, 5)],
            [pooling(), convolution(3, 3)],
            [convolution(4, 3)],
            [convolution(5, 3)],
        ]
        self.trainable = False
