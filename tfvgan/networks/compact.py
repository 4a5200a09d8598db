"""A restorer for footage without detail: the compact network of Real-ESRGAN, made recurrent.

Frames are halved, which takes nothing from what is blurred or was enlarged once; a chain of
convolutions at that size then makes pixels of channels. It is wide enough to begin with the
published weights of realesr-animevideov3: `begun_from` takes these over, and what it reads beside
the frame, its neighbours and the state of the step before, begins with weights of 0.

Source: Wang et al. 2021, Real-ESRGAN, https://arxiv.org/abs/2107.10833, whose code,
https://github.com/xinntao/Real-ESRGAN, has the network as SRVGGNetCompact; the state as of
`tfvgan.networks.restorer`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Self

import keras
import numpy as np
from keras import layers, ops

from tfvgan.layers import depth_to_space, half_sized, nearest
from tfvgan.networks.begun import BegunGenerator, published

GAIN = 16.0  # Of the last features, which are small: the state has to tell something.


@keras.saving.register_keras_serializable(package="tfvgan")
class CompactGenerator(BegunGenerator):
    """Maps footage without detail to video, `factor` times as large; see `RestorerGenerator`.

    Reads `{"video": float32 (batch, t, h, w, 3) in [-1, 1]}`; returns float32 `(batch, t, factor *
    h, factor * w, 3)` in about [-1, 1]. Height and width are even. Before it has learnt anything
    its frames are the halved ones with large pixels.

    Args:
        factor: how many times as large, 1 or 2.
        width: channels, of the hidden state too.
        depth: convolutions between the first and the last.

    Raises:
        ValueError: when there is no such factor.
    """

    def __init__(self, factor: int = 2, width: int = 64, depth: int = 16, **kwargs: Any):
        super().__init__(factor, width, depth, folds=1, factors=(1, 2), **kwargs)
        dtype = {"dtype": self.dtype_policy}
        conv = {"padding": "same", **dtype}
        self.stem = layers.Conv2D(width, 3, **conv)
        self.chain = [layers.Conv2D(width, 3, **conv) for _ in range(depth)]
        slope = keras.initializers.Constant(0.25)
        self.slopes = [layers.PReLU(slope, shared_axes=[1, 2], **dtype) for _ in range(depth + 1)]
        self.head = layers.Conv2D(3 * (2 * factor) ** 2, 3, kernel_initializer="zeros", **conv)

    @classmethod
    def begun_from(cls, arrays: Mapping[str, np.ndarray], factor: int = 2) -> Self:
        """Returns a network that makes of each frame what a published one makes of the halved one.

        Args:
            arrays: weights of "realesr_animevideov3_x4" or its like, by the names that
                `tfvgan.weights.load` has them by.
            factor: 2; or 1, and the published one enlarges by 2.

        Raises:
            ValueError: when the weights are not those of such a network.
        """
        kernels, biases, slopes = published(arrays, "_kernel", "_bias", "_slope")
        side = 2 * factor
        if len(kernels) != len(slopes) + 1 or kernels[-1].shape[-1] != 3 * side**2:
            raise ValueError(
                f"`arrays` must be the weights of a compact network that enlarges {side} times, "
                f"but are {len(kernels)} convolutions and {len(slopes)} slopes."
            )
        network = cls(factor, kernels[0].shape[-1], len(slopes) - 1)
        network.build()
        network.begin([network.stem, *network.chain, network.head], kernels, biases)
        for layer, slope in zip(network.slopes, slopes, strict=True):
            layer.alpha.assign(slope.reshape(layer.alpha.shape))
        return network

    @property
    def numbers(self) -> str:
        """What it is made from, in words."""
        return f"{self.width} channels, {self.depth + 2} convolutions, on halved frames"

    def paint(
        self, frames: Sequence[keras.KerasTensor], state: keras.KerasTensor
    ) -> tuple[keras.KerasTensor, keras.KerasTensor]:
        """Returns the large frame, float32 in about [0, 1], and the state after it."""
        before, now, after = (0.5 + 0.5 * half_sized(frame) for frame in frames)
        inputs = [now, before, after, state]
        x = ops.concatenate([ops.cast(each, self.compute_dtype) for each in inputs], axis=-1)
        for convolution, slope in zip([self.stem, *self.chain], self.slopes, strict=True):
            x = slope(convolution(x))
        state = ops.cast(ops.tanh(GAIN * x), "float32")
        side = 2 * self.factor
        large = depth_to_space(ops.cast(self.head(x), "float32"), side)
        return nearest(now, side) + large, state
