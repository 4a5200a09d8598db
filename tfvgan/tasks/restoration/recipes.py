"""What a restorer learned to undo, as the settings of its run say it."""

from tfvgan.applications import listed

CODED = "coded"  # The recipe by which codecs are trained.


def recipes(settings):
    """Returns the recipes of a run, a list."""
    return list(listed(settings.recipes or "clean"))


def learnt(settings):
    """Returns the recipes of a run of a restorer; none when it is of another, or not known.

    Args:
        settings: `Settings`, or None.
    """
    return recipes(settings) if settings is not None and settings.network == "restorer" else []
