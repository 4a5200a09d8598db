"""Nested lists of JSON as arrays, and back, by the rules of TensorFlow Serving.

Strings are bytes in arrays of objects, as TensorFlow takes and gives them. In JSON they are texts,
or `{"b64": "..."}`. Source: https://www.tensorflow.org/tfx/serving/api_rest, whose errors are told
in its words.
"""

import binascii
import itertools
import json
from collections.abc import Iterable
from typing import Any

import numpy as np

BYTES = "_bytes"  # Ends the names of strings that are written as base64.
SHOWN = 120  # Characters of what an error shows of a value.
TYPES = {"float16": "half", "float32": "float", "float64": "double", "object": "string"}
KINDS = {type(None): "Null", dict: "Object", list: "Array", str: "String"}


def is_base64(value: Any) -> bool:
    """Returns whether a value of JSON is bytes, `{"b64": "..."}`."""
    return isinstance(value, dict) and value.keys() == {"b64"} and isinstance(value["b64"], str)


def to_array(value: Any, dtype: np.dtype) -> np.ndarray:
    """Returns a value of JSON as an array: a single one, or lists in lists.

    Args:
        value: as `json.loads` gives it.
        dtype: numpy's; object of strings.

    Raises:
        ValueError: when lists differ in length or depth, or the dtype does not hold a value: whole
            numbers are no floats for integers, true is no number, and a number that would be
            wrapped or is too large is refused.
    """
    shape, first = [], value
    while isinstance(first, list):
        shape.append(len(first))
        first = first[0] if first else None
    leaves = [value]
    for level, size in enumerate(shape):
        kinds = set(map(type, leaves))
        if kinds != {list}:
            odd = next(leaf for leaf in leaves if not isinstance(leaf, list))
            raise ValueError(
                f"JSON Value: {shown_json(odd)} found at incorrect level: {level + 1} in the JSON "
                f"DOM. Expected at level: {len(shape)}"
            )
        sizes = set(map(len, leaves)) - {size}
        if sizes:
            raise ValueError(
                f"Encountered list at unexpected size: {sizes.pop()} at level: {level} expected "
                f"size: {size}"
            )
        leaves = list(itertools.chain.from_iterable(leaves))
    if list in set(map(type, leaves)):
        raise ValueError(
            f"Encountered list at unexpected level: {len(shape)} expected < {len(shape)}"
        )
    return _of_leaves(leaves, dtype).reshape(shape)


def to_json(name: str, value: np.ndarray) -> bytes:
    """Returns an array as nested lists of JSON.

    Base64 needs no escapes: it is not looked through for any, which takes as long as making it.

    Args:
        name: of the tensor: strings are written as base64 if it ends in "_bytes".
        value: an array; of objects if it holds bytes.
    """
    if value.dtype.kind in "OSU" and name.endswith(BYTES):
        return _base64_json(value.tolist())
    if value.dtype.kind in "OSU":
        value = np.vectorize(_text, otypes=[object])(value)
    elif value.dtype.kind == "f" and value.dtype.itemsize < 8:
        shortest = [float(str(each)) for each in value.ravel()]  # .1, not 0.10000000149011612.
        value = np.array(shortest).reshape(value.shape)
    return json.dumps(value.tolist(), separators=(",", ":")).encode("utf-8")


def _base64_json(value):
    if isinstance(value, list):
        return json_list(map(_base64_json, value))
    return b'{"b64":"%s"}' % binascii.b2a_base64(_encoded(value), newline=False)


def json_list(pieces: Iterable[bytes]) -> bytes:
    """Returns values of JSON as a list of JSON."""
    return b"[%s]" % b",".join(pieces)


def json_object(pieces: Iterable[tuple[str, bytes]]) -> bytes:
    """Returns values of JSON with their names as an object of JSON."""
    return b"{%s}" % b",".join(b"%s:%s" % (json.dumps(name).encode(), x) for name, x in pieces)


def shown_json(value: Any) -> str:
    """Returns JSON as errors show it, not all of what is long."""
    text = ""
    for piece in json.JSONEncoder().iterencode(value):
        text += piece
        if len(text) > SHOWN:
            return text[: SHOWN - 3] + "..."
    return text


def malformed(value: Any, what: str) -> ValueError:
    """Returns the error that shows a value of JSON and says what is wrong with it."""
    return ValueError(f"JSON Value: {shown_json(value)} {what}")


def _of_leaves(leaves, dtype):
    """Returns single values as an array of one axis."""
    kinds = set(map(type, leaves))
    if dtype.kind == "O":
        strings = np.empty(len(leaves), object)
        strings[:] = [_string(leaf, dtype) for leaf in leaves]
        return strings
    allowed = {"b": {bool}, "i": {int}, "u": {int}, "f": {int, float}}.get(dtype.kind, set())
    if not kinds <= allowed:
        raise _mistyped(next(leaf for leaf in leaves if type(leaf) not in allowed), dtype)
    if dtype.kind == "b":
        return np.array(leaves, bool)
    if dtype.kind == "f":
        return _floats(leaves, dtype)
    limits = np.iinfo(dtype)
    if leaves and (min(leaves) < limits.min or max(leaves) > limits.max):
        raise _mistyped(
            next(leaf for leaf in leaves if not limits.min <= leaf <= limits.max), dtype
        )
    return np.array(leaves, dtype)


def _floats(leaves, dtype):
    """Returns numbers as floats; whole ones must be held exactly, and none may be too large."""
    limits = np.finfo(dtype)
    exact = 2 ** (limits.nmant + 1) - 1
    for leaf in leaves if int in set(map(type, leaves)) else ():
        if isinstance(leaf, int) and abs(leaf) > exact:
            raise _lossy(leaf, dtype)
    values = np.array(leaves, np.float64)
    far = np.isfinite(values) & (np.abs(values) > limits.max)
    if far.any():
        raise _lossy(leaves[int(far.argmax())], dtype)
    return values.astype(dtype)


def _string(leaf, dtype):
    """Returns the bytes of a text, or of base64."""
    if isinstance(leaf, str):
        return leaf.encode("utf-8", "surrogatepass")
    if not is_base64(leaf):
        if isinstance(leaf, dict):
            raise malformed(leaf, "not formatted correctly for base64 data")
        raise _mistyped(leaf, dtype)
    try:
        return binascii.a2b_base64(leaf["b64"], strict_mode=True)
    except (binascii.Error, ValueError):
        raise ValueError("Unable to base64 decode") from None


def _text(value):
    return _encoded(value).decode("utf-8", "replace")


def _encoded(value):
    return value.encode("utf-8") if isinstance(value, str) else bytes(value)


def _mistyped(value, dtype):
    kind = KINDS.get(type(value), "Number" if not isinstance(value, bool) else str(value))
    return ValueError(
        f"JSON Value: {shown_json(value)} Type: {kind} is not of expected type: "
        f"{TYPES.get(dtype.name, dtype.name)}"
    )


def _lossy(value, dtype):
    return ValueError(
        f"Cannot convert JSON value: {shown_json(value)} to {TYPES.get(dtype.name, dtype.name)} "
        "without loss of precision."
    )
