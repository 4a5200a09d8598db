"""From a run's folder, or from what was published of it, back to its model."""

import os
from pathlib import Path

from tfvgan.claims import read_claims
from tfvgan.runs.newest import MODEL, load_newest
from tfvgan.runs.settings import FILE, Settings
from tfvgan.tasks import Sampler
from tfvgan.tasks.alone import alone
from tfvgan.tasks.beside import known_beside
from tfvgan.tasks.loading import load_keras

CLASSES = "classes.json"


def load_run(path):
    """Returns the newest model of a run that makes videos: a compiled `VideoGAN`, or a `Sampler`.

    Args:
        path: the run's folder, a published folder, which holds a generator.keras, or a `.keras`
            file of either. A generator alone gives a `Sampler`.

    Raises:
        ValueError: when there is no model yet, or the file holds something else.
    """
    model = load_model(path)
    if not hasattr(model, "generate"):
        raise ValueError(
            f"`{path}` must hold a VideoGAN or its generator, but holds a {type(model).__name__}: "
            f"give a run's folder, its {MODEL}, or what was published of it."
        )
    return model


def load_model(path):
    """Returns the newest model of a run, of any task: compiled, or a generator that is alone.

    A generator alone is a `Sampler`, an `Enlarger` or a `Restorer`, by what it is.

    Args:
        path: as in `load_run`.

    Raises:
        ValueError: when there is no model yet, or none that this version reads.
    """
    file = Path(path)
    model, file = (load_keras(file), file) if file.is_file() else load_newest(file)
    return alone(model, **known_beside(file))


def load_sampler(model):
    """Returns the `Sampler` of a model, with the names of the classes where they are known.

    Args:
        model: what `load_run` takes, a `VideoGAN`, or a `Sampler`.

    Raises:
        ValueError: as `load_run` does.
    """
    loaded = load_run(model) if isinstance(model, (str, os.PathLike)) else model
    return sampler_of(loaded, model)


def sampler_of(model, place):
    """Returns the `Sampler` of a `VideoGAN`, or of itself, with what is known of it at its place.

    Args:
        model: what `load_run` returned.
        place: the run's folder; anything else tells nothing.
    """
    if isinstance(model, Sampler):
        return model
    sampler = model.sampler
    if isinstance(place, (str, os.PathLike)):
        if Path(place, CLASSES).is_file():
            file = Path(place, CLASSES)
            sampler.class_names = read_claims(file, list[str], "the names of a run's classes")
        if Path(place, FILE).is_file():
            sampler.fps = Settings.load(place).fps
    return sampler
