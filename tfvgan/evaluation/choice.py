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


OF_PAIRS = (
    "these hold an output against its reference: compare pairs, by `evaluate_paired` (--paired)"
)
OF_SETS = "these compare two sets: compare sets, by `evaluate`, and leave --paired out"


def choose(asked, table, others=(), advice=""):
    """Returns the names of the metrics to measure, in the order of the table.

    Args:
        asked: list of names, or None for the usual ones.
        table: dict of `MetricInfo` by name.
        others: names of metrics that are measured otherwise.
        advice: how that is, for who asks for one of those.

    Raises:
        ValueError: when a name is not known, or none is given.
    """
    if asked is None:
        return [name for name, about in table.items() if about.usual]
    asked = [asked] if isinstance(asked, str) else list(asked)
    if not asked or set(asked) - set(table):
        wrong = [name for name in asked if name not in table]
        then = f": {advice}" if wrong and set(wrong) <= set(others) else ""
        raise ValueError(
            f"`metrics` must be among {', '.join(table)}, but holds {', '.join(wrong) or 'none'}"
            f"{then}."
        )
    return [name for name in table if name in asked]
