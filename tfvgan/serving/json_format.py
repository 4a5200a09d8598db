"""JSON bodies of TensorFlow Serving's REST API as named arrays, and back, in both layouts.

In rows a request is `{"instances": [{NAME: ...}, ...]}` and its answer `{"predictions": [...]}`, an
entry an example. In columns it is `{"inputs": {NAME: ...}}` and `{"outputs": ...}`, an entry a
tensor. Where there is one tensor its name may be left out. Bytes are `{"b64": "..."}`.

Source: https://www.tensorflow.org/tfx/serving/api_rest, whose errors are told in its words.
"""

import json
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from tfvgan.serving.asking import DEFAULT
from tfvgan.serving.json_values import (
    is_base64,
    json_list,
    json_object,
    malformed,
    shown_json,
    to_array,
    to_json,
)

ROWS, COLUMNS = "rows", "columns"
ASKED = {ROWS: "instances", COLUMNS: "inputs"}  # The key of a request's tensors.
GIVEN = {ROWS: "predictions", COLUMNS: "outputs"}  # The key of an answer's.


class JsonRequest(NamedTuple):
    """A request to predict.

    Attributes:
        signature: name of the signature.
        inputs: dict of numpy arrays by the names of inputs, of their dtypes.
        layout: "rows" or "columns", in which the answer is expected.
    """

    signature: str
    inputs: dict[str, np.ndarray]
    layout: str


def read_request(
    body: bytes | str, signatures: Mapping[str, Mapping[str, np.dtype]]
) -> JsonRequest:
    """Returns what the body of a request to `:predict` asks for.

    Args:
        body: JSON in UTF-8.
        signatures: of the model: the dtypes of the inputs of each by their names; strings have the
            dtype object.

    Raises:
        ValueError: when the body isn't JSON, or isn't of this signature, in the words of TensorFlow
            Serving, which answers with status 400. A number that its dtype does not hold is
            refused, where TensorFlow Serving would wrap it.
    """
    content = _parsed(body)
    name = content.get("signature_name", DEFAULT)
    if not isinstance(name, str):
        raise malformed(
            content, "not formatted correctly. 'signature_name' key must be a string value."
        )
    if (name or DEFAULT) not in signatures:
        raise ValueError(f"Serving signature name: {shown_json(name)} not found in signature def")
    dtypes = {key: np.dtype(of) for key, of in signatures[name or DEFAULT].items()}
    layouts = [layout for layout, key in ASKED.items() if key in content]
    if not layouts:
        raise ValueError("Missing 'inputs' or 'instances' key")
    if len(layouts) > 1:
        raise malformed(
            content, "Not formatted correctly expecting only one of 'inputs' or 'instances' keys"
        )
    tensors = content[ASKED[layouts[0]]]
    read = _of_instances if layouts == [ROWS] else _of_inputs
    return JsonRequest(name or DEFAULT, read(tensors, dtypes), layouts[0])


def write_request(
    inputs: Mapping[str, np.ndarray], signature: str = DEFAULT, layout: str = COLUMNS
) -> bytes:
    """Returns the body of a request to `:predict`.

    Args:
        inputs: numpy arrays by the names of inputs.
        signature: name of the signature.
        layout: "rows" or "columns"; rows need one first extent of all inputs.

    Raises:
        ValueError: when rows are asked for of tensors without one first extent.
    """
    tensors = ASKED[layout], _laid_out(inputs, layout, True)
    return json_object([("signature_name", json.dumps(signature).encode()), tensors])


def read_response(body: bytes | str, outputs: Mapping[str, np.dtype]) -> dict[str, np.ndarray]:
    """Returns the tensors of an answer in either layout, by their names.

    Args:
        body: JSON in UTF-8.
        outputs: dtypes by the names of outputs, as metadata says them.

    Raises:
        ValueError: when the answer tells an error, which is raised, or is none of this signature.
    """
    content = _parsed(body)
    if "error" in content:
        raise ValueError(f"the server says: {content['error']}")
    dtypes = {name: np.dtype(of) for name, of in outputs.items()}
    if GIVEN[ROWS] in content:
        return _of_instances(content[GIVEN[ROWS]], dtypes)
    if GIVEN[COLUMNS] in content:
        return _of_inputs(content[GIVEN[COLUMNS]], dtypes)
    raise malformed(content, "has neither 'predictions' nor 'outputs'")


