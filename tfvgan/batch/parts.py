"""What is made of single files, in a hidden folder, until one process puts the whole together."""

import contextlib
import hashlib
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tfvgan.batch.folder import Outcome, absolute_settings, run_items
from tfvgan.batch.listed import Item
from tfvgan.batch.records import DONE, FAILED, Records, key, size_at
from tfvgan.batch.runner import runner_of
from tfvgan.batch.shard import Shard
from tfvgan.batch.verbs import Verb
from tfvgan.batch.work import Make

PARTS = ".parts"  # The hidden folder of parts, in that of the whole.


class Spread(NamedTuple):
    """How work on many files is spread: `shard`, `jobs`, `cluster`, `show` and `tell` as of
    `tfvgan.batch.run_folder`."""

    shard: Shard = Shard()
    jobs: int = 1
    cluster: str | None = None
    show: bool = False
    tell: Callable[[dict[str, Any]], None] = lambda record: None


ALONE = Spread()


class FileParts:
    """The parts of a whole, one of each file, which any number of processes make at once.

    What makes a whole of files reads each, which takes long, and puts together what it found, which
    does not. Parts are what was found. Whoever sees that no file is left puts them together, alone
    in the folder. Folders of other settings, or of the same command on other files, are apart.

    Args:
        out: the folder of the whole.
        verb: its name, in records.
        opened: as of `FolderJob`; it makes a part of a file.
        settings: dict of JSON's values that decide the parts.
        of: the path, or the list of paths, that was named, whose parts these are.
        ending: of the parts' names.
    """

    def __init__(
        self,
        out: str | os.PathLike,
        verb: str,
        opened: Callable[[dict], Make],
        settings: dict[str, Any],
        of: str | os.PathLike | Sequence[str | os.PathLike],
        ending: str,
    ):
        self.verb, self.opened, self.ending = verb, opened, ending
        self.settings = absolute_settings(settings)
        paths = of if isinstance(of, (list, tuple)) else [of]
        self.of = [os.path.abspath(each) for each in paths]
        named = {"verb": verb, "of": self.of, **self.settings}
        self.folder = Path(os.path.abspath(out), PARTS, key(named))

    def item(self, path: str, name: str | None = None, beside: str = "") -> Item:
        """Returns the `Item` of a file, whose output is its part.

        Its path within the folder that was named decides its share.

        Args:
            path: of the file, absolute.
            name: of it in records; the path unless given.
            beside: path of what is read with it.
        """
        name = path if name is None else name
        digest = hashlib.sha256(os.fsencode(name)).hexdigest()
        part = self.folder / digest[:2] / f"{digest[2:34]}{self.ending}"
        return Item(name, path, os.fspath(part), beside, self._within(path))

    def _within(self, path):
        """Returns the path of a file within the folder that was named, with "/" between folders."""
        for folder in self.of:
            if path.startswith(os.path.join(folder, "")):
                return os.path.relpath(path, folder).replace(os.sep, "/")
        return os.path.basename(path)

    def make(self, lacking: Callable[[], list[Item]], how: Spread) -> Outcome:
        """Returns the `Outcome`, when each item of a share has its part, or has failed.

        `left` are those that nobody has done yet; `failed` are the records of all shares' failures.

        Args:
            lacking: function that returns the items of all shares that the whole lacks, now.
            how: `Spread`.
        """
        runner = runner_of(how.jobs, how.cluster)
        found = lacking()
        if not found:
            return Outcome([], [], [], [], 0, "")
        outcome = run_items(
            *(self.verb, Verb(self.opened, str), found, self.folder, self.settings, how.shard),
            *(runner, False, how.show, how.tell),
        )
        while True:  # Another may put all together meanwhile, and remove the parts.
            records = [self._ended(item) for item in found]
            left = records.count(None)
            before, found = found, lacking() if left else found
            if before == found:
                failed = [record for record in records if record and record["state"] == FAILED]
                return outcome._replace(failed=failed, left=left)

    def _ended(self, item):
        """Returns the record of an item that is done, or has failed, as it is now; else None."""
        record = Records(self.folder).read(item.name) or {}
        with contextlib.suppress(OSError):  # What is gone has failed.
            if record.get("source", item.state()) != item.state():
                return None
        whole = record.get("state") == DONE and record.get("bytes") == size_at(item.out)
        return record if whole or record.get("state") == FAILED else None

    def remove(self) -> None:
        """Removes the parts, when the whole holds what they say."""
        shutil.rmtree(self.folder, ignore_errors=True)
        with contextlib.suppress(OSError):  # There are others, or there is none.
            self.folder.parent.rmdir()
