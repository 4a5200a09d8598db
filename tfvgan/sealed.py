"""Archives that carry a checksum of their own: `.keras` and `.npz` files are both .zip files.

The seal is the archive's comment, which readers of .zip files pass over. It is the sha256 of all
that is inside. What was written before there were seals has none, and is still checked against the
checksums that every .zip file has.
"""

import hashlib
import zipfile

from tfvgan.whole import write_whole

SEAL = b"tfvgan sha256 "
READ_AT_ONCE = 1 << 20  # bytes
SHOWN = 120  # characters of what zipfile says, which may quote what it found
# Bytes that may come out of any file, and times its own of others.
MOST_BYTES, EXPANSION = 1 << 30, 100


def write_sealed(path, write):
    """Returns `path`, as a string; see `tfvgan.whole.write_whole`.

    Args:
        path: of the archive.
        write: function that writes an archive at the path it is handed.
    """

    def sealed(file):
        write(file)
        with zipfile.ZipFile(file, "a") as archive:
            archive.comment = SEAL + _digest(archive)

    return write_whole(path, sealed)


def check_seal(path):
    """Raises ValueError when an archive is damaged, or is none; it is read once as a whole."""
    try:
        with zipfile.ZipFile(path) as archive:
            inside = sum(info.file_size for info in archive.infolist())
            packed = sum(info.compress_size for info in archive.infolist())
            if inside > max(MOST_BYTES, EXPANSION * packed):
                raise ValueError(f"it would be of {inside} bytes, unpacked from {packed}")
            if archive.comment.startswith(SEAL) and archive.comment != SEAL + _digest(archive):
                raise ValueError("its checksum is another")
            if not archive.comment.startswith(SEAL):
                _digest(archive)
    except Exception as error:  # a damaged archive raises whatever its bytes lead to
        reason = str(error).partition("\n")[0][:SHOWN] or type(error).__name__
        raise ValueError(
            f"`{path}` is damaged, or no archive ({reason}): make or fetch it anew."
        ) from error


def _digest(archive):
    """Returns the sha256 of all names and contents, in hexadecimal; each content's sum is checked.

    Raises:
        zipfile.BadZipFile: and others, when the archive is damaged.
    """
    digest = hashlib.sha256()
    for info in archive.infolist():
        digest.update(f"{len(info.filename)} {info.filename} {info.file_size} ".encode())
        with archive.open(info) as file:
            while chunk := file.read(READ_AT_ONCE):
                digest.update(chunk)
    return digest.hexdigest().encode()
