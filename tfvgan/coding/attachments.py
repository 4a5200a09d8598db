"""Files inside of a file: copied as they are, a chunk at a time, each with its checksum."""

from tfvgan.coding.errors import DamagedFile
from tfvgan.coding.index import LONGEST_ATTACHED_NAME, AttachmentInfo
from tfvgan.coding.records import ATTACHMENT, CHUNK, LAST_CHUNK, pack_record, read_record

CHUNK_SIZE = 1 << 20  # bytes


def records_of(name, file, seed):
    """Yields the records of an attachment, and how many bytes of its content each holds.

    Args:
        name: str, 1 to 255 bytes as UTF-8.
        file: binary file, read from where it is to its end.
        seed: see `tfvgan.coding.records.pack_record`.

    Raises:
        ValueError: when the name is empty or too long.
    """
    coded = name.encode()
    if not 1 <= len(coded) <= LONGEST_ATTACHED_NAME:
        raise ValueError(
            f"An attachment's name should be of 1 to {LONGEST_ATTACHED_NAME} bytes, but {name!r} "
            f"is of {len(coded)}: give another."
        )
    yield pack_record(ATTACHMENT, coded, seed), 0
    chunk = file.read(CHUNK_SIZE)
    while following := file.read(CHUNK_SIZE):
        yield pack_record(CHUNK, chunk, seed), len(chunk)
        chunk = following
    yield pack_record(LAST_CHUNK, chunk, seed), len(chunk)


def chunks(file, offset, end, seed):
    """Yields the chunks of the attachment at an offset, bytes, and how long each one's record is.

    The first pair is of its name, as bytes.

    Args:
        file, offset, end, seed: see `tfvgan.coding.records.read_head`.

    Raises:
        DamagedFile: when it is not whole; what was yielded before was.
    """
    expected = (ATTACHMENT,)
    while expected:
        kind, body, length = read_record(file, offset, end, seed)
        if kind not in expected:
            raise DamagedFile(
                f"An attachment should go on at byte {offset}, but does not: copy it."
            )
        offset += length
        yield body, length
        expected = () if kind == LAST_CHUNK else (CHUNK, LAST_CHUNK)


def attachment_at(file, offset, end, seed):
    """Returns the `AttachmentInfo` of the attachment at an offset.

    Args:
        file, offset, end, seed: see `tfvgan.coding.records.read_head`.

    Raises:
        ValueError: when it is not whole.
    """
    pairs = chunks(file, offset, end, seed)
    name, length = next(pairs)
    size = 0
    for body, more in pairs:
        size += len(body)
        length += more
    return AttachmentInfo(name.decode(), size, offset, length)
