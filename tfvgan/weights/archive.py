"""Distributions as archives: names and bytes; nothing of them is written or run."""

import contextlib
import os
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from typing import NamedTuple


class Archive(NamedTuple):
    """An open archive: the names of its files, and a function of a name to the bytes."""

    names: list[str]
    read: Callable[[str], bytes]


@contextlib.contextmanager
def open_archive(path: str | os.PathLike) -> Iterator[Archive]:
    """Yields the `Archive` of a wheel or a source distribution, by its first bytes.

    Raises:
        KeyError: by `read`, when there is no such file in it.
    """
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as wheel:
            yield Archive(wheel.namelist(), wheel.read)
        return
    with tarfile.open(path) as sdist:
        yield Archive(sdist.getnames(), lambda name: sdist.extractfile(name).read())
