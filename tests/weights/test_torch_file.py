"""Files of PyTorch's before 1.6, made here without it: tensors come out, nothing is called."""

import io
import os
import pickle
from collections import OrderedDict

import numpy as np
import pytest

from tfvgan.weights.torch_file import MAGIC, VERSION, read_torch

ARRAYS = {
    "a.weight": np.arange(6, dtype="<f4").reshape(2, 3),
    "a.bias": np.float32([7, 8]),
    "scalar": np.float32(9),
}


class Named:
    """A global that a pickle names, by its module and name, and never is here."""

    def __init__(self, module, name):
        self.module, self.name = module, name


class Called:
    """A call of one."""

    def __init__(self, named, *arguments):
        self.named, self.arguments = named, arguments


class Storage:
    def __init__(self, key, count, kind="FloatStorage"):
        self.said = ("storage", Named("torch", kind), key, "cpu", count, None)


class Pickler(pickle._Pickler):
    """Writes these as PyTorch would."""

    def persistent_id(self, value):
        return value.said if isinstance(value, Storage) else None

    def save(self, value, save_persistent_id=True):
        if isinstance(value, Named):
            self.write(b"c" + f"{value.module}\n{value.name}\n".encode())
        elif isinstance(value, Called):
            self.save(value.named)
            self.save(value.arguments)
            self.write(b"R")
        else:
            super().save(value, save_persistent_id)


def pickled(value):
    file = io.BytesIO()
    Pickler(file, 2).dump(value)
    return file.getvalue()


def tensor(key, array, offset=0, strides=None, count=None, kind="FloatStorage"):
    own = tuple(stride // 4 for stride in array.strides)
    storage = Storage(key, array.size if count is None else count, kind)
    called = Named("torch._utils", "_rebuild_tensor_v2")
    return Called(called, storage, offset, array.shape, strides or own, False, OrderedDict())


def content(tree, storages, magic=MAGIC, version=VERSION):
    """Returns the bytes of a file of a tree of tensors and of arrays by key."""
    parts = [pickled(value) for value in (magic, version, {"little_endian": True}, tree)]
    parts.append(pickled(list(storages)))
    parts += [a.size.to_bytes(8, "little") + a.tobytes() for a in storages.values()]
    return b"".join(parts)


def good():
    tree = OrderedDict((name, tensor(str(n), a)) for n, (name, a) in enumerate(ARRAYS.items()))
    return content({"params": tree}, {str(n): a for n, a in enumerate(ARRAYS.values())})


def test_tensors_come_by_name():
    made = read_torch(good())
    assert list(made) == [f"params/{name}" for name in ARRAYS]
    for name, array in ARRAYS.items():
        np.testing.assert_array_equal(made[f"params/{name}"], array)
        assert made[f"params/{name}"].dtype == np.float32


def test_tensors_of_one_storage_are_apart():
    shared = np.arange(8, dtype="<f4")
    tree = {"a": tensor("0", shared[:2], 1, count=8), "b": tensor("0", shared[:5], 3, count=8)}
    made = read_torch(content(tree, {"0": shared}))
    np.testing.assert_array_equal(made["a"], [1, 2])
    np.testing.assert_array_equal(made["b"], [3, 4, 5, 6, 7])


def test_a_function_is_refused_before_it_is_called(tmp_path):
    target = tmp_path / "made"
    hostile = Called(Named("os", "mkdir"), str(target))
    for tree in ({"a": hostile}, hostile):
        with pytest.raises(ValueError, match="names `os.mkdir`: do not load that file"):
            read_torch(content(tree, {}))
    for place in range(3):
        values = [MAGIC, VERSION, {}]
        values[place] = hostile
        with pytest.raises(ValueError, match="names `os.mkdir`"):
            read_torch(b"".join(map(pickled, values)))
    assert not target.exists()
    assert os.path.isdir(tmp_path)


BIAS = ARRAYS["a.bias"]


@pytest.mark.parametrize(
    "made, wanted",
    [
        (b"", "before seeing STOP"),
        (b"PK\x03\x04", "do not load"),
        (good()[:-1], "a storage of 1 numbers is not whole"),
        (good() + b"\0", "something follows the last number"),
        (content({}, {}, magic=1), "it is no such file"),
        (content({}, {}, version=1), "it is no such file"),
        (content({"a": tensor("0", BIAS, count=3)}, {"0": BIAS}), "of 3 numbers is not whole"),
        (content({"a": tensor("0", BIAS, count=-1)}, {"0": BIAS}), "-1 numbers is not whole"),
        (content({"a": tensor("0", BIAS, 1)}, {"0": BIAS}), "reshape"),
        (content({"a": tensor("0", BIAS, -1)}, {"0": BIAS}), "has strides"),
        (content({"a": tensor("0", BIAS, strides=(2,))}, {"0": BIAS}), "has strides"),
        (content({"a": tensor("0", BIAS, kind="HalfStorage")}, {"0": BIAS}), "torch.HalfStorage"),
        (content({"a": Called(Named("torch", "FloatStorage"), 3)}, {}), "not callable"),
        (content({"a": "text"}, {}), "a str where a dict belongs"),
        (content([], {}), "a list where a dict belongs"),
    ],
)
def test_anything_else_is_refused(made, wanted):
    with pytest.raises(ValueError, match=f"^Expected a file of .*{wanted}"):
        read_torch(made)


def test_what_is_wrong_is_told_briefly():
    with pytest.raises(ValueError, match="Expected a file of PyTorch's") as said:
        read_torch(content(Named("m" * 999, "name"), {}))
    assert len(str(said.value)) < 400
