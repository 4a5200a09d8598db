"""Loads the model of a run, or of a published folder."""

import os
from pathlib import Path

import keras
import numpy as np

from tfvgan.applications import applications
from tfvgan.claims import read_claims
from tfvgan.runs.newest import MODEL, load_newest
from tfvgan.runs.settings import FILE, Settings
from tfvgan.runs.shipped import model_at
from tfvgan.tasks import Enlarger, Restorer, Sampler, VideoGAN
from tfvgan.tasks.beside import known_beside
from tfvgan.tasks.generation.video_gan import sampler_of
from tfvgan.tasks.loading import ENLARGER, load_keras

CLASSES = "classes.json"


def load_run(path: str | os.PathLike) -> VideoGAN | Sampler:
    """Returns the newest model of a run that makes videos: a compiled `VideoGAN`, or a `Sampler`.

    Args:
        path: the run's folder, a published folder, which holds a generator.keras, or a `.keras`
            file of either; or the name of a model in the package, such as "people". A generator
            alone gives a `Sampler`.

    Raises:
        ValueError: when there is no model yet, or the file holds something else.
    """
    return loaded_for(
        path,
        "a VideoGAN or its generator",
        lambda model: hasattr(model, "generate"),
        f"give a run's folder, its {MODEL}, or what was published of it",
    )


def load_model(path: str | os.PathLike) -> keras.Model | Sampler | Enlarger | Restorer:
    """Returns the newest model of a run, of any task: compiled, or a generator that is alone.

    A generator alone is a `Sampler`, an `Enlarger` or a `Restorer`, by what it is.

    Args:
        path: as in `load_run`.

    Raises:
        ValueError: when there is no model yet, or none that this version reads.
    """
    file = Path(model_at(path))
    model, file = (load_keras(file), file) if file.is_file() else load_newest(file)
    return alone(model, **known_beside(file))


def loaded(model):
    """Returns the model at a place, as `load_model` does; what is no place is one, and stays."""
    return load_model(model) if isinstance(model, (str, os.PathLike)) else model


def loaded_for(model, what, fits, instead, name="", said=None):
    """Returns what a model has of what is asked for: its attribute of that name, or else itself.

    Args:
        model: as in `load_run`; or what was loaded, trained or alone.
        what: text, what it must hold, as errors say it.
        fits: function of what was found that returns whether it is that.
        instead: text, what to do if not.
        name: of what trained models have of that kind.
        said: the model as it was named, where that is another path.

    Raises:
        ValueError: when there is none.
    """
    given = loaded(model)
    found = getattr(given, name, given)
    if not fits(found):
        place = model if said is None else said
        raise ValueError(
            f"`{place}` must hold {what}, but holds a {type(given).__name__}: {instead}."
        )
    return found


def load_stepper(model, kind, name):
    """Returns what makes videos of others, of a model, of a kind.

    Args:
        model: as in `load_run`; or what was loaded, trained or alone.
        kind: class of what is asked for, a `tfvgan.tasks.recurrent.Recurrent`.
        name: of its network, which is that of what a trained model has of that kind, too.

    Raises:
        ValueError: when there is none, or one of another kind.
    """
    given = loaded(model)
    verb = getattr(getattr(given, name, given), "verb", kind.verb)
    if verb != kind.verb:
        raise ValueError(f"`{model}` is no {name}: give it to `tfvgan {verb}`.")
    instead = f'train the network "{name}", or take one of the package'
    return loaded_for(
        given, f"a {name}", lambda found: isinstance(found, kind), instead, name, model
    )


def alone(model, **facts):
    """Returns a network's model for use alone, by the first application that knows it.

    Args:
        model: what was loaded; what is no such network stays as it is.
        **facts: of `tfvgan.tasks.beside.known_beside`.

    Raises:
        ValueError: when a network can't be what it is said to be.
    """
    for application in applications():
        served = application.alone(model, **facts)
        if served is not None:
            return served
    return model


def settings_at(place):
    """Returns the `Settings` of the run in a folder, or of a file in it; None when there are none.

    Args:
        place: a path; anything else, such as a model, has none.
    """
    folder = folder_at(place)
    return Settings.load(folder) if folder is not None and (folder / FILE).is_file() else None


def known_at(place, settings):
    """Returns a run's facts about its videos, `class_names` and `fps`, a dict.

    Args:
        place: as of `settings_at`.
        settings: what that has found there.
    """
    folder, facts = folder_at(place), {}
    if folder is not None and (folder / CLASSES).is_file():
        names = read_claims(folder / CLASSES, list[str], "the names of a run's classes")
        facts["class_names"] = names
    if settings is not None:
        facts["fps"] = settings.fps
    return facts


def folder_at(place):
    """Returns a path's folder: itself, or the one that holds the file; else None."""
    if not isinstance(place, (str, os.PathLike)):
        return None
    path = Path(model_at(place))
    return path.parent if path.is_file() else path


def load_sampler(model: str | os.PathLike | VideoGAN | Sampler) -> Sampler:
    """Returns the `Sampler` of a model, with the names of the classes where they are known.

    Args:
        model: what `load_run` takes, a `VideoGAN`, or a `Sampler`.

    Raises:
        ValueError: as `load_run` does.
    """
    given = load_run(model) if isinstance(model, (str, os.PathLike)) else model
    return sampler_of(given, **known_at(model, settings_at(model)))


def enlarge(run: object, videos: np.ndarray, seed: int = 0) -> np.ndarray:
    """Returns the videos enlarged by the run's enlarger; unchanged if it has none.

    Args:
        run: a run's folder, or the name of a model in the package; anything else, such as a
            `.keras` file or a model, has no enlarger.
        videos: uint8 `(n, t, h, w, 3)` in [0, 255], such as the run's model generates.
        seed: int, chooses among details.

    Raises:
        ValueError: when the enlarger's folder holds no enlarger, or one of videos of another size.
    """
    enlarger = load_enlarger(run)
    return videos if enlarger is None else enlarger.enlarge(videos, seed=seed)


def load_enlarger(run):
    """Returns the `Enlarger` of a run, or None if it has none; see `enlarge`.

    Raises:
        ValueError: when the enlarger's folder holds no model, or one of another kind.
    """
    run = model_at(run)
    if not isinstance(run, (str, os.PathLike)) or not Path(run, ENLARGER).is_dir():
        return None
    return loaded_for(
        Path(run, ENLARGER),
        "an enlarger",
        lambda found: isinstance(found, Enlarger),
        'train the network "enlarger", or rename the folder',
        "enlarger",
    )
