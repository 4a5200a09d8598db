"""A folder of decoded clips: TFRecord shards and an index, read at memory speed."""

import bisect
import itertools
import json
import os

from tfvgan.data.settings import ClipSettings
from tfvgan.data.shards import CachedFile, open_shard
from tfvgan.whole import write_whole

INDEX = "index.json"
FORMAT = "tfvgan clips 1"
READING = 2  # Goes up when the same files come to give other clips; an index without it has 1.


class ClipCache:
    """The clips of a cache, in the order of their files; `count` of them.

    Only what is touched of a clip is read, so `cache.clip(i)[::4]` reads a quarter of it.

    Args:
        folder: where the shards are.
        settings: the `ClipSettings` that the clips were cut with.
        class_names: the classes' names; a label is a place in it.
        files: the `CachedFile`s to take.

    Raises:
        ValueError: when a shard is missing or cut short.
    """

    def __init__(self, folder, settings, class_names, files):
        self.folder = folder
        self.settings = settings
        self.class_names = list(class_names)
        self.files = list(files)
        self._ends = list(itertools.accumulate(file.clips for file in self.files))
        self._labels = [self.class_names.index(file.class_name) for file in self.files]
        needs = {}
        for file in self.files:
            needs[file.shard] = max(needs.get(file.shard, 0), file.end)
        self._shards = {
            name: open_shard(os.path.join(folder, name), need) for name, need in needs.items()
        }

    @classmethod
    def open(cls, folder):
        """Returns the cache in a folder.

        Raises:
            ValueError: when there is none, or it is not finished.
        """
        folder = os.fspath(folder)
        index = read_index(folder)
        if index is None or not index["complete"]:
            state = "no cache of clips" if index is None else "an unfinished cache of clips"
            raise ValueError(
                f"There is {state} in `{folder}`: run `tfvgan prepare VIDEOS {folder}`, "
                "which goes on where it stopped."
            )
        files = [CachedFile(**file) for file in index["files"]]
        return cls(folder, ClipSettings(**index["settings"]), index["class_names"], files)

    @property
    def frames(self):
        """Frames of a clip."""
        return self.settings.frames

    @property
    def size(self):
        """Side of the square in pixels, or `(height, width)`."""
        return self.settings.size

    @property
    def count(self):
        """How many clips there are."""
        return self._ends[-1] if self._ends else 0

    def only(self, files):
        """Returns the cache with these of its files alone."""
        return ClipCache(self.folder, self.settings, self.class_names, files)

    def clip(self, number):
        """Returns a clip as uint8 `(frames, height, width, 3)`, mapped and read when touched."""
        place = bisect.bisect_right(self._ends, number)
        file = self.files[place]
        start = file.first + (number - self._ends[place] + file.clips) * file.step
        return self._shards[file.shard][start : start + file.pixels].reshape(file.shape)

    def label(self, number):
        """Returns the label of the clip with this number, an int."""
        return self._labels[bisect.bisect_right(self._ends, number)]


def is_cache(path):
    """Returns whether `path` is a folder with a cache's index in it."""
    return isinstance(path, (str, os.PathLike)) and os.path.isfile(os.path.join(path, INDEX))


def read_index(folder):
    """Returns what the cache's index says, a dict, or None when there is no index.

    Raises:
        ValueError: when the file is not the index of a cache that this version reads.
    """
    path = os.path.join(folder, INDEX)
    if not os.path.exists(path):
        return None
    try:
        with open(path, encoding="utf-8") as file:
            index = json.load(file)
        known = index["format"] == FORMAT
    except (ValueError, KeyError, TypeError):
        known = False
    if not known:
        raise ValueError(
            f"`{path}` is not the index of a cache that this version reads ({FORMAT}): "
            "choose another folder for the cache, or delete this one."
        )
    return index


def write_index(folder, settings, class_names, files, complete, reading=READING):
    """Replaces the cache's index as a whole, unless it already says this."""
    index = {
        "format": FORMAT,
        "reading": reading,
        "complete": complete,
        "settings": settings.to_json(),
        "class_names": class_names,
        "files": [file._asdict() for file in files],
    }
    if index == {"reading": 1, **(read_index(folder) or {})}:
        return
    text = json.dumps(index, indent=1)
    path = os.path.join(folder, INDEX)
    write_whole(path, lambda file: file.write_text(text, encoding="utf-8"))


def check_settings(folder, made, asked):
    """Raises a ValueError when the cache was made with other `ClipSettings` than are asked for."""
    made, asked = made.to_json(), asked.to_json()
    other = [name for name in made if made[name] != asked[name]]
    if other:
        has = ", ".join(f"{name}={made[name]!r}" for name in other)
        wants = ", ".join(f"{name}={asked[name]!r}" for name in other)
        raise ValueError(
            f"The cache in `{folder}` was made with {has}, but {wants} is asked for: "
            "choose another folder for the cache, or delete this one."
        )
