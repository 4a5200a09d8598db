"""What scripts share that publish folders anew: one is replaced when all of it is there."""

import contextlib
import json
import shutil
from pathlib import Path

from tfvgan.export.versions import next_version
from tfvgan.sums import check_sums, renew_sums
from tfvgan.whole import aside, put


def newest(folder):
    """Returns the path of the newest version in a published folder."""
    return Path(folder, str(next_version(folder) - 1))


def checked(folder):
    """Returns the path of the newest version in a published folder, once checksums were right."""
    version = newest(folder)
    check_sums(folder)
    check_sums(version)
    return version


def parity_of(version):
    """Returns what parity.json of a version says."""
    return json.loads((version / "parity.json").read_text(encoding="utf-8"))


@contextlib.contextmanager
def replaced(folder):
    """Yields a copy of a published folder, which takes its place, with a new list of checksums.

    After an error the folder stays as it was.
    """
    folder = Path(folder)
    with aside(folder.parent) as hidden:
        copy = Path(hidden, folder.name)
        shutil.copytree(folder, copy)
        yield copy
        renew_sums(copy)
        shutil.rmtree(folder)
        put(copy, folder)
