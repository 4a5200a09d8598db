"""The recipes of degradation that a restorer was trained on, from its run's settings."""

from tfvgan.applications import listed

CODED = "coded"  # The recipe by which codecs are trained.


def recipes(settings):
    """Returns the recipes of a run, a list."""
    return list(listed(settings.recipes or "clean"))


def learnt(settings):
    """Returns the recipes of a restorer's run; an empty list for other or unknown runs.

    Args:
        settings: `Settings`, or None.
    """
    return recipes(settings) if settings is not None and settings.network == "restorer" else []
