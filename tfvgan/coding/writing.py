"""A compressed video's file as it is written: under a hidden name, until it is whole."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from tfvgan.coding.attachments import records_of
from tfvgan.coding.header import Header, seed_of
from tfvgan.coding.index import (
    MOST_ATTACHMENTS,
    MOST_GROUPS,
    AttachmentInfo,
    GroupInfo,
    pack_index,
)
from tfvgan.coding.records import GROUP, MOST_PAYLOAD, pack_record
from tfvgan.coding.scanning import group_at
from tfvgan.coding.times import pack_times
from tfvgan.whole import beside, put


def hidden_file(path: str | os.PathLike) -> Path:
    """Returns the path of the hidden file that `path` is while it is being written."""
    return beside(path, ".", ".unfinished")


class Writer:
    """Writes a compressed video: its groups in order, then what is attached, then `close`.

    All is written to a hidden file beside `path`, which is renamed when it is whole; what was at
    `path` is replaced. What was stopped or killed leaves the hidden file, and with it the groups
    that were written, if there are any. As a context, it is closed at the end, but not by an error.

    Args:
        path: of the file, whose folder is there.
        header: `Header`.
        resume: bool, whether to go on with the hidden file: what is whole in it is kept, up to the
            first group that is not; attachments are to be attached again.

    Attributes:
        groups: list of `GroupInfo`, those that are written.

    Raises:
        ValueError: when there is a hidden file without `resume`, none with it, or one with another
            header.
    """

    def __init__(self, path: str | os.PathLike, header: Header, resume: bool = False):
        self._path, self._hidden = Path(path), hidden_file(path)
        begin = header.to_bytes()
        self._seed = seed_of(begin)
        self.groups, self._attachments = [], []
        self._end, self._last = 0, None
        if resume:
            self._resume(begin)
        else:
            self._begin(begin)

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if kind is None:
            self.close()
        else:
            self._stop()

    @property
    def frames(self) -> int:
        """Returns the number of frames in the groups that are written."""
        return self.groups[-1].first_frame + self.groups[-1].frames if self.groups else 0

    def write_group(self, times: Sequence[int], payload: bytes) -> int:
        """Returns the number of bytes that were written: a group, with all that surrounds it.

        Args:
            times: 1 to 4096 int, when its frames are due, in ticks; they grow, from the last
                group's on.
            payload: bytes, at most 64 MiB.

        Raises:
            ValueError: when they are others, too many groups come, or one behind an attachment.
        """
        if self._attachments or len(self.groups) == MOST_GROUPS:
            raise ValueError(
                f"Groups should come before attachments, and {MOST_GROUPS} at most, but this is "
                "another: attach last, and make larger groups."
            )
        if len(payload) > MOST_PAYLOAD:
            raise ValueError(
                f"A group should be of at most {MOST_PAYLOAD} bytes, but {len(payload)} came: make "
                "smaller groups."
            )
        packed = pack_times(times)
        if self._last is not None and times[0] <= self._last:
            raise ValueError(
                f"The group should begin behind tick {self._last}, the last group's end, but "
                f"begins at {times[0]}: write groups in order."
            )
        record = pack_record(GROUP, packed + payload, self._seed)
        group = GroupInfo(len(times), self.frames, int(times[0]), self._end, len(record))
        self._put(record)
        self._add(group, times)
        return len(record)

    def attach(self, name: str, file: BinaryIO) -> int:
        """Returns the number of bytes that were copied from a file into this one.

        Args:
            name: str, under which a reader finds it; 1 to 255 bytes.
            file: binary file, read from where it is to its end, a chunk at a time.

        Raises:
            ValueError: when there is such a name already, or the name or their number is too long.
        """
        names = [attachment.name for attachment in self._attachments]
        if name in names or len(names) == MOST_ATTACHMENTS:
            raise ValueError(
                f"Up to {MOST_ATTACHMENTS} attachments should have different names, but {name!r} "
                f"comes behind {len(names)}: give another name."
            )
        offset, size = self._end, 0
        for record, count in records_of(name, file, self._seed):
            self._put(record)
            size += count
        self._attachments.append(AttachmentInfo(name, size, offset, self._end - offset))
        return size

    def close(self) -> None:
        """Writes the index, and gives the file its name.

        Raises:
            ValueError: when no group was written; then nothing is left.
        """
        if not self.groups:
            self._stop()
            raise ValueError("A video should have at least one group, but has none: write groups.")
        self._put(pack_index(self.groups, self._attachments, self._seed))
        self._file.close()
        put(self._hidden, self._path)

    def _begin(self, begin):
        """Makes the hidden file."""
        try:
            self._file = self._hidden.open("xb")
        except FileExistsError:
            raise ValueError(
                f"`{self._path}` was begun and not finished: go on with `resume`, or remove the "
                f"file `{self._hidden}`."
            ) from None
        self._put(begin)

    def _resume(self, begin):
        """Opens the hidden file, finds the whole groups in it, and cuts what follows."""
        if not self._hidden.is_file():
            raise ValueError(
                f"There is no unfinished `{self._path}` to resume: leave `resume` out."
            )
        self._file = self._hidden.open("r+b")
        there = self._file.read(len(begin))
        if not begin.startswith(there):
            self._file.close()
            raise ValueError(
                f"`{self._path}` was begun with another header: resume with the same settings, or "
                f"remove the file `{self._hidden}`."
            )
        size = os.fstat(self._file.fileno()).st_size
        self._end = len(begin)
        while len(self.groups) < MOST_GROUPS:
            try:
                self._add(*group_at(self._file, self._end, size, self._seed, self.frames))
            except ValueError:
                break
            self._end += self.groups[-1].length
        self._file.seek(0)
        self._file.write(begin)  # It may have been cut.
        self._file.seek(self._end)
        self._file.truncate()

    def _add(self, group, times):
        """Notes a group."""
        self.groups.append(group)
        self._last = int(times[-1])

    def _put(self, record):
        """Writes a record, so that it outlasts this process."""
        self._file.write(record)
        self._file.flush()
        self._end += len(record)

    def _stop(self):
        """Leaves the hidden file, if it is of any use."""
        self._file.close()
        if not self.groups:
            self._hidden.unlink(missing_ok=True)
