"""Files that appear whole, or not at all."""

import os
import zipfile
from pathlib import Path


def write_whole(path, write):
    """Returns `path`, as a string: what was there before is replaced when the new file is whole.

    Args:
        path: of the file; its folder is there.
        write: function that writes the file at the path it is handed, which has the same ending.
    """
    path = Path(path)
    temporary = path.with_name(f".{os.getpid()}-{path.name}")
    try:
        write(temporary)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    return str(path)


def deflate(path):
    """Makes a .zip file, such as Keras writes, smaller: what is in it is compressed."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