def write_response(outputs: Mapping[str, np.ndarray], layout: str) -> bytes:
    """Returns the body of the answer of `:predict`.

    Args:
        outputs: numpy arrays by the names of outputs, one or more. Those of objects hold bytes.
        layout: "rows" or "columns", of the request.

    Raises:
        ValueError: when the answer is asked for in rows, and outputs differ in their first extent.
    """
    return json_object([(GIVEN[layout], _laid_out(outputs, layout, False))])


def write_error(message: str) -> bytes:
    """Returns the body of an answer that tells an error.

    Args:
        message: a sentence.
    """
    return json.dumps({"error": message}, separators=(",", ":")).encode("utf-8")


def _parsed(body):
    """Returns the object that a body holds."""
    try:
        content = json.loads(body)
    except json.JSONDecodeError as error:
        raise ValueError(f"JSON Parse error: {error.msg} at offset: {error.pos}") from None
    except UnicodeDecodeError as error:
        raise ValueError(f"JSON Parse error: no UTF-8 at offset: {error.start}") from None
    except RecursionError:
        raise ValueError("JSON Parse error: nested too deeply") from None
    except ValueError as error:  # As of whole numbers of thousands of digits.
        raise ValueError(f"JSON Parse error: {error}") from None
    if not isinstance(content, dict):
        raise malformed(content, "Is not object")
    return content


def _of_instances(instances, dtypes):
    """Returns the tensors of rows: each example gives an entry of each."""
    if not isinstance(instances, list) or not instances:
        what = "No values in 'instances' array" if instances == [] else "must be a list of examples"
        raise malformed(instances, what)
    named = _is_named(instances[0])
    if not named and len(dtypes) > 1:
        raise ValueError(
            "instances is a plain list, but expecting list of objects as multiple input tensors "
            f"required as per tensorinfo_map: {', '.join(sorted(dtypes))}"
        )
    found = {name: [] for name in dtypes}
    for place, row in enumerate(instances):
        if _is_named(row) != named:
            wanted, came = ("object", "list") if named else ("value/list", "object")
            raise ValueError(f"Expecting {wanted} but got {came} at item {place} of input list")
        row = row if named else dict.fromkeys(dtypes, row)
        if row.keys() != dtypes.keys():
            raise ValueError(
                f"Failed to process element: {place} of 'instances' list. JSON object: "
                f"{shown_json(row)} keys must be equal to: {','.join(sorted(dtypes))}"
            )
        for name, value in row.items():
            try:
                found[name].append(to_array(value, dtypes[name]))
                _check_alike(found[name][0], found[name][-1])
            except ValueError as error:
                raise ValueError(
                    f"Failed to process element: {place} key: {name} of 'instances' list. "
                    f"Error: {error}"
                ) from None
    return {name: np.stack(arrays) for name, arrays in found.items()}


def _check_alike(first, this):
    if first.size != this.size:
        raise ValueError(f"Expecting tensor size: {first.size} but got: {this.size}")
    if first.shape != this.shape:
        raise ValueError(f"Expecting shape {list(first.shape)} but got: {list(this.shape)}")


def _of_inputs(inputs, dtypes):
    """Returns the tensors of columns."""
    if not _is_named(inputs):
        if len(dtypes) > 1:
            raise ValueError(
                "inputs is a plain value/list, but expecting an object as multiple input tensors "
                f"required as per tensorinfo_map: {', '.join(sorted(dtypes))}"
            )
        inputs = dict.fromkeys(dtypes, inputs)
    for name in dtypes:
        if name not in inputs:
            raise ValueError(f"Missing named input: {name} in 'inputs' object.")
    return {name: to_array(inputs[name], dtype) for name, dtype in dtypes.items()}


def _is_named(value):
    return isinstance(value, dict) and not is_base64(value)


def _laid_out(tensors, layout, always):
    """Returns tensors as JSON of a layout; without `always` a single one has no name."""
    values = {name: np.asarray(value) for name, value in tensors.items()}
    alone = len(values) == 1 and not always
    if layout == COLUMNS:
        pieces = [(name, to_json(name, value)) for name, value in values.items()]
        return pieces[0][1] if alone else json_object(pieces)
    sizes = {name: value.shape[:1] for name, value in values.items()}
    if len(set(sizes.values())) > 1 or () in sizes.values():
        told = ", ".join(f"{name} {list(size)}" for name, size in sizes.items())
        raise ValueError(
            f"Tensors in rows must share their first extent, but have {told}: ask in columns"
        )
    if alone:
        return to_json(*next(iter(values.items())))
    (count,) = next(iter(sizes.values()))
    return json_list(
        json_object(
            (name, to_json(name, value[place : place + 1])[1:-1]) for name, value in values.items()
        )
        for place in range(count)
    )
