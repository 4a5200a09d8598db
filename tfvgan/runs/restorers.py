"""A run of the network "restorer": its model, what that is, and the batches that it learns from."""

import os
from pathlib import Path

from tfvgan.data.pairs import pairs
from tfvgan.runs.phases import first_phase, go_on
from tfvgan.runs.settings import FILE, Settings
from tfvgan.tasks import Enhancer, Restorer, VideoRestorer

RESTORER = "restorer"
CODED = "coded"  # The recipe by which codecs are trained.
SQUARE = 128
FACTOR = 2


def make_restorer(settings):
    """Returns a compiled `VideoRestorer`: new, or one that begins where another run ended.

    Args:
        settings: `Settings`.

    Raises:
        ValueError: when the other run is none of a restorer, or of one with other numbers.
    """
    learnt = recipes(settings)
    square, factor = settings.square or SQUARE, settings.factor or FACTOR
    numbers = {"masked": "holes" in learnt, "leveled": bool({"noisy", CODED} & set(learnt))}
    given = {"width": settings.width, "depth": settings.depth}
    numbers |= {name: value for name, value in given.items() if value is not None}
    first = first_phase(settings, VideoRestorer, RESTORER)
    if first is None:
        return VideoRestorer.from_preset(square, factor, settings.seed, **numbers)
    return go_on(first, settings, square, RESTORER, factor=factor, **numbers)


def recipes(settings):
    """Returns the recipes of a run, a list.

    Raises:
        ValueError: when holes are among others: who fills holes changes nothing else; or when a
            network would be told two things by one number.
    """
    given = settings.recipes or "clean"
    given = [given] if isinstance(given, str) else list(given)
    if "holes" in given and len(given) > 1:
        raise ValueError(
            f"`recipes` must be holes alone, or others, but are {', '.join(given)}: train two "
            "restorers."
        )
    if {"noisy", CODED} <= set(given):
        raise ValueError(
            "`recipes` must be one of noisy and coded, but are both, and a restorer is told the "
            "strength of one: train two restorers."
        )
    return given


def learnt(run):
    """Returns the recipes of a run, of its folder or a model in it; none when it is not known."""
    if isinstance(run, (str, os.PathLike)):
        for folder in (Path(run), Path(run).parent):
            if (folder / FILE).is_file():
                return recipes(Settings.load(folder))
    return []


def is_codec(model, run):
    """Returns whether a restorer is a codec's network: it is an `Enhancer`, or learned to be one.

    Args:
        model: `Restorer` or what has one.
        run: where it was loaded from, or the model itself.
    """
    restorer = getattr(model, "restorer", model)
    if isinstance(restorer, Enhancer):
        return True
    return isinstance(restorer, Restorer) and restorer.factor == 1 and CODED in learnt(run)


def restorer_batches(clips_from, settings, start):
    """Returns the batches that a restorer reads, made of those of clips.

    Args:
        clips_from: function from a number of batches to the data set of `tfvgan.data.clips` without
            these first ones.
        settings: `Settings`.
        start: int, batches of the restorer to leave out.
    """
    square, factor = settings.square or SQUARE, settings.factor or FACTOR
    return squares(clips_from, settings, start, recipes(settings), square, factor)


def squares(clips_from, settings, start, recipes, size, factor):
    """Returns the batches of `tfvgan.data.pairs` from one on, in windows of the settings.

    Args:
        clips_from, settings, start: as of `restorer_batches`.
        recipes, size, factor: as of `pairs`.
    """
    left, rest = divmod(start, settings.frames // (settings.window or settings.frames) or 1)
    how = {"seed": settings.seed, "start": left, "window": settings.window}
    return pairs(clips_from(left), recipes, size, factor, **how).skip(rest)
