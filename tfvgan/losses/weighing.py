"""The weights of a generator's losses."""

from collections.abc import Mapping, Sequence


def weights_of(terms: Sequence[str], given: Mapping[str, float] | None = None) -> dict[str, float]:
    """Returns the weight of the game, "adversarial", and of each term: 1 where none is given.

    Args:
        terms: names of a task's losses.
        given: dict of names and floats, or None.

    Raises:
        ValueError: when another name is given, or all weigh 0.
    """
    weights = dict.fromkeys(("adversarial", *terms), 1.0)
    if unknown := sorted(set(given or ()) - set(weights)):
        raise ValueError(
            f"`loss_weights` may name {', '.join(weights)} in this task, but names "
            f"{', '.join(unknown)}."
        )
    weights |= dict(given or {})
    if not any(weights.values()):
        raise ValueError(
            f"`loss_weights` must leave something to minimise, but {', '.join(weights)} weighs 0: "
            "give one of them more."
        )
    return weights
