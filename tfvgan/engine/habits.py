"""What Keras does for other models, and a game has no use for: refused in a sentence each, or not
done."""

import functools
import inspect

import keras
import tensorflow as tf

INSTEAD = {
    "optimizer": "each player has its own: give `generator_optimizer` and "
    "`discriminator_optimizer`",
    "loss": "players minimise `adversarial_loss`, and the task's terms by their `loss_weights`",
    "weighted_metrics": "batches have no weights: give `metrics`",
    "auto_scale_loss": 'leave it out: `mixed_precision="mixed_float16"` scales both losses',
}
CLIP_WEIGHTS = ("class_weight", "sample_weight")
STEPS_OF = {  # What says how many steps are made of data, by the names of both.
    "fit": {"x": "steps_per_epoch", "validation_data": "validation_steps"},
    "evaluate": {"x": "steps"},
    "predict": {"x": "steps"},
}


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
        arguments = signature.bind(self, *args, **kwargs).arguments
        for name in CLIP_WEIGHTS:
            if arguments.get(name) is not None:
                raise ValueError(
                    f"`{method.__name__}` of a game takes no `{name}`, since a discriminator "
                    "judges all clips alike: show those that matter more often."
                )
        return method(self, *args, **kwargs)

    return called


def ending(method):
    """Returns a method of `keras.Model` that refuses data without end, unless steps are counted.

    Keras would never come to the end of the first epoch.

    Args:
        method: `fit`, `evaluate` or `predict`.
    """
    signature = inspect.signature(method)

    @functools.wraps(method)
    def called(self, *args, **kwargs):
        arguments = signature.bind(self, *args, **kwargs).arguments
        for data, steps in STEPS_OF[method.__name__].items():
            if arguments.get(steps) is None and _has_no_end(arguments.get(data)):
                raise ValueError(
                    f"`{data}` repeats without end, so `{method.__name__}` would never end: give "
                    f"`{steps}`, such as {steps}=250, or clips that do not repeat."
                )
        return method(self, *args, **kwargs)

    return called


def in_its_order(fit):
    """Returns `fit` of `keras.Model`, which asks for no shuffling of data with an order of its own.

    Unless it is told to: it shuffles arrays, and batches that are found by number, and warns that
    it can't shuffle anything else, whoever asked for that.
    """
    signature = inspect.signature(fit)

    @functools.wraps(fit)
    def called(self, *args, **kwargs):
        arguments = signature.bind(self, *args, **kwargs).arguments
        if "shuffle" not in arguments and not _has_no_order(arguments.get("x")):
            kwargs["shuffle"] = False
        return fit(self, *args, **kwargs)

    return called


def _has_no_order(x):
    """Returns whether Keras can shuffle what it is given: arrays, or a `PyDataset`."""
    arrays = all(hasattr(part, "shape") for part in keras.tree.flatten(x))
    return arrays or isinstance(x, keras.utils.PyDataset)


def _has_no_end(data):
    return isinstance(data, tf.data.Dataset) and (
        int(data.cardinality()) == tf.data.INFINITE_CARDINALITY
    )
