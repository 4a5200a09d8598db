"""From a run's settings to a compiled model."""

import keras

from tfvgan.data import ClipCache, list_videos
from tfvgan.data.cache import is_cache
from tfvgan.losses import PENALTIES
from tfvgan.runs import phases
from tfvgan.runs.codecs import CODEC, make_codec
from tfvgan.runs.restorers import RESTORER, make_restorer
from tfvgan.tasks import VideoEnlarger, VideoGAN

ENLARGER = "enlarger"
OWN = {  # Settings that mean something to some networks alone.
    "factor": (ENLARGER, RESTORER),
    "recipes": (RESTORER,),
    **dict.fromkeys(
        ("square", "window", "depth", "detail", "begin", *phases.WEIGHTS), (RESTORER, CODEC)
    ),
}
# The last share of training in which learning rates fall.
COOL_DOWN = {"continuous": 0.5, RESTORER: 0.5, CODEC: 0.5}


def make_model(settings):
    """Returns a new model of the task, compiled, for the `Settings` of a run.

    Raises:
        ValueError: when a setting is wrong, there are no videos, or classes are wanted and there
            are not two.
    """
    cool_down(settings)  # It may be no share.
    names = class_names(settings.videos)
    if settings.conditional and len(names) < 2:
        raise ValueError(
            f"To learn classes takes two sub-folders of videos or more, but there is {len(names)}: "
            "sort the videos into sub-folders, or leave `conditional` out."
        )
    model = _preset(settings, len(names) if settings.conditional else 0)
    model.compile(**_compile_arguments(model, settings))
    return model


def _preset(settings, num_classes):
    """Returns the model that the settings name, as its preset compiles it."""
    _check_own(settings)
    if num_classes and settings.network in (ENLARGER, RESTORER, CODEC):
        raise ValueError(
            f'The network "{settings.network}" learns no classes, since the videos that it is '
            "given show them: leave `conditional` out."
        )
    if settings.network == RESTORER:
        return make_restorer(settings)
    if settings.network == CODEC:
        return make_codec(settings)
    chosen = {name: getattr(settings, name) for name in ("width", "factor")}
    arguments = {name: value for name, value in chosen.items() if value is not None}
    arguments.update(frames=settings.frames, size=settings.size, seed=settings.seed)
    if settings.network == ENLARGER:
        return VideoEnlarger.from_preset(**arguments)
    return VideoGAN.from_preset(settings.network, num_classes=num_classes, **arguments)


def _check_own(settings):
    """Raises ValueError when a setting was given that the network has no use for."""
    for name, networks in OWN.items():
        if getattr(settings, name) is not None and settings.network not in networks:
            known = " or ".join(f'"{network}"' for network in networks)
            raise ValueError(
                f"`{name}` is for the network {known} alone, but the network is "
                f'"{settings.network}": leave it out.'
            )


def moments(model):
    """Returns how many frames of each clip the model trains on; None for the whole clip."""
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
    """Returns the share of training in which the learning rates fall, 0 for none.

    Raises:
        ValueError: when it is no share.
    """
    share = COOL_DOWN.get(settings.network, 0.0)
    share = share if settings.cool_down is None else settings.cool_down
    if not 0 <= share <= 1:
        raise ValueError(f"`cool_down` must be from 0 to 1, but is {share!r}.")
    return share


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
    given = {
        "adversarial_loss": settings.loss,
        "moving_average": settings.moving_average,
        "augment": settings.augment,
    }
    arguments.update({name: value for name, value in given.items() if value is not None})
    if settings.penalty is not None:
        if settings.penalty not in PENALTIES:
            raise ValueError(
                f"`penalty` must be one of {', '.join(PENALTIES)}, but is {settings.penalty!r}."
            )
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
