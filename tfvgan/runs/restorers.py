"""A run of the network "restorer": its model, and the batches that it learns from."""

from tfvgan.data.pairs import pairs
from tfvgan.runs.loading import load_model
from tfvgan.tasks import VideoRestorer

RESTORER = "restorer"
SQUARE = 128
FACTOR = 2


def make_restorer(settings):
    """Returns a compiled `VideoRestorer`: new, or one that begins where another run ended.

    Args:
        settings: `Settings`.

    Raises:
        ValueError: when the other run is none of a restorer, or of one with other numbers.
    """
    _check_augment(settings)
    learnt = recipes(settings)
    square = settings.square or SQUARE
    numbers = {"masked": "holes" in learnt, "leveled": bool({"noisy", "coded"} & set(learnt))}
    given = {"width": settings.width, "depth": settings.depth}
    numbers |= {name: value for name, value in given.items() if value is not None}
    run = settings.detail or settings.begin
    if settings.perceptual is not None and settings.detail is None:
        raise ValueError(
            "`perceptual` weighs looks in the second phase alone: leave it out, or give `detail`, "
            "the run that it goes on from."
        )
    if run is None:
        factor = settings.factor or FACTOR
        return VideoRestorer.from_preset(square, factor, settings.seed, **numbers)
    first = load_model(run)
    if not isinstance(first, VideoRestorer):
        raise ValueError(
            f"`{'detail' if settings.detail else 'begin'}` must be the run of a restorer, but "
            f"`{run}` holds a {type(first).__name__}: train one first."
        )
    config = first.average.get_config()
    _check_numbers(run, config, {"factor": settings.factor or FACTOR, **numbers})
    detail = settings.detail is not None
    return first.again(square, settings.seed, detail=detail, perceptual=settings.perceptual)


def _check_augment(settings):
    """Raises ValueError when what the discriminator sees is to be moved or cut."""
    if settings.augment is not None:
        raise ValueError(
            "`augment` would move the videos of a restorer away from what they are made of: "
            "leave it out."
        )


def _check_numbers(run, config, asked):
    """Raises ValueError when the restorer of a run has other numbers than are asked for."""
    differ = [
        f"{name}={config[name]!r} (asked for: {value!r})"
        for name, value in asked.items()
        if config[name] != value
    ]
    if differ:
        raise ValueError(
            f"The restorer in `{run}` has {', '.join(differ)}: to go on from it, give the settings "
            "that it was trained with."
        )


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
    if {"noisy", "coded"} <= set(given):
        raise ValueError(
            "`recipes` must be one of noisy and coded, but are both, and a restorer is told the "
            "strength of one: train two restorers."
        )
    return given


def restorer_batches(clips_from, settings, start):
    """Returns the batches that a restorer reads, made of those of clips.

    Args:
        clips_from: function from a number of batches to the data set of `tfvgan.data.clips` without
            these first ones.
        settings: `Settings`.
        start: int, batches of the restorer to leave out.
    """
    square, factor = settings.square or SQUARE, settings.factor or FACTOR
    left, rest = divmod(start, settings.frames // (settings.window or settings.frames) or 1)
    how = {"seed": settings.seed, "start": left, "window": settings.window}
    return pairs(clips_from(left), recipes(settings), square, factor, **how).skip(rest)
