"""Nested lists as arrays: nothing is wrapped, rounded or guessed."""

import json

import numpy as np
import pytest

from tfvgan.serving.json_values import (
    is_base64,
    json_list,
    json_object,
    malformed,
    shown_json,
    to_array,
    to_json,
)

UINT8, FLOAT, STRING = np.dtype("uint8"), np.dtype("float32"), np.dtype("object")


def test_lists_in_lists_are_axes():
    array = to_array([[[0, 1], [2, 255]], [[4, 5], [6, 7]], [[8, 9], [10, 11]]], UINT8)
    assert array.dtype == np.uint8 and array.shape == (3, 2, 2)
    assert array[0].tolist() == [[0, 1], [2, 255]] and array[2, 1, 0] == 10
    assert to_array(7, UINT8).shape == () and to_array([], UINT8).shape == (0,)
    assert to_array([[], []], UINT8).shape == (2, 0)


@pytest.mark.parametrize(
    "value, dtype, error",
    [
        ([1, 256], UINT8, "JSON Value: 256 Type: Number is not of expected type: uint8"),
        ([-1], UINT8, "JSON Value: -1 Type: Number is not of expected type: uint8"),
        ([1.0], UINT8, "JSON Value: 1.0 Type: Number is not of expected type: uint8"),
        ([1, True], UINT8, "JSON Value: true Type: True is not of expected type: uint8"),
        ([None], FLOAT, "JSON Value: null Type: Null is not of expected type: float"),
        (["7"], FLOAT, 'JSON Value: "7" Type: String is not of expected type: float'),
        ([{"a": 1}], FLOAT, 'JSON Value: {"a": 1} Type: Object is not of expected type: float'),
        ([1], np.dtype("bool"), "JSON Value: 1 Type: Number is not of expected type: bool"),
        ([2**24], FLOAT, "Cannot convert JSON value: 16777216 to float without loss of precision."),
        ([3.5e38], FLOAT, "Cannot convert JSON value: 3.5e+38 to float without loss"),
        ([10**400], np.dtype("float64"), "to double without loss of precision"),
        ([[1, 2], [3]], UINT8, "Encountered list at unexpected size: 1 at level: 1"),
        ([[1], 2], UINT8, "JSON Value: 2 found at incorrect level: 2"),
        ([1, [2]], UINT8, "Encountered list at unexpected level: 1 expected < 1"),
        ([5], STRING, "JSON Value: 5 Type: Number is not of expected type: string"),
        ([{"b64": "AA=A"}], STRING, "Unable to base64 decode"),
        ([{"b64": 5}], STRING, 'JSON Value: {"b64": 5} not formatted correctly for base64 data'),
    ],
)
def test_what_a_dtype_does_not_hold_is_refused(value, dtype, error):
    with pytest.raises(ValueError) as raised:
        to_array(value, dtype)
    assert error in str(raised.value)


def test_numbers_of_floats_are_held_as_they_are():
    array = to_array([[0.1, -2], [2**24 - 1, float("nan")]], FLOAT)
    assert array.dtype == np.float32 and array[0].tolist() == [np.float32(0.1), -2]
    assert array[1, 0] == 16777215 and np.isnan(array[1, 1])
    assert np.isinf(to_array([float("-inf")], FLOAT)).all()


def test_bytes_are_base64_and_texts_are_utf8():
    array = to_array([{"b64": "/9gA"}, "é"], STRING)
    assert array.tolist() == [b"\xff\xd8\x00", "é".encode()]
    assert to_json("frames_bytes", array[:1]) == b'[{"b64":"/9gA"}]'
    assert json.loads(to_json("name", np.array([["a", "é"]], object))) == [["a", "é"]]
    assert is_base64({"b64": ""}) and not is_base64({"b64": "", "more": 1})


def test_floats_are_written_with_the_digits_that_they_have():
    floats = np.array([0.1, 1 / 3, 1e-20, 3e38], np.float32)
    written = to_json("state", floats)
    assert written.startswith(b"[0.1,0.33333334,")
    assert (to_array(json.loads(written), FLOAT) == floats).all()
    assert to_json("video", np.array([[255, 0]], np.uint8)) == b"[[255,0]]"


def test_of_long_values_errors_show_the_beginning():
    assert len(shown_json(list(range(10**5)))) == 120
    assert shown_json({"a": [1]}) == '{"a": [1]}'
    assert str(malformed([], "Is not object")) == "JSON Value: [] Is not object"


@pytest.mark.parametrize("name", ["frames_bytes", "text"])
def test_strings_of_all_kinds_and_shapes_are_read_back(name):
    texts = np.array([['a"', ""], ["\u00e9", "\\"]], object)
    for value in (texts, texts[0, 0:1].reshape(()), texts[:0], texts.astype(str)):
        back = to_array(json.loads(to_json(name, value)), STRING)
        assert back.tolist() == to_array(value.tolist(), STRING).tolist()
    files = np.array([b"\xff\xfe>", b""], object)
    assert to_json("frames_bytes", files) == b'[{"b64":"//4+"},{"b64":""}]'
    numbers = np.float32([[0.1], [2]])
    assert to_json(name, numbers) == b"[[0.1],[2.0]]"


def test_pieces_are_put_together():
    assert json_list([]) == b"[]" and json_list([b"1", b"{}"]) == b"[1,{}]"
    assert (
        json_object([]) == b"{}"
        and json_object([('a"', b"1"), ("b", b"[]")]) == b'{"a\\"":1,"b":[]}'
    )
