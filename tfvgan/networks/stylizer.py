"""A stylizer: the recurrent generator of restorers, told how much of a style it is to paint.

It reads one frame, so that it paints a frame as it comes. Networks of before read its neighbours.

Source: as of `tfvgan.networks.restorer`; the strength as a condition: Babaeizadeh and Ghiasi 2019,
https://arxiv.org/abs/1811.08560, sec. 3.
"""

from collections.abc import Sequence
from typing import Any, Self

import keras

from tfvgan.networks.restorer import RestorerGenerator


@keras.saving.register_keras_serializable(package="tfvgan")
class StylizerGenerator(RestorerGenerator):
    """Maps a video to the same one in a style.

    Reads `{"video": float32 (batch, t, h, w, 3) in [-1, 1], "level": float32 (batch,) in [0, 1]}`,
    the strength of the style; returns float32 `(batch, t, h, w, 3)` in [-1, 1]. With a strength of
    0 that is the video itself. Height and width are multiples of `2 ** folds`.

    Args:
        width, depth, folds, neighbours: as of `RestorerGenerator`.
    """

    def __init__(
        self,
        width: int = 32,
        depth: int = 3,
        folds: int = 2,
        neighbours: bool = False,
        **kwargs: Any,
    ):
        super().__init__(1, width, depth, folds, leveled=True, neighbours=neighbours, **kwargs)

    @classmethod
    def from_config(cls, config: dict, **kwargs: Any) -> Self:
        """Returns the network of a config; earlier ones don't say `neighbours`, and read them."""
        return super().from_config({"neighbours": True, **config}, **kwargs)

    def step(
        self,
        frames: Sequence[keras.KerasTensor],
        state: keras.KerasTensor,
        mask: keras.KerasTensor | None = None,
        level: keras.KerasTensor | None = None,
    ) -> tuple[keras.KerasTensor, keras.KerasTensor]:
        """Returns the frame in its style, and the state for the next step.

        Args:
            frames: three of float32 `(batch, h, w, 3)`, as of `RestorerGenerator.step`.
            state: likewise.
            mask: None; there are no holes here.
            level: float32 `(batch,)`, the strength.
        """
        change, state = self.change(frames, state, mask, level)
        return frames[1] + level[:, None, None, None] * change, state

    def get_config(self) -> dict:
        config = super().get_config()
        return {name: config[name] for name in config.keys() - {"factor", "masked", "leveled"}}
