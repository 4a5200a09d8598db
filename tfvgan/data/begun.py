"""Which shards of a cache are our own: what else lies in its folder is left alone."""

import contextlib
import json
import os
import re

from tfvgan.whole import write_whole

SHARD = re.compile(r"clips-([0-9]{5,})\.tfrecord")
BEGUN_FILE = ".begun.json"  # names them, until the index does


class Begun:
    """The shards that were made in a folder, by their names, and those that are.

    A record in the folder names each before it is begun, so that what a killed process has left
    is known, and removed.

    Args:
        folder: of the cache.
        named: the shards that the index names.
    """

    def __init__(self, folder, named):
        self.folder = folder
        self._names = {*named, *self._read()}

    def begin(self):
        """Returns the name of a new shard, which nothing in the folder has."""
        matches = [SHARD.fullmatch(name) for name in [*os.listdir(self.folder), *self._names]]
        number = 1 + max((int(match[1]) for match in matches if match), default=-1)
        name = f"clips-{number:05d}.tfrecord"
        self._names.add(name)
        text = json.dumps(sorted(self._names))
        path = os.path.join(self.folder, BEGUN_FILE)
        write_whole(path, lambda file: file.write_text(text, encoding="utf-8"))
        return name

    def clear(self, kept):
        """Removes our own shards but for those that are kept, and what was left half-written."""
        names = {left for name in self._names for left in (name, f".{name}.writing")}
        for name in (names - set(kept)) | {BEGUN_FILE}:
            with contextlib.suppress(FileNotFoundError):
                os.remove(os.path.join(self.folder, name))

    def _read(self):
        """Returns the names in the record of a process that did not end."""
        try:
            with open(os.path.join(self.folder, BEGUN_FILE), encoding="utf-8") as file:
                return {name for name in json.load(file) if SHARD.fullmatch(name)}
        except (OSError, ValueError, TypeError):
            return set()
