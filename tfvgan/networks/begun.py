"""A restorer's generator that is wide enough to begin with published weights.

What it reads beside the frame, its neighbours and the state of the step before, begins with weights
of 0: at first it makes of each frame what the published network makes of it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import keras
import numpy as np
from keras import layers

from tfvgan.layers import bicubic
from tfvgan.networks.network import check_width
from tfvgan.networks.restorer import RestorerGenerator


class BegunGenerator(RestorerGenerator):
    """What such networks have in common; a subclass makes the layers, and answers `paint`.

    Args:
        factor: how many times as large frames become.
        width: channels, of the hidden state too.
        depth: how many of what repeats.
        folds: how many times 2 x 2 pixels stand for one of the state's.
        factors: those that there are.

    Raises:
        ValueError: when there is no such factor.
    """

    def __init__(
        self, factor: int, width: int, depth: int, folds: int, factors: Sequence[int], **kwargs: Any
    ):
        super(RestorerGenerator, self).__init__(**kwargs)  # Its layers are others.
        check_width(width)
        if factor not in factors:
            *first, last = factors
            known = f"{', '.join(map(str, first))} or {last}"
            raise ValueError(f"`factor` must be {known}, but is {factor!r}.")
        self.factor, self.width, self.depth, self.folds = factor, width, depth, folds
        self.masked, self.leveled, self.neighbours = False, False, True

    def paint(
        self, frames: Sequence[keras.KerasTensor], state: keras.KerasTensor
    ) -> tuple[keras.KerasTensor, keras.KerasTensor]:
        """Returns the large frame, float32 in about [0, 1], and the state after it.

        Args:
            frames, state: as of `RestorerGenerator.step`.
        """
        raise NotImplementedError

    def change(
        self,
        frames: Sequence[keras.KerasTensor],
        state: keras.KerasTensor,
        mask: keras.KerasTensor | None = None,
        level: keras.KerasTensor | None = None,
    ) -> tuple[keras.KerasTensor, keras.KerasTensor]:
        """Returns what is added to the enlarged frame, and the state; it is told no more.

        Args:
            frames, state: as of `RestorerGenerator.step`.
            mask, level: None.
        """
        made, state = self.paint(frames, state)
        return 2.0 * made - 1.0 - bicubic(frames[1], self.factor), state

    def begin(
        self,
        convolutions: Sequence[layers.Conv2D],
        kernels: Sequence[np.ndarray],
        biases: Sequence[np.ndarray],
        unit: float = 1.0,
    ) -> None:
        """Takes over published weights of convolutions, in the order in which a frame meets them.

        Args:
            convolutions: of this network, built; the first one reads more than the frame.
            kernels, biases: of the published one.
            unit: how many of its units of colour one of this network's is.
        """
        first = np.zeros(convolutions[0].kernel.shape, "float32")
        first[:, :, :3] = unit * kernels[0].astype("float32")
        # A file's channels are a colour's square, then the next one's; here it is a pixel's.
        order = np.arange(kernels[-1].shape[-1]).reshape(3, -1).T.ravel()
        kernels = [first, *kernels[1:-1], kernels[-1][..., order]]
        biases = [*biases[:-1], biases[-1][order]]
        for layer, kernel, bias in zip(convolutions, kernels, biases, strict=True):
            layer.kernel.assign(kernel)
            layer.bias.assign(bias)

    def get_config(self) -> dict:
        config = super().get_config()
        told = {"masked", "leveled", "neighbours", "folds"}
        return {name: config[name] for name in config.keys() - told}


def published(arrays: Mapping[str, np.ndarray], *ends: str) -> list[list[np.ndarray]]:
    """Returns of each ending the arrays whose names end so, in the order of their steps.

    Args:
        arrays: by the names that `tfvgan.weights.load` has them by, such as "convolution_3_kernel".
        *ends: such as "_kernel".
    """
    found = []
    for end in ends:
        names = [name for name in arrays if name.endswith(end)]
        names.sort(key=lambda name: int(name.split("_")[-2]))
        found.append([arrays[name] for name in names])
    return found
