"""The models in a folder, and the versions of each that are to be served."""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from tfvgan.serving.server.signatures import FILE

NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+-]*")
LARGEST = 2**63 - 1  # Versions are int64.

Labels = Mapping[str, Mapping[str, int]]


def model_folders(folder: str | os.PathLike) -> dict[str, Path]:
    """Returns the folders of the models in a folder, by their names.

    A model is a folder with numbered versions, each a SavedModel: `NAME/1/saved_model.pb`. A folder
    that is a model itself is the only one.

    Args:
        folder: of models.

    Raises:
        ValueError: when it is no folder, or a version of a model.
    """
    top = Path(os.path.abspath(folder))
    if not top.is_dir():
        raise ValueError(f"`{folder}` must be a folder of models, but is none: name another.")
    if top.name.isdecimal() and (top / FILE).is_file():
        raise ValueError(
            f"`{folder}` is a version of a model: name the folder that it lies in, `{top.parent}`."
        )
    if versions_in(top):
        return {top.name: top}
    inside = [path for path in sorted(top.iterdir()) if NAME.fullmatch(path.name)]
    return {path.name: path for path in inside if path.is_dir() and versions_in(path)}


def versions_in(model: str | os.PathLike) -> dict[int, Path]:
    """Returns the folders of a model's versions by their numbers, the newest last.

    Args:
        model: its folder.
    """
    names = [name for name in os.listdir(model) if name.isascii() and name.isdecimal()]
    numbers = {int(name): Path(model, name) for name in sorted(names) if int(name) <= LARGEST}
    return {number: path for number, path in sorted(numbers.items()) if (path / FILE).is_file()}


def aspired(numbers: Sequence[int], labels: Mapping[str, int]) -> list[int]:
    """Returns the versions that are to be served: the newest, and those that have a label.

    Args:
        numbers: of all that are there.
        labels: numbers by label.
    """
    newest = {max(numbers)} if numbers else set()
    return sorted(newest | (set(labels.values()) & set(numbers)))


def read_labels(texts: Sequence[str]) -> dict[str, dict[str, int]]:
    """Returns the versions by model and label, of texts such as "style_ink:stable=3".

    Args:
        texts: as they are typed.

    Raises:
        ValueError: when one is none.
    """
    labels: dict[str, dict[str, int]] = {}
    for text in texts:
        name, _, said = text.partition(":")
        label, _, number = said.rpartition("=")
        if not (name and label and number.isascii() and number.isdecimal()):
            raise ValueError(
                f"A label must be MODEL:LABEL=VERSION, such as style_ink:stable=3, but is {text!r}."
            )
        labels.setdefault(name, {})[label] = int(number)
    return labels
