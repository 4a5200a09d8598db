"""A restorer of much detail: the network of SPAN, made recurrent.

Blocks of three convolutions, in which what a block makes also says how much of it counts; what the
first, and the last of them have seen comes together, and pixels are made of channels. It is wide
enough to begin with the published weights of span_x2 and span_x4: `begun_from` takes these over,
and what it reads beside the frame, its neighbours and the state of the step before, begins with
weights of 0.

Source: Wan et al. 2024, SPAN, https://arxiv.org/abs/2311.12770, sec. 3; the state as of
`tfvgan.networks.restorer`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Self

import keras
import numpy as np
from keras import layers, ops

from tfvgan.layers import depth_to_space
from tfvgan.networks.begun import BegunGenerator, published

LEVELS = 255.0  # The published weights read colours in levels.
SEEN = 8.0  # Here they are read as so much: features are of about 1, and a step's change is small.


@keras.saving.register_keras_serializable(package="tfvgan")
class SpanGenerator(BegunGenerator):
    """Maps a degraded video to a restored one, `factor` times as large; see `RestorerGenerator`.

    Reads `{"video": float32 (batch, t, h, w, 3) in [-1, 1]}`; returns float32 `(batch, t, factor *
    h, factor * w, 3)` in about [-1, 1]. Before it has learnt anything its frames are black.

    Args:
        factor: how many times as large, 2 or 4.
        width: channels, of the hidden state too.
        depth: blocks, of three convolutions each.
        grey: what is taken from the colours of a frame, in [0, 1]: the mean of what it learnt from.

    Raises:
        ValueError: when there is no such factor.
    """

    def __init__(
        self,
        factor: int = 2,
        width: int = 48,
        depth: int = 6,
        grey: Sequence[float] = (0.4488, 0.4371, 0.4040),
        **kwargs: Any,
    ):
        super().__init__(factor, width, depth, folds=0, factors=(2, 4), **kwargs)
        self.grey = tuple(float(each) for each in grey)
        conv = {"padding": "same", "dtype": self.dtype_policy}
        self.stem = layers.Conv2D(width, 3, **conv)
        self.chain = [layers.Conv2D(width, 3, **conv) for _ in range(3 * depth)]
        self.last = layers.Conv2D(width, 3, **conv)
        self.together = layers.Conv2D(width, 1, **conv)
        self.head = layers.Conv2D(3 * factor**2, 3, kernel_initializer="zeros", **conv)

    @classmethod
    def begun_from(cls, arrays: Mapping[str, np.ndarray]) -> Self:
        """Returns a network that makes of each frame what a published one makes of it.

        Args:
            arrays: weights of "span_x2_ch48" or its like, by the names that `tfvgan.weights.load`
                has them by.

        Raises:
            ValueError: when the weights are not those of such a network.
        """
        kernels, biases = published(arrays, "_kernel", "_bias")
        greys = [arrays[name] for name in arrays if name.startswith("constant_")]
        depth, over = divmod(len(kernels) - 4, 3)
        if over or depth < 1 or len(greys) != 1 or kernels[-2].shape[:2] != (1, 1):
            raise ValueError(
                "`arrays` must be the weights of SPAN, a grey and four convolutions beside three a "
                f"block, but are {len(greys)} greys and {len(kernels)} convolutions."
            )
        factor = round((kernels[-1].shape[-1] / 3) ** 0.5)
        network = cls(factor, kernels[0].shape[-1], depth, greys[0].ravel())
        network.build()
        inside = [network.stem, *network.chain, network.last, network.together, network.head]
        network.begin(inside, kernels, biases, LEVELS / SEEN)
        return network

    @property
    def numbers(self) -> str:
        """What it is made from, in words."""
        return f"{self.width} channels, {self.depth} blocks of three convolutions"

    def paint(
        self, frames: Sequence[keras.KerasTensor], state: keras.KerasTensor
    ) -> tuple[keras.KerasTensor, keras.KerasTensor]:
        """Returns the large frame, float32 in about [0, 1], and the state after it."""
        grey = np.array(self.grey, "float32")
        before, now, after = (SEEN * (0.5 + 0.5 * each - grey) for each in frames)
        inputs = [now, before, after, state]
        x = ops.concatenate([ops.cast(each, self.compute_dtype) for each in inputs], axis=-1)
        seen = x = self.stem(x)
        kept = []
        for one, two, three in zip(*(self.chain[n::3] for n in range(3)), strict=True):
            begun = _swish(one(x))
            made = three(_swish(two(begun)))
            x = (made + x) * (ops.sigmoid(made) - 0.5)
            kept.append((x, begun))
        # What the first block made, and what the last one began with, are looked at once more.
        beside = [kept[0][0], kept[-1][1]]
        x = self.together(ops.concatenate([seen, self.last(x), *beside], axis=-1))
        state = ops.cast(ops.tanh(x), "float32")
        return depth_to_space(ops.cast(self.head(x), "float32"), self.factor), state

    def get_config(self) -> dict:
        return {**super().get_config(), "grey": self.grey}


def _swish(x):
    # Not ops.silu: TensorFlow's has a gradient of its own, with which no SavedModel can be loaded.
    return x * ops.sigmoid(x)
