"""SPyNet: where each pixel of a frame is in another one, from coarse to fine.

Source: Ranjan and Black 2017, Optical Flow Estimation using a Spatial Pyramid Network,
https://arxiv.org/abs/1611.00850, fig. 1, as BasicVSR has it (see `basicvsr`): of six levels, and
with frames resized so that their sides are multiples of 32.
"""

from typing import Any

import keras
import numpy as np
from keras import layers, ops

from tfvgan.layers import warp
from tfvgan.networks.network import Inputs, Network, Signature

LEVELS = 6
COARSEST = 2 ** (LEVELS - 1)  # Pixels of a side that are one of the first level.
WIDTHS = (32, 64, 32, 16, 2)  # Channels behind each of a level's convolutions.
# Mean and standard deviation of ImageNet's colours in [0, 1].
MEAN = (0.485, 0.456, 0.406)
DEVIATION = (0.229, 0.224, 0.225)


@keras.saving.register_keras_serializable(package="tfvgan")
class SpyNet(Network):
    """Maps two batches of frames to the flow from the first to the second, in pixels.

    Reads `{"frame": ..., "other": ...}`, float32 `(batch, h, w, 3)` each, in [0, 1], of known
    sides; returns float32 `(batch, h, w, 2)`, right and down, as `tfvgan.layers.warp` reads it.
    """

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)
        self.convolutions = [
            layers.Conv2D(
                width,
                7,
                padding="same",
                activation="relu" if width != WIDTHS[-1] else None,
                kernel_initializer="zeros",  # The published ones are to come.
                name=f"level_{level}_conv_{number}",
                dtype=self.dtype_policy,
            )
            for level in range(LEVELS)
            for number, width in enumerate(WIDTHS)
        ]
        self.trainable = False

    def signature(self) -> Signature:
        frames = ((None, None, 3), "float32")
        return {"frame": frames, "other": frames}

    def build(self, input_shape: tuple | None = None) -> None:
        """Makes every weight; the shape given is not read."""
        for number, convolution in enumerate(self.convolutions):
            place = number % len(WIDTHS)
            if not convolution.built:  # Of the first two frames and a flow.
                convolution.build((None, None, None, WIDTHS[place - 1] if place else 8))
        self.built = True

    def call(self, inputs: Inputs) -> keras.KerasTensor:
        height, width = inputs["frame"].shape[1:3]
        down, across = (-(-side // COARSEST) * COARSEST for side in (height, width))
        pyramids = [_pyramid(inputs[name], (down, across)) for name in ("frame", "other")]
        flow = ops.zeros_like(pyramids[0][0][..., :2])
        for level, (frame, other) in enumerate(zip(*pyramids, strict=True)):
            flow = 2.0 * _doubled(flow) if level else flow
            x = ops.concatenate([frame, warp(other, flow), flow], axis=-1)
            for convolution in self.convolutions[len(WIDTHS) * level :][: len(WIDTHS)]:
                x = convolution(x)
            flow = flow + x
        if (down, across) == (height, width):
            return flow
        flow = ops.image.resize(flow, (height, width), "bilinear")
        return flow * ops.convert_to_tensor([width / across, height / down], flow.dtype)


def _pyramid(frames, size):
    """Returns frames in the colours that the network knows, the smallest first."""
    if tuple(frames.shape[1:3]) != size:
        frames = ops.image.resize(frames, size, "bilinear")
    made = [(frames - ops.convert_to_tensor(MEAN)) / ops.convert_to_tensor(DEVIATION)]
    for _ in range(LEVELS - 1):
        made.append(ops.average_pool(made[-1], 2))
    return made[::-1]


def _doubled(x):
    """Returns `(n, 2 * h, 2 * w, c)`, bilinear, the corners' middles where they were."""
    for axis in (1, 2):
        count = x.shape[axis]
        places = np.arange(2 * count) * ((count - 1) / (2 * count - 1))
        shares = np.maximum(1 - np.abs(places[:, None] - np.arange(count)), 0).astype("float32")
        x = ops.einsum("yh,nhwc->nywc" if axis == 1 else "xw,nhwc->nhxc", shares, x)
    return x
