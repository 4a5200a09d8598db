"""A compressed video's file as it is read: any group, and the others where one is damaged."""

import bisect
import os
from typing import BinaryIO, NamedTuple

from tfvgan.coding.attachments import chunks
from tfvgan.coding.errors import DamagedFile, DamagedGroup, NotATvg, OtherModel
from tfvgan.coding.header import IDENTITY, read_header, seed_of
from tfvgan.coding.index import read_index
from tfvgan.coding.records import GROUP, read_record
from tfvgan.coding.scanning import Scan
from tfvgan.coding.times import read_times


class Group(NamedTuple):
    """What a group holds."""

    times: tuple  # of int, when its frames are due, in ticks
    payload: bytes


class Reader:
    """Reads a compressed video; as a context, it is closed at the end.

    Where the file's end is missing or damaged, as of one that is being written, all of it is read
    once and whatever is whole in it is found.

    Args:
        path: of the file.

    Attributes:
        header: `Header`.
        groups: list of `GroupInfo`.
        attachments: list of `AttachmentInfo`; their names are no paths.
        indexed: bool, whether the file's end said where all is.
        damaged: list of `Gap`, what is no whole group where the end did not say it; groups that are
            missing are not counted then in the numbers of frames.

    Raises:
        NotATvg: when there is no such file, or it is something else.
        NewerTvg: when a later version of this package has made it.
        DamagedFile: when its header is damaged, or no group in it is whole.
    """

    def __init__(self, path: str | os.PathLike):
        self._path = os.fspath(path)
        if not os.path.isfile(path):
            raise NotATvg(f"`{path}` should be a compressed video, but is no file: name another.")
        self._file = open(path, "rb")  # noqa: SIM115, closed by `close`
        try:
            self._open()
        except BaseException:
            self.close()
            raise

    def _open(self):
        """Reads the header and the index."""
        size = os.fstat(self._file.fileno()).st_size
        self.header, begin = read_header(self._file, self._path)
        self._seed = seed_of(begin)
        at = (self._file, len(begin), size, self._seed)
        try:
            self.groups, self.attachments = read_index(*at)
            self.indexed, self.damaged = True, []
        except ValueError:
            scan = Scan(*at)
            self.groups, self.attachments = scan.groups, scan.attachments
            self.indexed, self.damaged = False, scan.damaged
        if not self.groups:
            raise DamagedFile(
                f"No group of frames in `{self._path}` is whole: fetch or compress the file anew."
            )

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def close(self) -> None:
        """Closes the file."""
        self._file.close()

    @property
    def frames(self) -> int:
        """Returns the number of frames in all groups."""
        return self.groups[-1].first_frame + self.groups[-1].frames

    def read(self, number: int) -> Group:
        """Returns a `Group`, from wherever it is.

        Args:
            number: int, from 0 to `len(groups) - 1`.

        Raises:
            DamagedGroup: when it is damaged; others may be whole.
            ValueError: when there is no such group.
        """
        if not 0 <= number < len(self.groups):
            raise ValueError(
                f"`{self._path}` has groups 0 to {len(self.groups) - 1}, but {number} was asked "
                "for: name one of those."
            )
        info = self.groups[number]
        try:
            end = info.offset + info.length
            kind, body, _ = read_record(self._file, info.offset, end, self._seed)
            times, payload = read_times(body)
        except ValueError as error:
            raise self._damaged(number) from error
        if (kind, len(times), times[0]) != (GROUP, info.frames, info.first_time):
            raise self._damaged(number)
        return Group(times, payload)

    def group_of(self, frame: int) -> int:
        """Returns the number of the group that a frame is in.

        Args:
            frame: int, from 0 to `frames - 1`.

        Raises:
            ValueError: when there is no such frame.
        """
        if not 0 <= frame < self.frames:
            raise ValueError(
                f"`{self._path}` has frames 0 to {self.frames - 1}, but {frame} was asked for: "
                "name one of those."
            )
        return bisect.bisect(self.groups, frame, key=lambda group: group.first_frame) - 1

    def attachment(self, name: str, out_file: BinaryIO) -> int:
        """Returns the number of bytes of an attachment, once they are copied to a file.

        Args:
            name: str.
            out_file: binary file, written to a chunk at a time.

        Raises:
            DamagedFile: when it is damaged; what was copied before was whole.
            ValueError: when there is no such attachment.
        """
        infos = {attachment.name: attachment for attachment in self.attachments}
        if name not in infos:
            raise ValueError(
                f"`{self._path}` has attachments {sorted(infos)}, but {name!r} was asked for: name "
                "one of those."
            )
        info, size = infos[name], 0
        pairs = chunks(self._file, info.offset, info.offset + info.length, self._seed)
        try:
            next(pairs)
            for chunk, _ in pairs:
                out_file.write(chunk)
                size += len(chunk)
        except DamagedFile as error:
            raise DamagedFile(
                f"{name!r} in `{self._path}` is damaged behind byte {size}: do without it, or "
                "fetch the file anew."
            ) from error
        return size

    def check_model(self, identity: bytes, name: str) -> None:
        """Raises OtherModel when the video was compressed by a model other than this.

        Args:
            identity: bytes, the sha256 of the model's weights, or its first 8.
            name: str, how the message calls the model.
        """
        if self.header.model != identity[:IDENTITY]:
            raise OtherModel(
                f"`{self._path}` was compressed by the model {self.header.model.hex()}, but {name} "
                f"is {identity[:IDENTITY].hex()}: use the model that it was compressed by."
            )

    def _damaged(self, number):
        """Returns the error that names a damaged group."""
        info = self.groups[number]
        return DamagedGroup(
            f"Group {number} of `{self._path}`, frames {info.first_frame} to "
            f"{info.first_frame + info.frames - 1}, is damaged: skip it, or fetch the file anew."
        )
