"""Reads files that PyTorch wrote before its version 1.6, and executes nothing: arrays by name.

Such a file is five pickles in a row (a number, a version, the machine, the tensors, the order of
their numbers), and then the numbers. Source: `torch/serialization.py`, `_legacy_load`. Newer files,
which are zip archives, are refused.
"""

import io
import math
import pickle
from collections import OrderedDict
from typing import NamedTuple

import numpy as np

from tfvgan.weights.unpickle import PlainUnpickler, briefly, flatten

MAGIC = 0x1950A86A20F9469CFC6C
VERSION = 1001
FLOATS = "torch.FloatStorage"  # A text, which can't be called.


class _Tensor(NamedTuple):
    """A tensor of a storage, before that is read."""

    key: str
    offset: int
    shape: tuple[int, ...]


def _tensor(storage, offset, shape, strides, *rest):
    """Returns what stands for a tensor, in place of what PyTorch would call.

    Raises:
        pickle.UnpicklingError: when its numbers don't lie in order.
    """
    expected = [math.prod(shape[axis + 1 :]) for axis in range(len(shape))]
    if list(strides) != expected or min([offset, *shape]) < 0:
        raise pickle.UnpicklingError(f"a tensor of {shape} has strides of {strides}")
    return _Tensor(storage, offset, tuple(shape))


ADMITTED = {
    ("collections", "OrderedDict"): OrderedDict,
    ("torch._utils", "_rebuild_tensor_v2"): _tensor,
    ("torch", "FloatStorage"): FLOATS,
}


class _TensorUnpickler(PlainUnpickler):
    """Unpickles dicts of tensors."""

    admitted = ADMITTED

    def __init__(self, file):
        super().__init__(file)
        self.sizes = {}

    def persistent_load(self, said):
        kind, storage, key, _, count, view = said
        if (kind, storage, view) != ("storage", FLOATS, None) or type(count) is not int:
            raise pickle.UnpicklingError(f"it has a storage of {storage}")
        self.sizes[key] = count
        return key


def read_torch(content: bytes) -> dict[str, np.ndarray]:
    """Returns the tensors of a file by path, float32: `{"params": {"a": ...}}` comes as "params/a".

    Args:
        content: bytes of a .pth file.

    Raises:
        ValueError: when it holds, or names, anything but tensors of float32, or ends early.
    """
    file = io.BytesIO(content)
    try:
        if (_plain(file), _plain(file)) != (MAGIC, VERSION):
            raise ValueError("it is no such file")
        _plain(file)
        reader = _TensorUnpickler(file)
        tree = reader.load()
        storages = {key: _storage(file, reader.sizes[key]) for key in _plain(file)}
        if file.read(1):
            raise ValueError("something follows the last number")
        return flatten(_resolved(tree, storages))
    except Exception as error:  # a damaged pickle raises whatever its opcodes stumble upon
        raise ValueError(
            "Expected a file of PyTorch's before 1.6, of tensors of float32, but "
            f"{briefly(error)}: do not load that file."
        ) from error


def _plain(file):
    """Returns what the next pickle holds."""
    return PlainUnpickler(file).load()


def _storage(file, count):
    """Returns the next storage's numbers."""
    said = int.from_bytes(file.read(8), "little", signed=True)
    content = file.read(4 * count) if 0 <= count == said else b""
    if len(content) != 4 * count:
        raise ValueError(f"a storage of {count} numbers is not whole")
    return np.frombuffer(content, "<f4")


def _resolved(tree, storages):
    """Returns nested dicts with arrays where tensors were."""
    if isinstance(tree, _Tensor):
        part = storages[tree.key][tree.offset :][: math.prod(tree.shape)]
        return part.reshape(tree.shape)
    if isinstance(tree, dict):
        return {key: _resolved(value, storages) for key, value in tree.items()}
    return tree
