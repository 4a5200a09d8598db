"""Reads pickles of arrays, and nothing else: a pickle can name any function to be called.

Those of protocols 3 and 4 name what is admitted here and no more. What they name of numpy is stood
in for: numpy's own `__setstate__` believes what it is told, and a few wrong bytes change what
float64 is in the whole process, or end it.
"""

import io
import math
import pickle
import pickletools
import re
from typing import Any

import numpy as np

SHOWN = 200  # characters of what is said of a damaged file: it may quote much of the file
MOST_PLACES = 1 << 20  # that a pickle may number: memory is taken up to the largest number
KIND = re.compile("[biuf][1-8]")  # How a pickle names a dtype of numbers.
ORDERS = ("<", ">", "|", "=")  # Of their bytes.


class Kind:
    """Stands for a dtype of numbers; a pickle makes one, and then tells it the order of bytes.

    Args:
        name: such as "f4".
        *flags: that numpy takes, and that mean nothing here.

    Raises:
        TypeError: when it is of anything but numbers.
    """

    def __init__(self, name: str, *flags: Any):
        if not isinstance(name, str) or not KIND.fullmatch(name):
            raise TypeError(f"it holds a dtype {name!r} where one of numbers belongs")
        self.dtype = np.dtype(name)

    def __setstate__(self, state: tuple):
        order = state[1]
        if order not in ORDERS:
            raise TypeError(f"it orders bytes by {order!r}")
        self.dtype = self.dtype.newbyteorder(order)


class Pickled:
    """Stands for an array; a pickle makes one without anything, and then tells what it holds.

    Attributes:
        array: of numpy; None until it was told.
    """

    array: np.ndarray | None = None

    def __setstate__(self, state: tuple):
        _version, shape, kind, by_columns, content = state
        if not isinstance(kind, Kind) or not isinstance(content, bytes):
            raise TypeError("it holds an array of something else than numbers")
        if math.prod(shape) * kind.dtype.itemsize != len(content):
            raise ValueError(f"it holds an array {shape} of {len(content)} bytes")
        order = "F" if by_columns else "C"
        self.array = np.ndarray(shape, kind.dtype, content, order=order).copy(order="K")


def reconstruct(*_: Any) -> Pickled:
    """Returns what is told next what it holds; numpy's own makes an empty array."""
    return Pickled()


ADMITTED = {
    ("numpy.core.multiarray", "_reconstruct"): reconstruct,  # Its home moves between versions.
    ("numpy._core.multiarray", "_reconstruct"): reconstruct,
    ("numpy", "ndarray"): Pickled,
    ("numpy", "dtype"): Kind,
}


class PlainUnpickler(pickle.Unpickler):
    """Unpickles numbers, texts, lists and dicts, and what `admitted` names.

    It refuses whatever else a pickle may name, before it is called.
    """

    admitted: dict[tuple[str, str], Any] = {}

    def __init__(self, file: io.BytesIO):
        super().__init__(file)
        self._file = file

    def load(self) -> Any:
        """Returns what the next pickle of the file holds.

        Raises:
            pickle.UnpicklingError: when it numbers a place beyond `MOST_PLACES`.
        """
        begin = self._file.tell()
        for code, number, _ in pickletools.genops(self._file):
            if code.name in ("PUT", "LONG_BINPUT") and number >= MOST_PLACES:
                raise pickle.UnpicklingError(f"it numbers a place {number}")
        self._file.seek(begin)
        return super().load()

    def find_class(self, module: str, name: str) -> Any:
        """Returns what has that name in `admitted`.

        Raises:
            pickle.UnpicklingError: when nothing has.
        """
        try:
            return self.admitted[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"it names `{module}.{name}`") from None


class ArrayUnpickler(PlainUnpickler):
    """Unpickles dicts of arrays."""

    admitted = ADMITTED


def unpickle(content):
    """Returns the arrays of a pickle by path: `{"a": {"b": array}}` comes as `{"a/b": array}`.

    Args:
        content: bytes of a pickle of nested dicts with strings for keys and arrays for leaves.

    Raises:
        ValueError: when it holds, or names, anything else.
    """
    try:
        return flatten(ArrayUnpickler(io.BytesIO(content)).load())
    except Exception as error:  # a damaged pickle raises whatever its opcodes stumble upon
        raise ValueError(
            f"Expected a pickle of nested dicts of arrays, but {briefly(error)}: do not load that "
            "file."
        ) from error


def briefly(error: Exception) -> str:
    """Returns what an error says of foreign bytes, in one line of `SHOWN` characters at most."""
    return " ".join(str(error)[:SHOWN].split())


def flatten(tree, prefix=""):
    """Returns `{path: array}` of nested dicts, whose leaves are arrays, or `Pickled` ones."""
    if not isinstance(tree, dict):
        raise TypeError(f"it holds a {type(tree).__name__} where a dict belongs")
    arrays = {}
    for key, value in tree.items():
        value = value.array if isinstance(value, Pickled) else value
        if isinstance(value, np.ndarray) and value.dtype.kind in "biuf":
            arrays[f"{prefix}{key}"] = value
        else:
            arrays |= flatten(value, f"{prefix}{key}/")
    return arrays
