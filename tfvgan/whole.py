"""Files that appear whole, or not at all."""

import contextlib
import hashlib
import os
import re
import secrets
import shutil
import zipfile
from pathlib import Path

from tfvgan.locks import Busy, Lock, is_held

LONGEST_NAME = 255  # Bytes, on nearly all disks.


def write_whole(path, write):
    """Returns `path`, as a string: what was there before is replaced when the new file is whole.

    It is on the disk before it has its name, so that it outlasts a crash of the machine, too. What
    a killed process has left of the same file is removed.

    Args:
        path: of the file; its folder is there.
        write: function that writes the file at the path it is handed, which has the same ending.
    """
    path = Path(path)
    temporary = beside(path, f".writing-{os.getpid()}-")
    _sweep(path)
    with Lock(temporary, wait=True):  # For another thread.
        try:
            write(temporary)
            put(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
    return str(path)


def put(whole, path):
    """Gives a file, or a folder, that is whole its name; what it holds is on the disk before."""
    sync(whole)
    os.replace(whole, path)
    with contextlib.suppress(OSError):  # Not every disk does that of folders.
        _sync(Path(path).absolute().parent)


def sync(path):
    """Waits until what a file holds, or all that is in a folder, is on the disk."""
    for folder, _, files in os.walk(path):
        for name in files:
            _sync(os.path.join(folder, name))
    with contextlib.suppress(OSError) if os.path.isdir(path) else contextlib.nullcontext():
        _sync(path)


@contextlib.contextmanager
def aside(folder):
    """Gives a new hidden folder in another, for what is renamed when it is whole; else removed.

    What killed processes have left of such folders is removed: a lock beside each says whose it is.
    """
    folder = Path(folder)
    for lock in folder.glob(".unfinished-*.lock"):
        with contextlib.suppress(Busy):
            _remove(Lock(lock))
    lock = Lock(folder / f".unfinished-{secrets.token_hex(8)}.lock", wait=True)
    hidden = Path(lock.path).with_suffix("")
    hidden.mkdir()
    try:
        yield hidden
    finally:
        _remove(lock)


def _remove(lock):
    """Removes a hidden folder, and then the lock that is held beside it."""
    shutil.rmtree(Path(lock.path).with_suffix(""), ignore_errors=True)
    lock.close(remove=True)


def _sync(path):
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def beside(path, begin, end=""):
    """Returns the path of a hidden file beside another, named after it.

    Args:
        path: of the other.
        begin, end: str, what its name begins with, and ends with. What is too long for a name
            between them is told by its hash and its ending.
    """
    path = Path(path)
    if path.name in ("", ".."):
        path = Path(os.path.abspath(path))
    name = path.name
    if len(os.fsencode(begin + name + end)) > LONGEST_NAME:
        ending = path.suffix if len(os.fsencode(path.suffix)) < 16 else ""
        name = hashlib.sha256(os.fsencode(name)).hexdigest()[:32] + ending
    return path.with_name(begin + name + end)


def named_after(path, end):
    """Returns the path beside another whose name is that one's without its ending, and an `end`.

    Of what is too long for a name, its last characters are left out.
    """
    stem = Path(path).stem
    while len(os.fsencode(stem + end)) > LONGEST_NAME:
        stem = stem[:-1]
    return Path(path).with_name(stem + end)


def _sweep(path):
    """Removes what killed processes have left where `write_whole` writes a file."""
    ours = re.compile(r"\.writing-[0-9]+-")
    for name in os.listdir(path.absolute().parent):
        match = ours.match(name)
        if match and beside(path, match[0]).name == name:
            left = path.with_name(name)
            with contextlib.suppress(OSError):  # Another may have been quicker.
                if not is_held(left):
                    left.unlink()


def deflate(path):
    """Makes a .zip file, such as Keras writes, smaller: what is in it is compressed."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
