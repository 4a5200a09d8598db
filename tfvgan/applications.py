"""The table of applications, and the declaration that each of them makes.

The command line reads this file, and those that the table names, without importing the package,
and with it TensorFlow: they import the standard library and this file alone.
"""

import dataclasses
import importlib
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

# Whoever is asked first is named first: the network of a codec is that of a restorer, too.
TABLE = [
    "tfvgan.tasks.generation.options",
    "tfvgan.tasks.enlargement.options",
    "tfvgan.tasks.compression.options",
    "tfvgan.tasks.stylization.options",
    "tfvgan.tasks.steadying.options",
    "tfvgan.tasks.segmentation.options",
    "tfvgan.tasks.retrieval.options",
    "tfvgan.tasks.restoration.options",
    "tfvgan.tasks.analysis.options",
]
LARGEST_VALUE = 10**6  # Of any number.


@dataclasses.dataclass(frozen=True)
class Option:
    """A setting of a run that some applications alone have; None leaves it to the application.

    Args:
        name: as an attribute, "square"; typed, it is --square.
        help: what it does, in a phrase.
        type: int, float or str.
        metavar: what stands for the value in the help.
        choices: the values that there are, or None.
        listed: bool, whether several may be given.
        path: what lies at the path that it is: "run", the folder of another run, or the name of a
            model in the package; "videos" beside those of the run, each of the name of one: the
            clips of both are cut alike, and batches hold them under the option's name; "masks",
            likewise, of the classes of pixels, which the option `palette` tells by colours; "file",
            anything else; None of what is no path.
        least: the number that it must be above; None of texts, and where 0 is allowed.
        needs: the option without which it is of no use in applications that have both, or None.
    """

    name: str
    help: str
    type: type = str
    metavar: str | None = None
    choices: tuple | None = None
    listed: bool = False
    path: str | None = None
    least: int | None = None
    needs: str | None = None

    @property
    def kind(self) -> object:
        """Returns the type of its values, as `tfvgan.claims` takes it."""
        return self.type | list[self.type] | None if self.listed else self.type | None

    def check(self, value: Any) -> None:
        """Raises ValueError for a number that is out of range, or what is no choice."""
        for each in listed(value) if self.choices else ():
            if each not in self.choices:
                raise ValueError(
                    f"`{self.name}` may be {', '.join(self.choices)}, but is {each!r}."
                )
        if self.least is not None and not self.least < value <= LARGEST_VALUE:
            raise ValueError(
                f"`{self.name}` must be above {self.least} and at most {LARGEST_VALUE:g}, "
                f"but is {value}."
            )


def any_go_together(settings: Any) -> None:
    """Raises nothing, whatever the settings are."""


@dataclasses.dataclass(frozen=True)
class Declaration:
    """The declaration of an application, which is read without TensorFlow.

    Args:
        networks: names of the networks that it trains; none where no run trains its network.
        summary: a paragraph for the help of `tfvgan train`.
        options: tuple of `Option`.
        examples: command lines.
        next: what to do with a trained run, a sentence; {tfvgan} is the program and {run} the
            run's folder as they are typed, {text} that folder as Python has it.
        classes: bool, whether its networks can learn classes.
        check: function of the `tfvgan.runs.Settings` of such a network, which raises ValueError
            where two do not go together.
        code: the class that answers the rest, a `tfvgan.tasks.application.Application`, as
            "module:Name".
    """

    networks: tuple
    summary: str
    options: tuple
    examples: tuple
    next: str
    code: str
    classes: bool = False
    check: Callable = any_go_together

    def refuse(self, settings: Any) -> None:
        """Raises ValueError where settings are not those of its networks.

        Args:
            settings: `tfvgan.runs.Settings`.
        """
        by_name = {option.name: option for option in self.options}
        for name, value in settings.own.items():
            if name not in by_name:
                networks = " or ".join(f'"{network}"' for network in who_has(name))
                raise ValueError(
                    f"`{name}` is for the network {networks} alone, but the network is "
                    f'"{settings.network}": leave it out.'
                )
            by_name[name].check(value)
            needed = by_name[name].needs
            if needed in by_name and needed not in settings.own:
                raise ValueError(
                    f"`{name}` is of use with `{needed}` alone, {by_name[needed].help}: leave it "
                    "out, or give both."
                )
        if settings.conditional and not self.classes:
            raise ValueError(
                f'The network "{settings.network}" learns no classes, since the videos that it is '
                "given show them: leave `conditional` out."
            )
        self.check(settings)


