"""Numbered versions in a model's folder, each there whole or not at all.

TensorFlow Serving watches a folder and loads its sub-folders whose names are whole numbers. A
version is written under a hidden name that is none, then renamed, which the file system does in
one step: a server never sees half of one, whenever the writer is killed.
"""

import os
from pathlib import Path

from tfvgan.sums import write_sums
from tfvgan.whole import aside, sync


def next_version(path):
    """Returns one more than the largest version in the folder: 1 for an empty or a missing one."""
    folder = Path(path)
    names = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
    return max((int(name) for name in names if name.isdecimal()), default=0) + 1


def publish_version(path, write):
    """Returns the folder of a new version, with what `write(folder)` has put there and SHA256SUMS.

    No version is ever overwritten: two writers at once get two numbers.

    Args:
        path: the model's folder; made when missing.
        write: function of a folder's path; what it raises is raised, and leaves no version.

    Raises:
        ValueError: when `path` is a file.
    """
    folder = Path(path)
    if folder.exists() and not folder.is_dir():
        raise ValueError(
            f"`path` must be a folder for versions, but {path} is a file: name another."
        )
    folder.mkdir(parents=True, exist_ok=True)
    with aside(folder) as hidden:
        write(str(hidden))
        write_sums(hidden)
        sync(hidden)
        return str(rename_to_next(hidden, folder))


def rename_to_next(hidden, folder):
    """Returns the version's folder that `hidden` became."""
    while True:
        version = folder / str(next_version(folder))
        try:
            os.rename(hidden, version)
        except OSError:
            if not version.exists():
                raise
        else:
            return version
