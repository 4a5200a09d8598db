"""DiffAugment for video: what the discriminator sees is changed, real and fake alike.

Source: Zhao et al. 2020, "Differentiable Augmentation for Data-Efficient GAN Training", section 3.
Every clip gets one draw for all of its frames; drawing anew for each frame would make flicker look
real.
"""

import keras
from keras import ops

POLICIES = ("color", "translation", "cutout")


@keras.saving.register_keras_serializable(package="tfvgan")
class DiffAugment:
    """Random differentiable changes of whole clips.

    Args:
        policy: names from "color" (brightness, saturation, contrast), "translation" (up to 1/8 of
            the side, grey comes in) and "cutout" (a grey square of half the side), separated by
            commas.

    Raises:
        ValueError: when the policy names something else.
    """

    def __init__(self, policy="color,translation,cutout"):
        self.policy = policy
        self._names = [name.strip() for name in policy.split(",")]
        if unknown := sorted(set(self._names) - set(POLICIES)):
            raise ValueError(
                f"`policy` may name {', '.join(POLICIES)}, but names {', '.join(unknown)}."
            )

    def __call__(self, video, draws):
        """Returns the changed video.

        Args:
            video: float32 `(batch, frames, height, width, 3)` in [-1, 1].
            draws: gives the random numbers, `uniform(shape, low, high)` and `integers(...)`.
        """
        for name in self._names:
            video = getattr(self, f"_{name}")(video, draws)
        return video

    def _color(self, video, draws):
        one_a_clip = (ops.shape(video)[0], 1, 1, 1, 1)
        video = video + draws.uniform(one_a_clip, -0.5, 0.5)
        grey = ops.mean(video, axis=-1, keepdims=True)
        video = grey + (video - grey) * draws.uniform(one_a_clip, 0.0, 2.0)
        level = ops.mean(video, axis=(1, 2, 3, 4), keepdims=True)
        return level + (video - level) * draws.uniform(one_a_clip, 0.5, 1.5)

    def _translation(self, video, draws):
        batch, _, height, width, _ = ops.shape(video)
        down = _shift(batch, height, draws)
        right = _shift(batch, width, draws)
        video = ops.einsum("byk,btkwc->btywc", down, video)
        return ops.einsum("bxk,bthkc->bthxc", right, video)

    def _cutout(self, video, draws):
        batch, _, height, width, _ = ops.shape(video)
        rows = _hole(batch, height, draws)
        columns = _hole(batch, width, draws)
        hole = rows[:, None, :, None, None] * columns[:, None, None, :, None]
        return video * (1.0 - hole)

    def get_config(self):
        """Returns the constructor's arguments."""
        return {"policy": self.policy}

    @classmethod
    def from_config(cls, config):
        """Returns the augmentation that `get_config` described."""
        return cls(**config)


def get(identifier):
    """Returns a `DiffAugment` for a policy; None and instances pass through."""
    if identifier is None or isinstance(identifier, DiffAugment):
        return identifier
    return DiffAugment(identifier)


def _shift(batch, side, draws):
    """Returns matrices `(batch, side, side)` that move pixels by up to side / 8 either way."""
    most = side // 8
    move = draws.integers((batch, 1), 2 * most + 1) - most
    return ops.one_hot(ops.arange(side, dtype="int32")[None] - move, side, dtype="float32")


def _hole(batch, side, draws):
    """Returns `(batch, side)`: 1 where a hole of side / 2, anywhere, covers the pixel."""
    centre = draws.integers((batch, 1), side + 1)
    distance = ops.arange(side, dtype="int32")[None] - centre
    inside = ops.logical_and(distance >= -(side // 4), distance < side - side // 2 - side // 4)
    return ops.cast(inside, "float32")
