"""Reads pickles of arrays, and nothing else: a pickle can name any function to be called.

Those of protocols 3 and 4 name what is admitted here and no more.
"""

import io
import pickle
import pickletools
from typing import Any

import numpy as np

SHOWN = 200  # characters of what is said of a damaged file: it may quote much of the file
RECONSTRUCT = np.empty(0).__reduce__()[0]  # its home moves between versions of numpy
MOST_PLACES = 1 << 20  # that a pickle may number: memory is taken up to the largest number
ADMITTED = {
    ("numpy.core.multiarray", "_reconstruct"): RECONSTRUCT,
    ("numpy._core.multiarray", "_reconstruct"): RECONSTRUCT,
    ("numpy", "ndarray"): np.ndarray,
    ("numpy", "dtype"): np.dtype,
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
    """Returns `{path: array}` of nested dicts."""
    if not isinstance(tree, dict):
        raise TypeError(f"it holds a {type(tree).__name__} where a dict belongs")
    arrays = {}
    for key, value in tree.items():
        if isinstance(value, np.ndarray) and value.dtype.kind in "biuf":
            arrays[f"{prefix}{key}"] = value
        else:
            arrays |= flatten(value, f"{prefix}{key}/")
    return arrays
