"""What each player minimises, given the discriminator's logits on real and on fake videos.

The game is `min_G max_D V(D, G) = E[log D(x)] + E[log(1 - D(G(z)))]`, with `D = sigmoid(logits)`.
Every loss below is two formulas. Logits have any shape `(batch, ...)`: critics that judge patches
or single frames need no special case. Everything is computed in float32.
"""

from typing import Self

import keras
from keras import ops


class AdversarialLoss:
    """Base: `discriminator(real, fake)` and `generator(real, fake)` return float32 scalars.

    Both are handed the logits on real and on fake videos, tensors `(batch, ...)`; only the
    relativistic game reads the real ones on the generator's turn (`relativistic = True`).

    `boundary` is the logit of a discriminator that can't tell: above it is real, below it fake.
    None says that there is no such logit; then no adaptive augmentation can be had.
    """

    relativistic = False
    boundary = None

    def discriminator(self, real: keras.KerasTensor, fake: keras.KerasTensor) -> keras.KerasTensor:
        """Returns what the discriminator minimises, a float32 scalar."""
        raise NotImplementedError

    def generator(self, real: keras.KerasTensor, fake: keras.KerasTensor) -> keras.KerasTensor:
        """Returns what the generator minimises, a float32 scalar."""
        raise NotImplementedError

    def margin(self, real: keras.KerasTensor, fake: keras.KerasTensor) -> keras.KerasTensor:
        """Returns how far above the boundary the logits on real videos are, shaped like them."""
        return _float(real) - self.boundary

    def get_config(self) -> dict:
        """Returns the constructor's arguments: none."""
        return {}

    @classmethod
    def from_config(cls, config: dict) -> Self:
        """Returns the loss that `get_config` described."""
        return cls(**config)


@keras.saving.register_keras_serializable(package="tfvgan")
class Minimax(AdversarialLoss):
    """`min_G max_D E[log D(x)] + E[log(1 - D(G(z)))]` (Goodfellow et al. 2014, eq. 1).

    Both players' losses are finite for any logit: `-log sigmoid(x) = softplus(-x)`.
    """

    boundary = 0.0

    def discriminator(self, real: keras.KerasTensor, fake: keras.KerasTensor) -> keras.KerasTensor:
        """Returns `-E[log D(x)] - E[log(1 - D(G(z)))]`."""
        return _mean(_softplus(-real)) + _mean(_softplus(fake))

    def generator(self, real: keras.KerasTensor, fake: keras.KerasTensor) -> keras.KerasTensor:
        """Returns `E[log(1 - D(G(z)))]`."""
        return -_mean(_softplus(fake))


@keras.saving.register_keras_serializable(package="tfvgan")
class NonSaturating(Minimax):
    """Minimax, but G maximises `log D(G(z))` (Goodfellow et al. 2014, section 3)."""

    def generator(self, real: keras.KerasTensor, fake: keras.KerasTensor) -> keras.KerasTensor:
        """Returns `-E[log D(G(z))]`."""
        return _mean(_softplus(-fake))


@keras.saving.register_keras_serializable(package="tfvgan")
class LeastSquares(AdversarialLoss):
    """Least-squares GAN with the labels 1 and 0 (Mao et al. 2017, eq. 9)."""

    boundary = 0.5  # Where real and fake videos are alike, the best D is the labels' mean.

    def discriminator(self, real: keras.KerasTensor, fake: keras.KerasTensor) -> keras.KerasTensor:
        """Returns `E[(D(x) - 1)^2] / 2 + E[D(G(z))^2] / 2`."""
        return 0.5 * _mean(_squared(real - 1.0)) + 0.5 * _mean(_squared(fake))

    def generator(self, real: keras.KerasTensor, fake: keras.KerasTensor) -> keras.KerasTensor:
        """Returns `E[(D(G(z)) - 1)^2] / 2`."""
        return 0.5 * _mean(_squared(fake - 1.0))


