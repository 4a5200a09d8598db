"""What is added to the discriminator's loss so that its slope stays tame.

A penalty is called with a `critic`, the real and the fake videos, and `draws`:

- `critic(video)` returns logits `(batch, ...)`; `critic.gradient(video)` the gradient of their sum
  over everything but the batch, shaped like the video. Penalties never see a tape. A critic that
  normalises over the batch moves the other clips' logits, too, and their slopes are in the sum.
- `draws.uniform(shape)` and `draws.normal(shape)` return float32 random numbers.

The videos are those that the discriminator is shown: in a game that augments, the augmented ones.
So `grad D` is the slope in what D reads, `grad D(y)` at `y = T(x)`, not `grad D(T(x))` in the video
before the change T, which StyleGAN2-ADA's published code penalises: there, what a cutout hides
weighs nothing, and contrast scales the slope.

It returns a float32 scalar. `every` says at which steps it is computed (lazy regularisation,
Karras et al. 2020, appendix B): at every `every`-th, times `every`, which keeps its mean strength.
"""

from collections.abc import Callable, Sequence
from typing import Any, Self

import keras
from keras import ops


class Penalty:
    """Base: `weight` scales the term, `every` is the number of steps between two of them."""

    def __init__(self, weight: float, every: int = 1):
        if weight < 0 or every < 1:
            raise ValueError(
                f"{type(self).__name__} needs weight >= 0 and every >= 1, "
                f"but got weight={weight} and every={every}."
            )
        self.weight = weight
        self.every = every

    def __call__(
        self, critic: Any, real: keras.KerasTensor, fake: keras.KerasTensor, draws: Any
    ) -> keras.KerasTensor:
        """Returns the penalty, a float32 scalar, before `every` is taken into account."""
        raise NotImplementedError

    def get_config(self) -> dict:
        """Returns the constructor's arguments."""
        return {"weight": self.weight, "every": self.every}

    @classmethod
    def from_config(cls, config: dict) -> Self:
        """Returns the penalty that `get_config` described."""
        return cls(**config)


@keras.saving.register_keras_serializable(package="tfvgan")
class GradientPenalty(Penalty):
    """`weight * E[(|grad D(x)| - 1)^2]` on mixtures of real and fake: WGAN-GP.

    Source: Gulrajani et al. 2017, eq. 3.
    """

    def __init__(self, weight: float = 10.0, every: int = 1):
        super().__init__(weight, every)

    def __call__(
        self, critic: Any, real: keras.KerasTensor, fake: keras.KerasTensor, draws: Any
    ) -> keras.KerasTensor:
        """Returns the penalty; `real` and `fake` have equal shapes `(batch, ...)`."""
        mix = draws.uniform((ops.shape(real)[0], *[1] * (len(real.shape) - 1)))
        gradient = critic.gradient(mix * real + (1.0 - mix) * fake)
        norm = ops.sqrt(_sum_of_squares(gradient) + 1e-12)
        return self.weight * ops.mean(ops.square(norm - 1.0))


@keras.saving.register_keras_serializable(package="tfvgan")
class R1(Penalty):
    """`weight / 2 * E[|grad D(x)|^2]` on real videos, exactly (Mescheder et al. 2018, eq. 9).

    It differentiates twice, which is dear on a CPU: `every=16` costs little, or take
    `FiniteDifference`. `weight` is the paper's gamma.
    """

    def __init__(self, weight: float = 1.0, every: int = 1):
        super().__init__(weight, every)

    def __call__(
        self, critic: Any, real: keras.KerasTensor, fake: keras.KerasTensor, draws: Any
    ) -> keras.KerasTensor:
        """Returns the penalty; `fake` is not read."""
        return 0.5 * self.weight * ops.mean(_sum_of_squares(critic.gradient(real)))


@keras.saving.register_keras_serializable(package="tfvgan")
class FiniteDifference(Penalty):
    """R1 and R2 with first derivatives only: `weight / 2 * E[((D(x + s e) - D(x)) / s)^2]`.

    `e` is standard normal, so for small `s` the expectation over `e` is the squared gradient norm
    that R1 (on real videos) and R2 (on fake ones) penalise (Mescheder et al. 2018, eq. 9 and 10;
    the estimator is Hutchinson's; Lin et al. 2025, arXiv 2501.08316, use the like for R1).

    Args:
        weight: float, the papers' gamma.
        every: int, steps between two penalties.
        scale: float, the standard deviation `s` in units of [-1, 1] videos.
        on: "real" (R1), "fake" (R2) or "both" (their sum).
    """

    def __init__(self, weight: float = 1.0, every: int = 1, scale: float = 0.01, on: str = "both"):
        super().__init__(weight, every)
        if on not in ("real", "fake", "both"):
            raise ValueError(f'`on` must be "real", "fake" or "both", but is {on!r}.')
        self.scale = scale
        self.on = on

    def __call__(
        self, critic: Any, real: keras.KerasTensor, fake: keras.KerasTensor, draws: Any
    ) -> keras.KerasTensor:
        """Returns the penalty; `real` and `fake` are float tensors `(batch, ...)`."""
        sides = {"real": [real], "fake": [fake], "both": [real, fake]}[self.on]
        return 0.5 * self.weight * sum(self._side(critic, side, draws) for side in sides)

    def _side(self, critic, video, draws):
        moved = video + self.scale * draws.normal(ops.shape(video))
        slope = (_per_clip(critic(moved)) - _per_clip(critic(video))) / self.scale
        return ops.mean(ops.square(slope))

    def get_config(self) -> dict:
        """Returns the constructor's arguments."""
        return {**super().get_config(), "scale": self.scale, "on": self.on}


def as_penalties(penalty: Penalty | Sequence[Penalty] | None) -> tuple[Penalty, ...]:
    """Returns a tuple of penalties for one, a list or None.

    Raises:
        ValueError: when something else is among them.
    """
    listed = penalty if isinstance(penalty, (list, tuple)) else [penalty]
    listed = tuple(one for one in listed if one is not None)
    if wrong := [one for one in listed if not isinstance(one, Penalty)]:
        raise ValueError(
            f"`penalty` must be a tfvgan.losses.Penalty or a list of them, but holds {wrong[0]!r}."
        )
    return listed


def total_penalty(
    penalties: Sequence[Penalty],
    step: keras.KerasTensor,
    critic: Callable[..., keras.KerasTensor],
    real: keras.KerasTensor,
    fake: keras.KerasTensor,
    draws: object,
) -> keras.KerasTensor:
    """Returns the sum of the penalties whose turn it is at this step, a float32 scalar.

    Args:
        penalties: tuple of `Penalty`.
        step: int scalar tensor.
        critic: see this module's head, as for `real`, `fake` and `draws`.
    """
    total = ops.zeros(())
    for penalty in penalties:

        def value(penalty=penalty):
            return penalty.every * penalty(critic, real, fake, draws)

        if penalty.every == 1:
            total += value()
        else:
            total += ops.cond(step % penalty.every == 0, value, lambda: ops.zeros(()))
    return total


def _sum_of_squares(gradient):
    gradient = ops.cast(gradient, "float32")
    return ops.sum(ops.square(gradient), axis=tuple(range(1, len(gradient.shape))))


def _per_clip(logits):
    logits = ops.cast(logits, "float32")
    return ops.sum(logits, axis=tuple(range(1, len(logits.shape))))


PENALTIES = {  # By the name that a run is told, at the strength and as often as is usual.
    "none": lambda: None,
    "r1": lambda: R1(every=16),
    "finite_difference": lambda: FiniteDifference(every=4),
    "gradient_penalty": GradientPenalty,
}
