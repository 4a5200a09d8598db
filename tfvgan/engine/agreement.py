"""What goes together in a game: augmentation, loss, penalties and networks."""

import logging

import keras

from tfvgan.losses import GradientPenalty, Wasserstein

NORMALISED = (
    "The critic normalises over the batch, so that a clip's logit depends on the clips beside it: "
    "the Wasserstein game and its gradient penalty are for critics that don't (Gulrajani et al. "
    '2017, section 4), such as that of "continuous".'
)


def refusal(task, augment, loss):
    """Returns the sentence why a task can't be augmented so; None where it can.

    Args:
        task: `AdversarialModel`.
        augment: `DiffAugment`, or None.
        loss: `tfvgan.losses.AdversarialLoss`.
    """
    if augment is None:
        return None
    if not task.augmentable:
        return (
            f"`augment` would move the videos of a {type(task).__name__} away from what they are "
            "made of: leave it out."
        )
    if augment.adaptive and loss.boundary is None:
        return (
            "An adaptive `augment` counts the real clips above the boundary between real and fake, "
            f"but logits of {type(loss).__name__} have none: name a policy, such as "
            '"color,translation,cutout", or another loss.'
        )
    return None


def check_critic(discriminator, loss, penalties):
    """Warns when the logit of a clip should depend on that clip alone, and does not.

    Args:
        discriminator: `keras.Model`.
        loss: `tfvgan.losses.AdversarialLoss`.
        penalties: of `tfvgan.losses.as_penalties`.
    """
    alone = any(isinstance(one, (Wasserstein, GradientPenalty)) for one in (loss, *penalties))
    layers = discriminator._flatten_layers() if alone else ()
    if any(isinstance(layer, keras.layers.BatchNormalization) for layer in layers):
        logging.getLogger("tfvgan").warning(NORMALISED)
