"""What AlexNet and VGG16 share: images in, the feature maps along the way out."""

from typing import Any

import keras
from keras import ops

from tfvgan.networks.network import Network, Signature

# Mean and standard deviation of ImageNet's colours, for images in [-1, 1].
# Source: https://github.com/richzhang/PerceptualSimilarity, `ScalingLayer`.
CHANNEL_MEAN = (-0.030, -0.088, -0.188)
CHANNEL_DEVIATION = (0.458, 0.448, 0.450)


class Backbone(Network):
    """Maps images to a list of feature maps, float32 `(batch, height, width, channels)` each.

    Reads float32 `(batch, height, width, 3)` in [-1, 1]. A subclass sets `blocks`, lists of layers
    whose ends are given out, `channels`, those of each end, and `smallest`, the least height and
    width that leave something to look at.

    Raises:
        ValueError: when an image is smaller than `smallest`.
    """

    channels = ()
    smallest = 1

    def __init__(self, dtype: str = "float32", **kwargs: Any):
        super().__init__(dtype=dtype, **kwargs)
        self.blocks = []

    def signature(self) -> Signature:
        return {"images": ((None, None, 3), "float32")}

    def call(self, images: keras.KerasTensor) -> list[keras.KerasTensor]:
        sides = [side for side in images.shape[1:3] if side is not None]
        if min(sides, default=self.smallest) < self.smallest:
            raise ValueError(
                f"`{type(self).__name__}` reads images of {self.smallest}x{self.smallest} or more, "
                f"but was given {'x'.join(map(str, images.shape[1:3]))}: enlarge them."
            )
        x = (images - ops.array(CHANNEL_MEAN, images.dtype)) / ops.array(
            CHANNEL_DEVIATION, images.dtype
        )
        maps = []
        for block in self.blocks:
            for layer in block:
                x = layer(x)
            maps.append(x)
        return maps
