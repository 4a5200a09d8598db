"""From a run's settings to a compiled model."""

import keras

from tfvgan.applications import application
from tfvgan.data import ClipCache, list_videos
from tfvgan.data.cache import is_cache
from tfvgan.losses import PENALTIES
from tfvgan.runs.loading import load_model


def make_model(settings):
    """Returns a new model of the task, compiled, for the `Settings` of a run.

    Raises:
        ValueError: when a setting is wrong, there are no videos, or classes are wanted and there
            are not two.
    """
    names = class_names(settings.videos)
    if settings.conditional and len(names) < 2:
        raise ValueError(
            f"To learn classes takes two sub-folders of videos or more, but there is {len(names)}: "
            "sort the videos into sub-folders, or leave `conditional` out."
        )
    num_classes = len(names) if settings.conditional else 0
    model = application(settings.network).make(settings, num_classes, load_model)
    model.compile(**_compile_arguments(model, settings))
    return model


def moments(model):
    """Returns the number of frames of each clip in training; None for the whole clip."""
    read = model.discriminator.signature()
    return read["video"][0][0] if "times" in read else None


def shown(model, batch):
    """Returns what `Preview` is to show of a model: None, what it generates; or what it makes of
    the first few videos of a batch, of whole clips."""
    if not hasattr(model, "before_and_after"):
        return None
    few = {name: tensor[:4] for name, tensor in batch.items()}
    return lambda model: model.before_and_after(few)


def cool_down(settings):
    """Returns the share of training in which the learning rates fall, 0 for none."""
    if settings.cool_down is not None:
        return settings.cool_down
    return application(settings.network).cool_down(settings.network)


def class_names(videos):
    """Returns the names of the classes among the videos, in the order of their labels."""
    if is_cache(videos):
        return list(ClipCache.open(videos).class_names)
    return [
        name for _, name in sorted({(file.label, file.class_name) for file in list_videos(videos)})
    ]


def _compile_arguments(model, settings):
    """Returns the arguments of `compile`: what was asked for, and else the preset's."""
    arguments = keras.saving.deserialize_keras_object(model.get_compile_config())
    if settings.learning_rate is not None:
        for name in ("generator_optimizer", "discriminator_optimizer"):
            config = {**arguments[name].get_config(), "learning_rate": settings.learning_rate}
            arguments[name] = type(arguments[name]).from_config(config)
    chosen = {
        "adversarial_loss": settings.loss,
        "moving_average": settings.moving_average,
        "augment": settings.augment,
    }
    arguments.update({name: value for name, value in chosen.items() if value is not None})
    if settings.penalty is not None:
        arguments["penalty"] = PENALTIES[settings.penalty]()
    if settings.penalty_weight is not None:
        arguments["penalty"] = _weighted(arguments["penalty"], settings.penalty_weight)
    return arguments


def _weighted(penalty, weight):
    """Returns the penalty with another weight."""
    if penalty is None:
        raise ValueError(
            f"`penalty_weight` is {weight!r}, but there is no penalty: name one as `penalty`."
        )
    return type(penalty).from_config({**penalty.get_config(), "weight": weight})
