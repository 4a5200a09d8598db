"""What a video's file is known by when it has been moved, without reading all of it."""

import hashlib
import os

from tfvgan.data.files import image_files

PIECE = 1 << 16  # bytes, at the beginning, in the middle and at the end


def fingerprint_of(path: str | os.PathLike) -> str:
    """Returns 32 hexadecimal digits of a file's size and three pieces, whatever its name.

    Of a folder of numbered images it is of their names and sizes, and of the pieces of each.

    Args:
        path: of a video file, or such a folder.

    Raises:
        OSError: when it can't be read.
    """
    digest = hashlib.sha256()
    if not os.path.isdir(path):
        _add(digest, path)
        return digest.hexdigest()[:32]
    for file in image_files(path):
        digest.update(os.fsencode(os.path.basename(file)) + b"\0")
        _add(digest, file)
    return digest.hexdigest()[:32]


def state_of(path: str | os.PathLike) -> tuple[int, int]:
    """Returns the bytes of a video, and when it was last changed, in nanoseconds.

    Of a folder of images they are the sum and the last of what is in it.
    """
    files = image_files(path) if os.path.isdir(path) else [path]
    states = [os.stat(file) for file in files]
    return sum(each.st_size for each in states), max(each.st_mtime_ns for each in states)


def _add(digest, path):
    """Adds the size of a file and its pieces to a digest."""
    with open(path, "rb") as file:
        size = os.fstat(file.fileno()).st_size
        digest.update(f"{size} ".encode())
        for place in (0, (size - PIECE) // 2, size - PIECE):
            file.seek(max(place, 0))
            digest.update(file.read(PIECE))
