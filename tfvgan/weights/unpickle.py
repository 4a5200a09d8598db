"""Reads pickles of arrays, and nothing else: a pickle can name any function to be called.

Those of protocols 3 and 4 name what is admitted here and no more.
"""

import io
import pickle

import numpy as np

SHOWN = 200  # characters of what Python says of a damaged one
RECONSTRUCT = np.empty(0).__reduce__()[0]  # its home moves between versions of numpy
ADMITTED = {
    ("numpy.core.multiarray", "_reconstruct"): RECONSTRUCT,
    ("numpy._core.multiarray", "_reconstruct"): RECONSTRUCT,
    ("numpy", "ndarray"): np.ndarray,
    ("numpy", "dtype"): np.dtype,
}


class ArrayUnpickler(pickle.Unpickler):
    """Unpickles dicts of arrays; refuses whatever else a pickle may name, before it is called."""

    def find_class(self, module, name):
        try:
            return ADMITTED[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"it names `{module}.{name}`") from None


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
        reason = " ".join(str(error)[:SHOWN].split())
        raise ValueError(
            f"Expected a pickle of nested dicts of arrays, but {reason}: do not load that file."
        ) from error


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
