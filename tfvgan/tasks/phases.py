"""Training in two runs: the first for fidelity, the second for detail, with the game."""

from tfvgan.engine.moving_average import built_anew
from tfvgan.tasks.chosen import given

WEIGHTS = ("perceptual", "adversarial")  # What may be given of the second phase.


def first_phase(settings, kind, what, load):
    """Returns the first phase's model for a second run, or None for a new one.

    Args:
        settings: `Settings`, whose `detail` or `begin` name the other run.
        kind: class of the model, or a tuple of some.
        what: what it is, a word for people.
        load: function from the folder of a run to its model.

    Raises:
        ValueError: when the other run holds something else.
    """
    run = settings.detail or settings.begin
    if run is None:
        return None
    first = load(run)
    if not isinstance(first, kind):
        raise ValueError(
            f"`{'detail' if settings.detail else 'begin'}` must be the run of a {what}, but "
            f"`{run}` holds a {type(first).__name__}: train one first."
        )
    return first


def go_on(first, settings, square, what, **numbers):
    """Returns the compiled model of the second phase: it begins with the first one's average.

    Args:
        first: of `first_phase`.
        settings: `Settings`.
        square: side of what it is shown.
        what: as in `first_phase`.
        **numbers: what the settings say of its network.

    Raises:
        ValueError: when the first one has other numbers.
    """
    run, detail = settings.detail or settings.begin, settings.detail is not None
    same_numbers(first.average, f"{what} in `{run}`", numbers)
    return first.again(square, settings.seed, detail=detail, **given(settings, *WEIGHTS))


def taken_over(trained, what, numbers):
    """Returns a network with the weights of a trained one, which learns on.

    Args:
        trained: of `tfvgan.networks`; it stays as it is.
        what: what it is, a word for people.
        numbers: dict, the arguments of the network that were asked for.

    Raises:
        ValueError: when the trained one has other numbers.
    """
    same_numbers(trained, f"{what} that this one begins with", numbers)
    network = built_anew(trained, trained.get_weights())
    network.trainable = True  # An average is not, and its config says so.
    return network


def same_numbers(network, what, numbers):
    """Raises ValueError when a network is not made from these numbers.

    Args:
        network: of `tfvgan.networks`.
        what: what it is and where, for people.
        numbers: dict, the arguments of the network that were asked for.
    """
    config = network.get_config()
    differ = [
        f"{name}={config[name]!r} (asked for: {value!r})"
        for name, value in numbers.items()
        if config[name] != value
    ]
    if differ:
        raise ValueError(
            f"The {what} has {', '.join(differ)}: to go on from it, give the settings that it was "
            "trained with."
        )
