"""The records of a file behind its header, each with a mark, a length and a checksum."""

import re
import zlib
from typing import NamedTuple

from tfvgan.coding.errors import DamagedFile
from tfvgan.coding.varints import LONGEST_VARINT, Cursor, varint

MARK = b"\xd7"
GROUP, ATTACHMENT, CHUNK, LAST_CHUNK, INDEX = b"G", b"A", b"C", b"E", b"I"
MARKS = re.compile(re.escape(MARK) + b"[GACEI]")
MOST_PAYLOAD = 64 << 20  # bytes of a group beside its times
MOST_BODY = MOST_PAYLOAD + (1 << 17)  # bytes
SUM = 4  # bytes of a checksum
FIRST_LOOK, LONGEST_LOOK = 64, 1 << 20  # bytes that are searched for marks at once


class Head(NamedTuple):
    """The first bytes of what may be a record."""

    kind: bytes  # one letter
    length: int  # bytes of the head itself
    body: int  # bytes of the body
    sum: int  # the checksum so far

    @property
    def whole(self):
        """Returns the bytes of the whole record."""
        return self.length + self.body + SUM


def pack_record(kind, body, seed):
    """Returns the bytes of a record.

    Args:
        kind: one of `GROUP` and so on.
        body: bytes, at most `MOST_BODY`.
        seed: int, the checksum of the file's header: what comes from another file is no record.
    """
    head = MARK + kind + varint(len(body))
    checksum = zlib.crc32(body, zlib.crc32(head, seed))
    return b"".join([head, body, checksum.to_bytes(SUM, "little")])


def read_head(file, offset, end, seed):
    """Returns the `Head` of what may be a record at an offset, or None when there can be none.

    Args:
        file: binary file.
        offset, end: int, where the record begins, and where all must have ended.
        seed: see `pack_record`.
    """
    file.seek(offset)
    data = file.read(min(len(MARK) + 1 + LONGEST_VARINT, end - offset))
    if not MARKS.match(data):
        return None
    cursor = Cursor(data)
    kind = cursor.take(len(MARK) + 1)[len(MARK) :]
    try:
        body = cursor.varint()
    except ValueError:
        return None
    head = Head(kind, cursor.place, body, zlib.crc32(data[: cursor.place], seed))
    return head if body <= MOST_BODY and offset + head.whole <= end else None


def read_body(file, offset, head):
    """Returns the body of a record, bytes, or None when its checksum is another."""
    file.seek(offset + head.length)
    body, checksum = file.read(head.body), file.read(SUM)
    return body if zlib.crc32(body, head.sum).to_bytes(SUM, "little") == checksum else None


def read_record(file, offset, end, seed):
    """Returns the kind, the body and the length of the record at an offset.

    Args:
        file, offset, end, seed: see `read_head`.

    Raises:
        DamagedFile: when no whole record is there.
    """
    head = read_head(file, offset, end, seed)
    body = None if head is None else read_body(file, offset, head)
    if body is None:
        raise DamagedFile(f"A record should be at byte {offset}, but none is whole there: copy it.")
    return head.kind, body, head.whole


def marks(file, offset, end):
    """Yields the offsets of all marks from one on, in as much time as there are bytes before them.

    Args:
        file, offset, end: see `read_head`.
    """
    look = FIRST_LOOK
    while offset < end:
        file.seek(offset)
        data = file.read(min(look, end - offset))
        for match in MARKS.finditer(data):
            yield offset + match.start()
        if offset + len(data) >= end:
            return
        offset += len(data) - 1  # A mark may lie across.
        look = min(2 * look, LONGEST_LOOK)