def listed(value):
    """Returns a list of what was given where several may be."""
    return value if isinstance(value, (list, tuple)) else [value]


def light(name):
    """Returns a module of the standard library's imports alone, without importing its package.

    Args:
        name: dotted, such as "tfvgan.tasks.generation.options".
    """
    if name not in sys.modules:
        top, *inside = name.split(".")
        package = Path(importlib.util.find_spec(top).origin).parent
        path = package.joinpath(*inside).with_suffix(".py")
        spec = importlib.util.spec_from_file_location(name, path)
        sys.modules[name] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules[name]


def declarations():
    """Returns what the table's applications say of themselves, in its order."""
    return [light(name).DECLARATION for name in TABLE]


def networks():
    """Returns the names of all networks."""
    return [network for each in declarations() for network in each.networks]


def declared(network):
    """Returns the `Declaration` of a network's application.

    Raises:
        ValueError: when there is no such network.
    """
    for each in declarations():
        if network in each.networks:
            return each
    raise ValueError(f"`network` must be one of {', '.join(networks())}, but is {network!r}.")


def options():
    """Returns all options of all applications by their names."""
    return {option.name: option for each in declarations() for option in each.options}


def who_has(name):
    """Returns the names of the networks that have an option."""
    return [
        network
        for each in declarations()
        for network in each.networks
        if name in {option.name for option in each.options}
    ]


def applications():
    """Returns the `Application` of each line of the table, in its order."""
    return [_loaded(each) for each in declarations()]


def application(network):
    """Returns the `Application` of a network.

    Raises:
        ValueError: when there is no such network.
    """
    return _loaded(declared(network))


def _loaded(declaration):
    module, name = declaration.code.split(":")
    return getattr(importlib.import_module(module), name)()


# Options that several applications have.

FACTOR_OPTION = Option(
    "factor",
    "times that videos become larger: of the enlarger to reach --size, a power of two, 4 by "
    "default; of the restorer 1, 2 or 4, 2 by default",
    int,
    "N",
    least=0,
)
SQUARES = (
    Option(
        "square", "side of what is shown of the clips, 128 or theirs by default", int, "N", least=0
    ),
    Option(
        "window",
        "frames of the clips that are shown at once, all by default; long clips of a restorer are "
        "compressed as videos are",
        int,
        "N",
        least=0,
    ),
    Option("depth", "residual blocks", int, "N", least=0),
)
STEADY = Option(
    "steady",
    "weight of what keeps videos from flickering, of a stylizer 1 by default, of a steadier 2, "
    "of a segmenter 1",
    float,
    "WEIGHT",
)


def check_squares(settings):
    """Raises ValueError when what is shown is larger or longer than the clips are."""
    for name, whole in (("square", "size"), ("window", "frames")):
        shown, most = getattr(settings, name), getattr(settings, whole)
        if shown is not None and shown > most:
            raise ValueError(
                f"`{name}` must be at most the `{whole}` of the clips, {most}, but is {shown}: ask "
                f"for less, or for more `{whole}`."
            )


PHASES = (
    Option("detail", "the run that it goes on from, for detail", metavar="FIRST", path="run"),
    Option(
        "perceptual",
        "weight of the perceptual loss: with --detail 0.2 by default, of the codec 1; of "
        "stylizers and steadiers 0.1, of pictures none; more for what changes little",
        float,
        "WEIGHT",
        needs="detail",
    ),
    Option(
        "adversarial",
        "weight of the game: with --detail 0.005 by default, of the codec 0.01; of "
        "stylizers and steadiers 0.005, of pictures 0.02, of a segmenter 0.01, of an embedder 1; "
        "0 leaves it out",
        float,
        "WEIGHT",
        needs="detail",
    ),
    Option(
        "begin",
        "the run whose weights it begins with, for fidelity; or, of a stylizer, for another style, "
        "of a steadier, a segmenter or an embedder for more of your clips",
        metavar="RUN",
        path="run",
    ),
)
