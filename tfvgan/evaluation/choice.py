"""Which metrics are measured: those asked for by name, or the usual ones."""

from typing import NamedTuple


class MetricInfo(NamedTuple):
    """What is said of a metric beside its value.

    Attributes:
        better: "lower", "higher" or "like real".
        meaning: a phrase for people.
        usual: whether it is measured unless others are asked for.
    """

    better: str
    meaning: str
    usual: bool = True


def choose(asked, known):
    """Returns the names of the metrics to measure, in the order of the table.

    Args:
        asked: list of names, or None for the usual ones.
        known: dict of `About` by name.

    Raises:
        ValueError: when a name is not known, or none is given.
    """
    if asked is None:
        return [name for name, about in known.items() if about.usual]
    asked = [asked] if isinstance(asked, str) else list(asked)
    if not asked or set(asked) - set(known):
        wrong = ", ".join(name for name in asked if name not in known) or "none"
        raise ValueError(f"`metrics` must be among {', '.join(known)}, but holds {wrong}.")
    return [name for name in known if name in asked]
