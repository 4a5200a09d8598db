"""Settings of a run, as several applications read them."""

SQUARE = 128


def given(settings, *names):
    """Returns the settings of these names that were given, a dict.

    Args:
        settings: `tfvgan.runs.Settings`.
        *names: of settings that are None where they were not given.
    """
    found = {name: getattr(settings, name) for name in names}
    return {name: value for name, value in found.items() if value is not None}


def shown_side(settings):
    """Returns the side of training squares: the one asked for, or one that fits the clips."""
    return settings.square or min(SQUARE, settings.size)
