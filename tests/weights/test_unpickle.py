"""Only arrays come out of a pickle, and nothing in it is ever called."""

import os
import pickle

import numpy as np
import pytest

from tfvgan.weights.unpickle import unpickle


class Runs:
    """What a hostile pickle holds: a function and its arguments."""

    def __init__(self, function, *arguments):
        self.call = (function, arguments)

    def __reduce__(self):
        return self.call


@pytest.mark.parametrize("protocol", [3, 4])
def test_arrays_come_by_path(protocol):
    x, y = np.arange(6, dtype="float32").reshape(2, 3), np.int64([7])
    arrays = unpickle(pickle.dumps({"a": {"b": x, "c/d": y}, "e": {}}, protocol))
    assert list(arrays) == ["a/b", "a/c/d"]
    np.testing.assert_array_equal(arrays["a/b"], x)
    np.testing.assert_array_equal(arrays["a/c/d"], y)


def test_a_function_is_refused_before_it_is_called(tmp_path):
    target = tmp_path / "made"
    content = pickle.dumps({"a": Runs(os.mkdir, str(target))})
    with pytest.raises(ValueError, match="mkdir.*do not load that file"):
        unpickle(content)
    assert not target.exists()
    pickle.loads(content)  # an ordinary unpickler does call it
    assert target.exists()


@pytest.mark.parametrize(
    "tree",
    [
        [np.zeros(2)],
        {"a": "text"},
        {"a": 1.0},
        {"a": np.array(["text"])},
        {"a": np.array([{}], dtype=object)},
        {"a": Runs(np.load, "x")},
        {"a": Runs(eval, "1")},
        {"a": Runs(getattr, np.ndarray, "tofile")},
    ],
)
def test_anything_else_is_refused(tree):
    with pytest.raises(ValueError, match="Expected a pickle of nested dicts of arrays"):
        unpickle(pickle.dumps(tree))


@pytest.mark.parametrize("length", [0, 1, 40, -1])
def test_a_damaged_pickle_is_refused(length):
    content = pickle.dumps({"a": np.arange(99.0)})[:length]
    with pytest.raises(ValueError, match="Expected a pickle"):
        unpickle(content)


def test_memory_is_not_taken_for_a_number_that_a_pickle_names():
    for place in (b"r\0\0\x10\0", b"p1048576\n"):
        with pytest.raises(ValueError, match="it numbers a place 1048576: do not load"):
            unpickle(b"\x80\x02}" + place + b".")
    assert unpickle(b"\x80\x02}r\xff\xff\x0f\0.") == {}


def test_what_is_wrong_is_told_briefly():
    with pytest.raises(ValueError, match="Expected a pickle") as said:
        unpickle(b"\x80\x02c" + 999 * b"m" + b"\nname\n.")
    assert len(str(said.value)) < 400
