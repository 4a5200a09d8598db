"""How a server is asked: again where that may help, and not for ever.

A prediction changes nothing in a server, so it is safe to ask for it twice.
"""

import ipaddress
import random
import time
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol

import numpy as np

DEFAULT = "serving_default"  # The signature where a request names none.
PREDICTS = "tensorflow/serving/predict"  # The method of signatures that are asked by predictions.


class Unanswered(Exception):
    """A request that has no answer, and may have one later.

    Args:
        reason: a clause that says why.
        wait: seconds that the server asks to wait; None if it does not say.
    """

    def __init__(self, reason: str, wait: float | None = None):
        super().__init__(reason)
        self.wait = wait


class ToldSignature(NamedTuple):
    """What a server tells of a signature.

    Attributes:
        inputs: numpy's dtypes by name; of strings object.
        outputs: likewise.
    """

    inputs: dict[str, np.dtype]
    outputs: dict[str, np.dtype]


def as_told(
    model: str,
    signature: str,
    inputs: Mapping[str, Any],
    signatures: Mapping[str, ToldSignature],
) -> tuple[dict[str, np.ndarray], ToldSignature]:
    """Returns inputs as arrays of the dtypes that a signature reads, and what is told of it.

    What numpy takes for another dtype, and what would lose more than digits, stays for the server
    to refuse.

    Args:
        model: its name, for people.
        signature: its name.
        inputs: arrays or lists by name.
        signatures: of the model, by name.

    Raises:
        ValueError: when there is no such signature, or it reads other names.
    """
    told = signatures.get(signature)
    if told is None:
        raise ValueError(
            f"`{model}` has no signature {signature}: there are {', '.join(sorted(signatures))}."
        )
    if set(inputs) != set(told.inputs):
        raise ValueError(
            f"`{signature}` of `{model}` reads {', '.join(sorted(told.inputs))}, but was given "
            f"{', '.join(sorted(inputs)) or 'nothing'}: name them so."
        )
    arrays = {name: np.asarray(value) for name, value in inputs.items()}
    for name, array in arrays.items():
        wanted = told.inputs[name]
        if array.dtype != wanted and np.can_cast(array.dtype, wanted, "same_kind"):
            arrays[name] = array.astype(wanted)
    return arrays, told


class Transport(Protocol):
    """A way to a server.

    Attributes:
        place: its address, for people.
        arrays: whether arrays go as they are; else pictures go as files.
        near: whether it ends on this machine.
    """

    place: str
    arrays: bool
    near: bool

    def signatures(self, model: str) -> tuple[int, dict[str, ToldSignature]]:
        """Returns the version of a model that answers, and its signatures by name."""

    def predict(
        self, model: str, signature: str, inputs: dict[str, np.ndarray], told: ToldSignature
    ) -> dict[str, np.ndarray]:
        """Returns the outputs of a signature by name."""

    def close(self) -> None:
        """Lets go of the connection."""


def is_near(host: str | None) -> bool:
    """Returns whether a host is this machine, by its name.

    Args:
        host: a name, or an address, without a port.
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def patiently(
    ask: Callable[[], Any],
    place: str,
    tries: int = 5,
    first: float = 0.5,
    longest: float = 30.0,
    sleep: Callable[[float], None] = time.sleep,
) -> Any:
    """Returns what a function returns, which is called again after `Unanswered`.

    Waits double, up to `longest`, and are drawn between a half and all of that, so that many who
    were sent away do not come back at once.

    Args:
        ask: the function.
        place: address of the server, for people.
        tries: calls at most.
        first: seconds of the first wait.
        longest: seconds of a wait at most, also where a server asks for more.
        sleep: function that waits.

    Raises:
        ConnectionError: when there was no answer by then.
    """
    for number in range(tries):
        try:
            return ask()
        except Unanswered as error:
            if number == tries - 1:
                raise ConnectionError(
                    f"The server at {place} has not answered in {_tries(tries)} ({error}): look "
                    "whether it runs there, or allow more tries."
                ) from error
            wait = min(first * 2**number, longest) * random.uniform(0.5, 1.0)
            sleep(min(max(wait, error.wait or 0.0), longest))


def _tries(count):
    return "1 try" if count == 1 else f"{count} tries"
