"""What other Keras models take, and a game has no use for: refused in a sentence each."""

import functools
import inspect

INSTEAD = {
    "optimizer": "each player has its own: give `generator_optimizer` and "
    "`discriminator_optimizer`",
    "loss": "players minimise `adversarial_loss`, and the task's terms by their `loss_weights`",
    "weighted_metrics": "batches have no weights: give `metrics`",
    "auto_scale_loss": 'leave it out: `mixed_precision="mixed_float16"` scales both losses',
}
WEIGHTS = ("class_weight", "sample_weight")


def check_compile(given):
    """Returns what is left of the further arguments of `compile`.

    Args:
        given: `{name: value}`.

    Raises:
        ValueError: when one says something that a game would not heed.
    """
    for name, instead in INSTEAD.items():
        if given.get(name) is not None:
            raise ValueError(f"`compile` of a game takes no `{name}`; {instead}.")
    return {name: value for name, value in given.items() if name not in INSTEAD}


def unweighted(method):
    """Returns a method of `keras.Model` that refuses weights of classes and of samples.

    Args:
        method: `fit` or `train_on_batch`.
    """
    signature = inspect.signature(method)

    @functools.wraps(method)
    def called(self, *args, **kwargs):
        given = signature.bind(self, *args, **kwargs).arguments
        for name in WEIGHTS:
            if given.get(name) is not None:
                raise ValueError(
                    f"`{method.__name__}` of a game takes no `{name}`, since a discriminator "
                    "judges all clips alike: show those that matter more often."
                )
        return method(self, *args, **kwargs)

    return called
