"""Bodies of requests and answers in both layouts, as TensorFlow Serving's page writes them."""

import json
from pathlib import Path

import numpy as np
import pytest

from tfvgan.serving.json_format import (
    read_request,
    read_response,
    write_error,
    write_request,
    write_response,
)

SIGNATURES = {
    "serving_default": {"value": np.dtype("float32")},
    "tags": {"tag": np.dtype("object"), "signal": np.dtype("int32")},
    "decode": {"frames_bytes": np.dtype("object")},
}

# Bodies as they go over the line: of rows and of columns, requests and answers.
GOLDEN = Path(__file__).with_name("golden")
FILES = np.array([[b"\x00\xff", b"a"], [b"\xff\xfe\xfd", b""]], object)
ASKED = {
    "tags": {"tag": np.array([b"foo", b"bar"], object), "signal": np.int32([[1, 2, 3], [4, 5, 6]])},
    "paint": {"frames_bytes": FILES, "strength": np.float32([0.1, 1])},
}
GIVEN = {
    "painted": {"frames_bytes": FILES},
    "restored": {
        "frame": np.uint8([[[[0, 1, 2]]], [[[3, 4, 255]]]]),
        "state": np.float32([[[[0.5, -2]]], [[[0.1, 0]]]]),
    },
}


def same(found, wanted):
    assert list(found) == list(wanted)
    for name, value in wanted.items():
        assert found[name].dtype == value.dtype
        np.testing.assert_array_equal(found[name], value)


@pytest.mark.parametrize("layout", ["rows", "columns"])
@pytest.mark.parametrize("name", ASKED)
def test_requests_are_those_of_golden_files(name, layout):
    body = (GOLDEN / f"{name}_{layout}.json").read_bytes()
    signature = {"tags": "tags", "paint": "stylize_encoded"}[name]
    dtypes = {signature: {key: value.dtype for key, value in ASKED[name].items()}}
    request = read_request(body, dtypes)
    assert (request.signature, request.layout) == (signature, layout)
    same(request.inputs, ASKED[name])
    assert write_request(ASKED[name], signature, layout) == body


@pytest.mark.parametrize("layout", ["rows", "columns"])
@pytest.mark.parametrize("name", GIVEN)
def test_answers_are_those_of_golden_files(name, layout):
    """TensorFlow Serving breaks the lines of its answers: that is read, too."""
    body = (GOLDEN / f"{name}_{layout}.json").read_bytes()
    dtypes = {key: value.dtype for key, value in GIVEN[name].items()}
    for each in (body, json.dumps(json.loads(body), indent=4).encode()):
        same(read_response(each, dtypes), GIVEN[name])
    assert write_response(GIVEN[name], layout) == body


def asked(content):
    return read_request(json.dumps(content).encode(), SIGNATURES)


def test_a_request_in_rows_is_stacked():
    """As the examples of the API's page."""
    request = asked(
        {
            "signature_name": "tags",
            "instances": [
                {"tag": "foo", "signal": [1, 2, 3]},
                {"tag": "bar", "signal": [4, 5, 6]},
            ],
        }
    )
    assert (request.signature, request.layout) == ("tags", "rows")
    assert request.inputs["tag"].tolist() == [b"foo", b"bar"]
    assert request.inputs["signal"].dtype == np.int32
    assert request.inputs["signal"].tolist() == [[1, 2, 3], [4, 5, 6]]


def test_one_input_needs_no_name_in_either_layout():
    rows = asked({"instances": [1.0, 2.0, 5.0]})
    assert rows.signature == "serving_default" and rows.inputs["value"].tolist() == [1, 2, 5]
    columns = asked({"inputs": [[1.0, 2.0]]})
    assert columns.layout == "columns" and columns.inputs["value"].tolist() == [[1, 2]]
    bytes_ = asked({"signature_name": "decode", "instances": [{"b64": "AAE="}, {"b64": "Ag=="}]})
    assert bytes_.inputs["frames_bytes"].tolist() == [b"\x00\x01", b"\x02"]
    alone = asked({"signature_name": "decode", "inputs": {"b64": "AAE="}})
    assert alone.inputs["frames_bytes"].shape == () and alone.inputs["frames_bytes"][()] == b"\0\1"


