"""DiffAugment for video: what the discriminator sees is changed, real and fake alike.

Sources: Zhao et al. 2020, "Differentiable Augmentation for Data-Efficient GAN Training", section 3;
Karras et al. 2020, "Training Generative Adversarial Networks with Limited Data" (ADA), section 3.
Every clip gets one draw for all of its frames; drawing anew for each frame would make flicker look
real.
"""

from typing import Self

import keras
from keras import ops

from tfvgan.engine.draws import Draws

POLICIES = ("color", "translation", "cutout")
LARGEST_PROBABILITY = 0.8  # the largest probability of an adaptive augmentation


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

    adaptive = False  # Whether the game counts how often clips are changed; see AdaptiveAugment.

    def __init__(self, policy: str = "color,translation,cutout"):
        self.policy = policy
        self._names = [name.strip() for name in policy.split(",")]
        if unknown := sorted(set(self._names) - set(POLICIES)):
            raise ValueError(
                f"`policy` may name {', '.join(POLICIES)}, but names {', '.join(unknown)}."
            )

    def __call__(
        self, video: keras.KerasTensor, draws: Draws, p: keras.KerasTensor | None = None
    ) -> keras.KerasTensor:
        """Returns the changed video.

        Args:
            video: float32 `(batch, frames, height, width, 3)` in [-1, 1].
            draws: gives the random numbers, `uniform(shape, low, high)` and `integers(...)`.
            p: float32 scalar, the probability with which a clip gets each of the changes,
                independently; None makes them all to every clip.
        """
        for name in self._names:
            changed = getattr(self, f"_{name}")(video, draws)
            if p is not None:
                chosen = draws.uniform((ops.shape(video)[0], 1, 1, 1, 1)) < p
                changed = ops.where(chosen, changed, video)
            video = changed
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

    def get_config(self) -> dict:
        """Returns the constructor's arguments."""
        return {"policy": self.policy}

    @classmethod
    def from_config(cls, config: dict) -> Self:
        """Returns the augmentation that `get_config` described."""
        return cls(**config)


@keras.saving.register_keras_serializable(package="tfvgan")
class AdaptiveAugment(DiffAugment):
    """DiffAugment that changes a share p of the clips, as much as the discriminator overfits.

    A discriminator that has learnt its few real clips by heart is sure of them: r = E[sign(D(x) -
    b)] nears 1, where b is the loss's boundary between real and fake. So p rises while r is above
    `target` and falls while it is below (ADA, section 3):

        p <- clip(p + (r - target) / (1 - target) * batch / clips, 0, 0.8)

    ADA steps by a constant towards the sign of r - target, and takes r over 256 images. This step
    is as long where r is 1; being linear in r it comes to rest at r = target for batches of any
    size, of which nothing has to be gathered. Above 0.8 changes leak into what is generated (ADA,
    section 2.2). The model that plays the game keeps p, which begins at 0.

    Args:
        policy: as of `DiffAugment`.
        target: float in [0, 1), what r is kept at.
        clips: int, how many real clips a sure discriminator is shown while p rises by 1; ADA takes
            500,000 for networks that learn from nothing, and 100,000 for trained ones.

    Raises:
        ValueError: when the policy names something else, or a number is out of its range.
    """

    adaptive = True

    def __init__(
        self, policy: str = "color,translation,cutout", target: float = 0.6, clips: int = 100_000
    ):
        super().__init__(policy)
        if not 0 <= target < 1:
            raise ValueError(f"`target` must be in [0, 1), but is {target!r}.")
        if clips < 1:
            raise ValueError(f"`clips` must be 1 or more, but is {clips!r}.")
        self.target = target
        self.clips = clips

    def adapt(
        self, p: keras.KerasTensor, margin: keras.KerasTensor, shown: keras.KerasTensor
    ) -> keras.KerasTensor:
        """Returns the next p, float32 scalar.

        Args:
            p: float32 scalar, the probability so far.
            margin: float32 `(batch, ...)`, of the loss: how far above its boundary the logits of
                real clips are, as these were shown.
            shown: how many clips these were.
        """
        r = ops.mean(ops.sign(margin))
        step = (r - self.target) / (1 - self.target) * ops.cast(shown, "float32") / self.clips
        return ops.clip(p + step, 0.0, LARGEST_PROBABILITY)

    def get_config(self) -> dict:
        """Returns the constructor's arguments."""
        return {**super().get_config(), "target": self.target, "clips": self.clips}


def get_augmentation(identifier):
    """Returns the augmentation of a policy, "adaptive" being `AdaptiveAugment()`.

    None and instances pass through.
    """
    if identifier is None or isinstance(identifier, DiffAugment):
        return identifier
    return AdaptiveAugment() if identifier == "adaptive" else DiffAugment(identifier)


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