@keras.saving.register_keras_serializable(package="tfvgan")
class Hinge(AdversarialLoss):
    """Hinge GAN (Lim & Ye 2017; Miyato et al. 2018, eq. 16 and 17)."""

    boundary = 0.0

    def discriminator(self, real: keras.KerasTensor, fake: keras.KerasTensor) -> keras.KerasTensor:
        """Returns `E[max(0, 1 - D(x))] + E[max(0, 1 + D(G(z)))]`."""
        return _mean(_relu(1.0 - real)) + _mean(_relu(1.0 + fake))

    def generator(self, real: keras.KerasTensor, fake: keras.KerasTensor) -> keras.KerasTensor:
        """Returns `-E[D(G(z))]`."""
        return -_mean(fake)


@keras.saving.register_keras_serializable(package="tfvgan")
class Wasserstein(AdversarialLoss):
    """Wasserstein critic; pair it with `GradientPenalty` (Arjovsky et al. 2017, eq. 2 and 3).

    Only differences of its logits mean anything, so there is no boundary. The critic should not
    normalise over the batch, as those of "dcgan" and "vgan" do: the penalty is on the slope of a
    clip's logit in that clip alone (Gulrajani et al. 2017, section 4); "continuous" does not.
    """

    def discriminator(self, real: keras.KerasTensor, fake: keras.KerasTensor) -> keras.KerasTensor:
        """Returns `E[D(G(z))] - E[D(x)]`."""
        return _mean(fake) - _mean(real)

    def generator(self, real: keras.KerasTensor, fake: keras.KerasTensor) -> keras.KerasTensor:
        """Returns `-E[D(G(z))]`."""
        return -_mean(fake)


@keras.saving.register_keras_serializable(package="tfvgan")
class Relativistic(AdversarialLoss):
    """Relativistic pairing GAN, RpGAN (Jolicoeur-Martineau 2018, section 4.1; Huang et al. 2024).

    Each fake is judged against the real video at the same place in the batch. Pair it with R1 and
    R2, without which it need not converge (Huang et al. 2024, section 2): `FiniteDifference`
    estimates both; the exact one is `R1` alone, beside which R2 is `FiniteDifference(on="fake")`.
    """

    relativistic = True
    boundary = 0.0  # Of the differences.

    def margin(self, real: keras.KerasTensor, fake: keras.KerasTensor) -> keras.KerasTensor:
        """Returns how far above the logits on fake videos those on real ones are."""
        return _float(real) - _float(fake)

    def discriminator(self, real: keras.KerasTensor, fake: keras.KerasTensor) -> keras.KerasTensor:
        """Returns `-E[log sigmoid(D(x) - D(G(z)))]`."""
        return _mean(_softplus(-(_float(real) - _float(fake))))

    def generator(self, real: keras.KerasTensor, fake: keras.KerasTensor) -> keras.KerasTensor:
        """Returns `-E[log sigmoid(D(G(z)) - D(x))]`."""
        return _mean(_softplus(-(_float(fake) - _float(real))))


ADVERSARIAL_LOSSES = {
    "minimax": Minimax,
    "non_saturating": NonSaturating,
    "least_squares": LeastSquares,
    "hinge": Hinge,
    "wasserstein": Wasserstein,
    "relativistic": Relativistic,
}


def get(identifier: str | dict | AdversarialLoss) -> AdversarialLoss:
    """Returns the loss of that name; an `AdversarialLoss` passes through.

    Raises:
        ValueError: when there is no loss of that name.
    """
    if isinstance(identifier, AdversarialLoss):
        return identifier
    if identifier not in ADVERSARIAL_LOSSES:
        raise ValueError(
            f"`adversarial_loss` must be an AdversarialLoss or one of "
            f"{', '.join(ADVERSARIAL_LOSSES)}, but is {identifier!r}."
        )
    return ADVERSARIAL_LOSSES[identifier]()


def _float(x):
    return ops.cast(x, "float32")


def _mean(x):
    return ops.mean(_float(x))


def _softplus(x):
    return ops.softplus(_float(x))


def _relu(x):
    return ops.relu(_float(x))


def _squared(x):
    return ops.square(_float(x))
