"""The weights in the user's folder: written whole, checked whenever they are read."""

import hashlib
import json
from pathlib import Path

import numpy as np

from tfvgan.weights.catalogue import find
from tfvgan.weights.home import home
from tfvgan.whole import write_whole


class MissingWeights(ValueError):
    """Weights are missing or damaged; the message names the command that fetches them."""


def folder() -> Path:
    """Returns the folder of all weights, which need not exist yet."""
    return home() / "weights"


def path(name: str) -> Path:
    """Returns where the weights of that name are, or will be once fetched.

    Raises:
        ValueError: when no weights have that name.
    """
    return folder() / f"{find(name).name}.npz"


def load(name: str) -> dict[str, np.ndarray]:
    """Returns the weights as `{variable path: array}`, verified.

    Args:
        name: such as "i3d"; see `tfvgan weights list`.

    Raises:
        MissingWeights: when they have not been fetched, or are damaged.
        ValueError: when no weights have that name.
    """
    file = path(name)
    if not file.is_file():
        raise MissingWeights(
            f"The weights of `{name}` should be in {file}, but are not: "
            f"run `tfvgan weights fetch {name}`."
        )
    with open(file, "rb") as stream:
        try:
            arrays = dict(np.load(stream, allow_pickle=False))
        except Exception:  # a damaged archive raises whatever its bytes lead to
            arrays = {}
    if fingerprint(arrays) != find(name).sha256:
        raise MissingWeights(
            f"The weights of `{name}` in {file} are damaged: run `tfvgan weights fetch {name}`."
        )
    return arrays


def verify(name: str) -> Path:
    """Returns the file of the weights, a Path, once its content is what it should be.

    Raises:
        MissingWeights: when they have not been fetched, or are damaged.
        ValueError: when no weights have that name.
    """
    load(name)
    return path(name)


def save(name, arrays, record):
    """Returns the file that now holds the arrays; a .json beside it holds the record.

    Args:
        name: of the weights.
        arrays: `{variable path: array}`.
        record: dict of what the .json is to say; "sha256" of the .npz is added.

    Raises:
        ValueError: when the arrays are not those that the catalogue names.
    """
    if fingerprint(arrays) != find(name).sha256:
        raise ValueError(
            f"The weights of `{name}` came out other than they should: this platform's arithmetic "
            "differs from IEEE 754; copy the file from another machine."
        )
    file = path(name)
    file.parent.mkdir(parents=True, exist_ok=True)

    def write(path):
        with open(path, "wb") as stream:
            np.savez(stream, **arrays)
        entry = {**record, "sha256": sha256_of(path)}
        write_text(file.with_suffix(".json"), json.dumps(entry, indent=2) + "\n")

    write_whole(file, write)
    return file


def fingerprint(arrays):
    """Returns the sha256 of names, types, shapes and values, however they are stored."""
    digest = hashlib.sha256()
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        digest.update(f"{name} {array.dtype.str} {array.shape}\n".encode())
        digest.update(array.data)
    return digest.hexdigest()


def sha256_of(file):
    """Returns the sha256 of a file's bytes."""
    with open(file, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write_text(file, text):
    """Writes a small file whole or not at all."""
    write_whole(file, lambda path: path.write_text(text, encoding="utf-8"))
