"""JSON files as typed values: contents are checked against the types of fields.

A file that lies beside a model or videos is a stranger's claim: nothing is made of it before its
names, types and ranges are what they should be.
"""

import functools
import inspect
import json
import math
import os
import types
import typing

LARGEST_FILE = 256 << 20  # bytes of a file
SHOWN_CHARACTERS = 60  # characters of what an error shows of a value
REASON = 300  # characters of what it says is wrong, which may quote what is there
WORDS = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "a text",
    list: "a list",
    tuple: "a list",
    dict: "names with values",
    type(None): "null",
}


def read_claims(path, kind, what):
    """Returns the content of a JSON file as a kind.

    Args:
        path: of the file.
        kind: a type such as `list[str]`, a dataclass or NamedTuple whose fields have types, or a
            function of what `json.load` gave.
        what: what the file should be, which errors say: "the settings of a run".

    Raises:
        ValueError: when there is no such file, or it says something else.
    """
    try:
        if os.path.getsize(path) > LARGEST_FILE:
            raise ValueError(f"it has over {LARGEST_FILE >> 20} MB")
        with open(path, encoding="utf-8") as file:
            content = json.load(file, parse_constant=_no_number)
        return kind(content) if inspect.isroutine(kind) else claimed(content, kind)
    except RecursionError:
        reason = "it is nested too deeply"
    except (OSError, ValueError) as error:
        reason = str(error).rstrip(".")
    reason = reason if len(reason) <= REASON else f"{reason[:REASON]}..."
    raise ValueError(f"`{path}` should be {what}, but is not ({reason}): put the right one there.")


def claimed(value, kind, name="it"):
    """Returns a JSON value as a kind; see `read_claims`.

    Args:
        value: of `json.load`.
        kind: a type.
        name: what errors call the value.

    Raises:
        ValueError: when it says something else.
    """
    kinds = typing.get_args(kind) if isinstance(kind, types.UnionType) else (kind,)
    for each in kinds:
        converted = _as(value, each, name)
        if converted is not None:
            return converted[0]
    wanted = " or ".join(WORDS[typing.get_origin(each) or each] for each in kinds)
    raise ValueError(f"{name} should be {wanted}, but is {_short(value)}")


def _as(value, kind, name):
    """Returns the value as a kind in a tuple, None when it is of another; raises for its parts."""
    origin, inside = typing.get_origin(kind) or kind, typing.get_args(kind)
    if origin in (list, tuple):
        if not isinstance(value, list):
            return None
        if origin is tuple and Ellipsis not in inside and inside and len(inside) != len(value):
            raise ValueError(f"{name} should have {len(inside)} entries, but has {len(value)}")
        if inside and set(inside) <= {int, Ellipsis} and all(type(one) is int for one in value):
            return (origin(value),)  # Quickly, since there may be many.
        if inside:
            value = [claimed(one, inside[0], f"an entry of {name}") for one in value]
        return (origin(value),)
    if origin is float and type(value) in (int, float):
        return (_check_finite(value, name),)
    if origin in WORDS:
        return (value,) if type(value) is origin else None
    return (_built(value, kind, name),)


def _built(value, kind, name):
    """Returns a dataclass or NamedTuple of the fields in a JSON object."""
    if not isinstance(value, dict):
        raise ValueError(f"{name} should be {WORDS[dict]}, but is {_short(value)}")
    fields, needed = _fields(kind)
    for missing in needed - value.keys():
        raise ValueError(f"`{missing}` is missing")
    for more in value.keys() - fields.keys():
        raise ValueError(f"{_short(more)} is nothing that this version knows, so update tfvgan")
    return kind(**{one: claimed(entry, fields[one], f"`{one}`") for one, entry in value.items()})


@functools.cache
def _fields(kind):
    """Returns the types of the fields of a kind by their names, and the set of those it needs."""
    hints, arguments = typing.get_type_hints(kind), inspect.signature(kind).parameters
    needed = {one for one, argument in arguments.items() if argument.default is argument.empty}
    return {one: hints[one] for one in arguments}, needed


def _check_finite(value, name):
    if not math.isfinite(value):
        raise ValueError(f"{name} should be a finite number, but is {value}")
    return value


def _no_number(text):
    raise ValueError(f"it says {text}, which is no number of JSON")


def _short(value):
    text = repr(value)
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}...{text[-1]}"
