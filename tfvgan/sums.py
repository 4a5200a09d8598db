"""Checksums of what lies in the folder of a model, in a file that `sha256sum -c` reads, too.

Each file is looked up when it is read. What the list does not name is taken as it is, and so is
what lies where there is no list: folders from before have none.
"""

import hashlib
import os
import re
from pathlib import Path

from tfvgan.whole import write_whole

SUMS = "SHA256SUMS"
NOT_SUMMED = (".md", ".png")  # What people look at, and may change: cards and their pictures.
LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
LARGEST_LIST = 1 << 20  # bytes of a list


def write_sums(folder):
    """Writes SHA256SUMS into a folder: of all that is in it, but for what has a list of its own.

    Pictures and cards are not in it.
    """
    folder = Path(folder)
    names = sorted(path.relative_to(folder).as_posix() for path in _files(folder))
    text = "".join(f"{_sum(folder / name)}  {name}\n" for name in names)
    write_whole(folder / SUMS, lambda file: file.write_text(text, encoding="utf-8"))


def renew_sums(folder):
    """Writes SHA256SUMS anew where there is one, since something in the folder has changed."""
    if Path(folder, SUMS).is_file():
        write_sums(folder)


def check_sums(path):
    """Raises ValueError unless a file, or all files of a folder, have the listed checksums.

    Args:
        path: of the file, whose list lies beside it; or of the folder, which holds its list.
    """
    path = Path(path)
    folder = path if path.is_dir() else path.parent
    if not (folder / SUMS).is_file():
        return
    sums = _listed_sums(folder / SUMS)
    for file in _files(folder) if path.is_dir() else [path] * path.is_file():
        name = file.relative_to(folder).as_posix()
        if name in sums and sums[name] != _sum(file):
            raise ValueError(
                f"`{file}` is not what was written there, by {SUMS} beside it: fetch or make it "
                f"anew, or remove {SUMS} if you have changed it yourself."
            )


def _files(folder):
    """Yields the paths of the files in a folder that belong into its list."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not Path(place, name, SUMS).is_file()]
        for path in (Path(place, name) for name in names):
            if path.is_file() and path.name != SUMS and path.suffix not in NOT_SUMMED:
                yield path


def _listed_sums(path):
    """Returns the checksums in a list, a dict by names."""
    try:
        if path.stat().st_size > LARGEST_LIST:
            raise ValueError
        lines = path.read_text(encoding="utf-8").splitlines()
        return {name: digest for digest, name in (LINE.fullmatch(line).groups() for line in lines)}
    except (AttributeError, ValueError) as error:
        raise ValueError(
            f"`{path}` should be a list of checksums, as sha256sum writes it, but is not: fetch "
            "the folder anew, or remove the list."
        ) from error


def _sum(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
