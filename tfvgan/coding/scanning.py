"""All that is whole in a file whose index is missing or damaged, in time linear in its length."""

from typing import NamedTuple

from tfvgan.coding.attachments import attachment_at
from tfvgan.coding.index import MOST_GROUPS, GroupInfo
from tfvgan.coding.records import (
    ATTACHMENT,
    GROUP,
    INDEX,
    MOST_BODY,
    marks,
    read_body,
    read_head,
    read_record,
)
from tfvgan.coding.times import read_times

READS = 16  # How many times its own length may be read of a file in search of records.
FALSE_MARK = 1024  # bytes that a mark counts as which had to be tried


class Gap(NamedTuple):
    """A stretch of a file that is no whole record."""

    offset: int  # bytes from the file's beginning
    length: int  # bytes


def group_at(file, offset, end, seed, first_frame):
    """Returns the `GroupInfo` of the group at an offset, and its times.

    Args:
        file, offset, end, seed: see `tfvgan.coding.records.read_head`.
        first_frame: int, the number of its first frame.

    Raises:
        ValueError: when no whole group is there.
    """
    kind, body, length = read_record(file, offset, end, seed)
    if kind != GROUP:
        raise ValueError(f"A group should be at byte {offset}, but is not: it ended before.")
    times, _ = read_times(body)
    return GroupInfo(len(times), first_frame, times[0], offset, length), times


class Scan:
    """All whole records of a file, and the gaps between them.

    Where no whole record is, the next mark is searched from which on there is one. A file may be
    made to hold many false marks, each of which claims a long record: when `READS` times the file
    was read, the rest of it is taken to be damaged. Numbers of frames count what is found.

    Args:
        file: binary file.
        begin, end: int, where its header ends, and where it ends.
        seed: see `tfvgan.coding.records.pack_record`.

    Attributes:
        groups: list of `GroupInfo`.
        attachments: list of `AttachmentInfo`.
        damaged: list of `Gap`.
    """

    def __init__(self, file, begin, end, seed):
        self._file = _Metered(file, READS * (end - begin) + MOST_BODY)
        self._end, self._seed = end, seed
        self._frames = 0
        self.groups, self.attachments, self.damaged = [], [], []
        while begin < end and len(self.groups) < MOST_GROUPS:
            try:
                begin = self._scan_at(begin)
            except _Exhausted:
                self.damaged.append(Gap(begin, end - begin))
                return

    def _scan_at(self, offset):
        """Notes the record or the gap at an offset; returns where it ends."""
        try:
            return self._record(offset)
        except ValueError:
            behind = self._next(offset + 1)
            self.damaged.append(Gap(offset, behind - offset))
            return behind

    def _record(self, offset):
        """Returns where the record at an offset ends; ValueError if it is none."""
        at = (self._file, offset, self._end, self._seed)
        head = read_head(*at)
        kind = None if head is None else head.kind
        if kind == ATTACHMENT:
            attachment = attachment_at(*at)
            self.attachments.append(attachment)
            return offset + attachment.length
        if kind == INDEX:
            read_record(*at)
            return self._end
        group, _ = group_at(*at, self._frames)
        self.groups.append(group)
        self._frames += group.frames
        return offset + group.length

    def _next(self, offset):
        """Returns where the next whole record begins, from an offset on, or the file's end."""
        for place in marks(self._file, offset, self._end):
            self._file.spend(FALSE_MARK)
            head = read_head(self._file, place, self._end, self._seed)
            begins = head is not None and head.kind in (GROUP, ATTACHMENT, INDEX)
            if begins and read_body(self._file, place, head) is not None:
                return place
        return self._end


class _Exhausted(Exception):
    """A scan has read as many bytes as it may."""


class _Metered:
    """A file of which only so many bytes are read, those that are read again among them."""

    def __init__(self, file, left):
        self._file, self._left = file, left
        self.seek = file.seek

    def spend(self, count):
        """Raises _Exhausted when there are not so many bytes left to read."""
        self._left -= count
        if self._left < 0:
            raise _Exhausted

    def read(self, count):
        """Returns the next `count` bytes of the file, fewer at its end."""
        self.spend(count)
        return self._file.read(count)
