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


def test_arrays_of_all_numbers_and_orders_come_as_they_were():
    for x in (
        np.arange(6, dtype=">i2").reshape(2, 3).T,
        np.array(True),
        np.zeros((0, 4), "float16"),
        np.uint64([[2**63]]),
    ):
        for protocol in (3, 4):
            (made,) = unpickle(pickle.dumps({"x": x}, protocol)).values()
            assert made.dtype == x.dtype and made.shape == x.shape and made.flags.writeable
            np.testing.assert_array_equal(made, x)


@pytest.mark.parametrize(
    "good, spoilt, said",
    [
        (b"\x8c\x02f4", b"\x8c\x02O8", "a dtype 'O8' where one of numbers belongs"),
        (b"\x8c\x01<", b"\x8c\x01?", "it orders bytes by '\\?'"),
        (b"K\x02K\x03\x86", b"K\x02K\x04\x86", r"an array \(2, 4\) of 24 bytes"),
    ],
)
def test_what_a_pickle_says_of_an_array_is_looked_at(good, spoilt, said):
    content = pickle.dumps({"a": np.ones((2, 3), "float32")}, 4)
    assert content.count(good) == 1
    with pytest.raises(ValueError, match=said):
        unpickle(content.replace(good, spoilt))


def test_numpy_is_told_nothing_by_a_pickle():
    """A dtype that is no copy is float32 itself; flags that are wrong have ended the process."""
    content = pickle.dumps({"a": np.ones((2, 3), "float32")}, 4)
    copied, flags = b"\x8c\x02f4\x94\x89\x88\x87", b"\xff\xff\xff\xffK\0t"
    assert content.count(copied) == content.count(flags) == 1
    content = content.replace(copied, copied.replace(b"\x88", b"\x89"))
    content = content.replace(flags, flags.replace(b"K\0", b"K\x01"))
    (made,) = unpickle(content).values()
    assert (made == 1).all() and made.dtype.flags == np.dtype("float32").flags == 0
