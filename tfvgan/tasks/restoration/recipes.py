"""What a restorer learned to undo, as the settings of its run say it."""

CODED = "coded"  # The recipe by which codecs are trained.


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


def learnt(settings):
    """Returns the recipes of a run of a restorer; none when it is of another, or not known.

    Args:
        settings: `Settings`, or None.
    """
    return recipes(settings) if settings is not None and settings.network == "restorer" else []
