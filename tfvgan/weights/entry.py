"""What the catalogue says of a network's weights, and of the package that carries them."""

from collections.abc import Callable
from dataclasses import dataclass

from tfvgan.weights.unpickle import unpickle


@dataclass(frozen=True)
class Distribution:
    """A file of a Python package that carries weights inside: a source distribution or a wheel."""

    project: str
    version: str
    file: str
    bytes: int
    sha256: str

    @property
    def requirement(self):
        """What pip calls it."""
        return f"{self.project}=={self.version}"

    @property
    def kind(self):
        """The option by which pip takes this kind of file alone, a list of arguments."""
        only = "--only-binary" if self.file.endswith(".whl") else "--no-binary"
        return [only, ":all:"]

    @property
    def command(self):
        """The command that downloads it."""
        return f"pip download --no-deps {' '.join(self.kind)} {self.requirement}"


@dataclass(frozen=True)
class Picture:
    """How a network that makes pictures of pictures is used.

    Attributes:
        factor: int, how many times as large pictures become.
        margin: int, pixels at each side that it reads and gives nothing for.
        multiple: int, what height and width must be multiples of.
        levelled: bool, whether it is told how strong the noise is.
        together: int, frames that are made at once, from each other; 1 where each is made alone.
    """

    factor: int
    margin: int = 0
    multiple: int = 1
    levelled: bool = False
    together: int = 1


@dataclass(frozen=True)
class Entry:
    """One network's weights.

    `members` are files inside the distribution with their sha256; `read` makes arrays of their
    bytes, and `convert` of these the arrays of the network that `build` returns, which is handed
    them. `sha256` is that of these arrays, as `store.fingerprint` counts it: whatever depends on
    the weights can be keyed by it. `family` is the name that several have in common. `picture` says
    how videos are restored with it; None of networks that measure.
    """

    name: str
    family: str
    meaning: str
    distribution: Distribution
    members: dict[str, str]
    convert: Callable
    build: Callable
    sha256: str
    licence: str
    source: str
    citation: str
    read: Callable = unpickle
    picture: Picture | None = None
