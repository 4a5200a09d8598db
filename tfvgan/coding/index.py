"""Where the groups and attachments of a file are: its last record, and the bytes that find it."""

from typing import NamedTuple

from tfvgan.coding.errors import DamagedFile
from tfvgan.coding.records import INDEX, MOST_BODY, pack_record, read_record
from tfvgan.coding.times import MOST_FRAMES
from tfvgan.coding.varints import LARGEST_SIGNED, Cursor, signed_varint, varint

END_MARK = b"GVT\x8a"
FOOTER = 4 + len(END_MARK)  # bytes: how long the index is, and that this is the end
MOST_GROUPS = 1 << 20
MOST_ATTACHMENTS = 64
LONGEST_ATTACHED_NAME = 255  # bytes
LEAST_GROUP = 10  # bytes of a group: a mark and a letter, a length, times of two bytes, a checksum


class GroupInfo(NamedTuple):
    """Where a group is, and which frames are in it."""

    frames: int  # how many
    first_frame: int  # number in the file, from 0 on
    first_time: int  # ticks
    offset: int  # bytes from the file's beginning
    length: int  # bytes, with all that surrounds the payload


class AttachmentInfo(NamedTuple):
    """Where an attachment is."""

    name: str
    size: int  # bytes of what was attached
    offset: int  # bytes from the file's beginning
    length: int  # bytes, with checksums


def pack_index(groups, attachments, seed):
    """Returns the last bytes of a file: the index, and the footer that locates it.

    Args:
        groups: list of `GroupInfo`, one right behind the other.
        attachments: list of `AttachmentInfo`, likewise, behind them.
        seed: see `tfvgan.coding.records.pack_record`.
    """
    body, time = [varint(len(groups))], 0
    for group in groups:
        body += [varint(group.length), varint(group.frames), signed_varint(group.first_time - time)]
        time = group.first_time
    body.append(varint(len(attachments)))
    for attachment in attachments:
        name = attachment.name.encode()
        body += [varint(len(name)), name, varint(attachment.length), varint(attachment.size)]
    record = pack_record(INDEX, b"".join(body), seed)
    return record + len(record).to_bytes(4, "little") + END_MARK


def read_index(file, begin, end, seed):
    """Returns the lists of `GroupInfo` and of `AttachmentInfo` that the end of a file holds.

    Args:
        file: binary file.
        begin, end: int, where its header ends, and where it ends.
        seed: see `tfvgan.coding.records.pack_record`.

    Raises:
        ValueError: when there is no index, or one that can't be true.
    """
    file.seek(max(begin, end - FOOTER))
    footer = file.read(FOOTER)
    offset = end - FOOTER - int.from_bytes(footer[:4], "little")
    if footer[4:] != END_MARK or offset < begin:
        raise DamagedFile("An index should be at the end, but is not: look at all that is there.")
    kind, body, length = read_record(file, offset, end - FOOTER, seed)
    groups, attachments, behind = _parsed_index(Cursor(body), begin)
    if kind != INDEX or offset + length != end - FOOTER or behind != offset:
        raise DamagedFile("The index should tell where all is, but does not: look at all there is.")
    return groups, attachments


def _parsed_index(cursor, offset):
    """Returns the groups and attachments of an index, and where its last record ends."""
    groups, attachments, frame, time, soonest = [], [], 0, 0, -LARGEST_SIGNED
    for _ in range(_at_most(MOST_GROUPS, cursor.varint())):
        length, frames = cursor.varint(), cursor.varint()
        time += cursor.signed()
        _at_most(MOST_FRAMES, frames)
        _at_most(MOST_BODY + 2 * LEAST_GROUP, length, LEAST_GROUP)
        _at_most(LARGEST_SIGNED - frames, time, soonest)
        soonest = time + frames  # Each frame is due a tick or more behind the one before.
        groups.append(GroupInfo(frames, frame, time, offset, length))
        offset, frame = offset + length, frame + frames
    for _ in range(_at_most(MOST_ATTACHMENTS, cursor.varint(), least=0)):
        name = cursor.take(_at_most(LONGEST_ATTACHED_NAME, cursor.varint())).decode()
        length, size = cursor.varint(), cursor.varint()
        _at_most(length, size, least=0)
        attachments.append(AttachmentInfo(name, size, offset, length))
        offset += length
    cursor.finish()
    return groups, attachments, offset


def _at_most(most, number, least=1):
    """Returns the number; ValueError when it is above `most` or below `least`."""
    if not least <= number <= most:
        raise ValueError(
            f"A number should be from {least} to {most}, but is {number}: no file has that."
        )
    return number