@pytest.mark.parametrize(
    "body, error",
    [
        (b"", "JSON Parse error: Expecting value at offset: 0"),
        (b'{"inputs": [1,}', "JSON Parse error: "),
        (b"\xff\xfe{", "JSON Parse error: "),
        (b"[" * 200_000, "JSON Parse error: nested too deeply"),
        (b"1" * 5000, "JSON Parse error: "),
        (b"[1]", "JSON Value: [1] Is not object"),
        (b"{}", "Missing 'inputs' or 'instances' key"),
        (b'{"signature_name": 1, "inputs": 1}', "'signature_name' key must be a string value."),
        (b'{"signature_name": "x", "inputs": 1}', 'Serving signature name: "x" not found'),
        (b'{"instances": [1], "inputs": [1]}', "only one of 'inputs' or 'instances' keys"),
        (b'{"instances": []}', "No values in 'instances' array"),
        (b'{"instances": 5}', "JSON Value: 5 must be a list"),
        (b'{"instances": [1, [2]]}', "element: 1 key: value of 'instances' list. Error: Expecting"),
        (b'{"instances": [[1, 2], [[1], [2]]]}', "Expecting shape [2] but got: [2, 1]"),
        (b'{"instances": [1, {"value": 1}]}', "Expecting value/list but got object at item 1"),
        (b'{"instances": [{"value": 1}, 1]}', "Expecting object but got list at item 1"),
        (b'{"instances": [{"value": 1, "x": 2}]}', "keys must be equal to: value"),
        (b'{"signature_name": "tags", "instances": [1]}', "instances is a plain list"),
        (b'{"signature_name": "tags", "inputs": [1]}', "inputs is a plain value/list"),
        (b'{"signature_name": "tags", "inputs": {"tag": "a"}}', "Missing named input: signal in"),
    ],
)
def test_what_is_no_request_is_refused_in_the_words_of_the_server(body, error):
    with pytest.raises(ValueError) as raised:
        read_request(body, SIGNATURES)
    assert error in str(raised.value)


def test_answers_lie_as_they_were_asked_for():
    """A single tensor has no name, as the page shows; bytes are base64 by their names."""
    one = {"video": np.array([[1, 2], [3, 255]], np.uint8)}
    assert write_response(one, "rows") == b'{"predictions":[[1,2],[3,255]]}'
    assert write_response(one, "columns") == b'{"outputs":[[1,2],[3,255]]}'
    two = {**one, "frames_bytes": np.array([b"\xff", b"a"], object)}
    assert json.loads(write_response(two, "rows")) == {
        "predictions": [
            {"video": [1, 2], "frames_bytes": {"b64": "/w=="}},
            {"video": [3, 255], "frames_bytes": {"b64": "YQ=="}},
        ]
    }
    assert json.loads(write_response(two, "columns")) == {
        "outputs": {"video": [[1, 2], [3, 255]], "frames_bytes": [{"b64": "/w=="}, {"b64": "YQ=="}]}
    }
    with pytest.raises(ValueError, match=r"share their first extent, but have a \[2\], b \[3\]"):
        write_response({"a": np.zeros(2), "b": np.zeros(3)}, "rows")


@pytest.mark.parametrize("layout", ["rows", "columns"])
@pytest.mark.parametrize("names", [("frames_bytes",), ("frames_bytes", "state", "frame")])
def test_what_one_side_writes_the_other_reads(layout, names):
    random = np.random.default_rng(0)
    everything = {
        "frames_bytes": np.array([[b"\x00\xff", b""], [b"a", b"b"]], object),
        "state": random.normal(size=(2, 3, 1)).astype("float32"),
        "frame": random.integers(0, 256, (2, 2, 4, 3)).astype("uint8"),
    }
    tensors = {name: everything[name] for name in names}
    dtypes = {name: value.dtype for name, value in tensors.items()}
    request = read_request(write_request(tensors, "s", layout), {"s": dtypes})
    assert (request.signature, request.layout) == ("s", layout)
    answer = read_response(write_response(tensors, layout), dtypes)
    for got in (request.inputs, answer):
        assert list(got) == list(names)
        for name, value in tensors.items():
            assert got[name].dtype == value.dtype
            np.testing.assert_array_equal(got[name], value)


def test_errors_of_a_server_are_raised():
    dtypes = {"video": np.dtype("uint8")}
    with pytest.raises(ValueError, match="the server says: no such signature"):
        read_response(write_error("no such signature"), dtypes)
    with pytest.raises(ValueError, match="has neither 'predictions' nor 'outputs'"):
        read_response(b"{}", dtypes)


def test_the_error_quotes_the_beginning_of_a_long_name():
    body = json.dumps({"signature_name": 999 * "n", "inputs": 1})
    with pytest.raises(ValueError, match='name: "nnn.*nn[.]{3} not found') as said:
        read_request(body, {"serving_default": {"x": np.float32}})
    assert len(str(said.value)) < 200
