"""A folder of decoded clips: TFRecord shards and an index, read at memory speed."""

import bisect
import hashlib
import itertools
import json
import os
import shlex
import zlib
from collections.abc import Sequence
from typing import NamedTuple, Self

import numpy as np

from tfvgan.claims import read_claims
from tfvgan.data.begun import SHARD
from tfvgan.data.settings import ClipSettings
from tfvgan.data.shards import CachedFile, open_shard
from tfvgan.whole import write_whole

INDEX_FILE = "index.json"
CACHE_FORMATS = ("tfvgan clips 1", "tfvgan clips 2")  # In the first, clips have no checksums.
READING = 3  # Goes up when the same files come to give other clips; an index without it has 1.


class Index(NamedTuple):
    """The index of a cache: its settings, classes and files."""

    format: str
    complete: bool
    settings: ClipSettings
    class_names: list[str]
    files: list[CachedFile]
    reading: int = 1

    def check(self):
        """Raises ValueError when an entry contradicts the settings or the classes."""
        frames, height, width, _ = self.settings.shape
        for file in self.files:
            least = file.frames == frames and file.height >= height and file.width >= width
            apart = file.first >= 0 and file.clips >= 1 and file.step >= file.pixels
            valid_names = file.class_name in self.class_names and SHARD.fullmatch(file.shard)
            if not (least and apart and valid_names and len(file.sums) in (0, file.clips)):
                raise ValueError(f"what it says of {file.path!r} can't be")


class ClipCache:
    """The clips of a cache, in the order of their files; `count` of them.

    Only what is touched of a clip is read, so `cache.clip(i)[::4]` reads a quarter of it; but for
    the first time, when its checksum is looked at.

    Args:
        folder: where the shards are.
        settings: the `ClipSettings` that the clips were cut with.
        class_names: the classes' names; a label is a place in it.
        files: the `CachedFile`s to take.

    Raises:
        ValueError: when a shard is missing or cut short.
    """

    def __init__(
        self,
        folder: str | os.PathLike,
        settings: ClipSettings,
        class_names: Sequence[str],
        files: Sequence[CachedFile],
    ):
        self.folder = folder
        self.settings = settings
        self.class_names = list(class_names)
        self.files = list(files)
        self._ends = list(itertools.accumulate(file.clips for file in self.files))
        self._checked = bytearray(self.count)
        self._labels = [self.class_names.index(file.class_name) for file in self.files]
        needs = {}
        for file in self.files:
            needs[file.shard] = max(needs.get(file.shard, 0), file.end)
        self._shards = {
            name: open_shard(os.path.join(folder, name), need) for name, need in needs.items()
        }

    @classmethod
    def open(cls, folder: str | os.PathLike) -> Self:
        """Returns the cache in a folder.

        Raises:
            ValueError: when there is none, or it is not finished.
        """
        folder = os.fspath(folder)
        index = read_cache_index(folder)
        if index is None or not index.complete:
            state = "no cache of clips" if index is None else "an unfinished cache of clips"
            command = f"tfvgan prepare VIDEOS {shlex.quote(folder)}"
            raise ValueError(
                f"There is {state} in `{folder}`: run `{command}`, which goes on where it stopped."
            )
        return cls(folder, index.settings, index.class_names, index.files)

    @property
    def frames(self) -> int:
        """Frames of a clip."""
        return self.settings.frames

    @property
    def size(self) -> int | tuple[int, int]:
        """Side of the square in pixels, or `(height, width)`."""
        return self.settings.size

    @property
    def count(self) -> int:
        """How many clips there are."""
        return self._ends[-1] if self._ends else 0

    @property
    def fingerprint(self) -> str:
        """Returns a text that clips have which are the same, in the same order, with equal labels.

        It is of the checksums that stand behind the clips in their shards: no pixel is read.
        """
        digest = hashlib.sha256(json.dumps([self.settings.to_json(), self.class_names]).encode())
        for file in self.files:
            shard = self._shards[file.shard]
            digest.update(f"{file.class_name} {file.clips} {file.shape}".encode())
            for number in range(file.clips):
                end = file.first + number * file.step + file.pixels
                digest.update(shard[end : end + 4].tobytes())
        return digest.hexdigest()

    def only(self, files: Sequence[CachedFile]) -> "ClipCache":
        """Returns the cache with these of its files alone."""
        return ClipCache(self.folder, self.settings, self.class_names, files)

    def clip(self, number: int) -> np.ndarray:
        """Returns a clip as uint8 `(frames, height, width, 3)`, mapped and read when touched.

        Raises:
            ValueError: when it is no longer what was written.
        """
        place = bisect.bisect_right(self._ends, number)
        file = self.files[place]
        own = number - self._ends[place] + file.clips
        start = file.first + own * file.step
        pixels = self._shards[file.shard][start : start + file.pixels]
        if file.sums and not self._checked[number]:
            if zlib.crc32(pixels) != file.sums[own]:
                raise ValueError(
                    f"Clip {own} of `{file.path}` in `{os.path.join(self.folder, file.shard)}` is "
                    "damaged: delete the cache's folder and prepare it again."
                )
            self._checked[number] = 1
        return pixels.reshape(file.shape)

    def label(self, number: int) -> int:
        """Returns the label of the clip with this number, an int."""
        return self._labels[bisect.bisect_right(self._ends, number)]


def is_cache(path):
    """Returns whether `path` is a folder with a cache's index in it."""
    return isinstance(path, (str, os.PathLike)) and os.path.isfile(os.path.join(path, INDEX_FILE))


def read_cache_index(folder):
    """Returns the `Index` of a cache, or None when there is none.

    Raises:
        ValueError: when the file is not the index of a cache that this version reads.
    """
    path = os.path.join(folder, INDEX_FILE)
    if not os.path.exists(path):
        return None
    what = f"the index of a cache that this version reads ({', '.join(CACHE_FORMATS)})"
    index = read_claims(path, Index, what)
    try:
        if index.format not in CACHE_FORMATS:
            raise ValueError(f"it is of {index.format[:40]!r}")
        index.check()
    except ValueError as error:
        raise ValueError(
            f"`{path}` should be {what}, but is not ({error}): choose another folder for the "
            "cache, or delete this one."
        ) from None
    return index


def write_index(folder, settings, class_names, files, complete, reading=READING):
    """Replaces the cache's index as a whole, unless it is the same already."""
    index = Index(CACHE_FORMATS[-1], complete, settings, list(class_names), list(files), reading)
    if index == read_cache_index(folder):
        return
    entries = {"settings": settings.to_json(), "files": [file._asdict() for file in files]}
    text = json.dumps(index._asdict() | entries, indent=1)
    path = os.path.join(folder, INDEX_FILE)
    write_whole(path, lambda file: file.write_text(text, encoding="utf-8"))


def check_settings(folder, made, asked):
    """Raises a ValueError when the cache was made with other `ClipSettings` than are asked for."""
    made, asked = made.to_json(), asked.to_json()
    other = [name for name in made | asked if made.get(name) != asked.get(name)]
    if other:
        has = ", ".join(f"{name}={made.get(name)!r}" for name in other)
        wants = ", ".join(f"{name}={asked.get(name)!r}" for name in other)
        raise ValueError(
            f"The cache in `{folder}` was made with {has}, but {wants} is asked for: "
            "choose another folder for the cache, or delete this one."
        )
