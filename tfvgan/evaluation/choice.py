"""Choice of metrics: those asked for by name, or the usual ones."""

from typing import NamedTuple


class MetricInfo(NamedTuple):
    """Facts about a metric for reports.

    Attributes:
        better: "lower", "higher" or "like real".
        meaning: a phrase for people.
        usual: whether it is measured unless others are asked for.
    """

    better: str
    meaning: str
    usual: bool = True


def choose(asked, table):
    """Returns the names of the metrics to measure, in the order of the table.

    Args:
        asked: list of names, or None for the usual ones.
        table: dict of `MetricInfo` by name.

    Raises:
        ValueError: when a name is not known, or none is given.
    """
    if asked is None:
        return [name for name, about in table.items() if about.usual]
    asked = [asked] if isinstance(asked, str) else list(asked)
    if not asked or set(asked) - set(table):
        wrong = ", ".join(name for name in asked if name not in table) or "none"
        raise ValueError(f"`metrics` must be among {', '.join(table)}, but holds {wrong}.")
    return [name for name in table if name in asked]
