"""A library: a folder with an entry for each video, and the list of where the videos lie."""

import json
import os
from pathlib import Path
from typing import NamedTuple

from tfvgan.claims import read_claims
from tfvgan.library.entry import VideoEntry
from tfvgan.whole import write_whole

LIST = "library.json"
ENTRIES = "vectors"  # The folder of the entries' files.
VERSION = 1  # Goes up when libraries are written otherwise.


class Place(NamedTuple):
    """Where a video lies: its absolute path, the bytes and nanoseconds of `state_of` when it was
    read, and the `key` of its entry, which is of its content."""

    path: str
    size: int
    modified: int
    key: str


class Listed(NamedTuple):
    """What the list says: its version, the embedder's name, and the places of all videos."""

    version: int
    model: str
    videos: list[Place]


class Library:
    """A library of videos as it lies in a folder.

    Args:
        path: of the folder.

    Attributes:
        path: Path of the folder.
        model: str, the name of the embedder that it was made with.
        places: dict of paths -> `Place`.

    Raises:
        ValueError: when there is none, it is damaged, or of a later version.
    """

    def __init__(self, path: str | os.PathLike):
        self.path = Path(path)
        file = self.path / LIST
        if not file.is_file():
            raise ValueError(
                f"`{path}` is no library of videos: make one with `tfvgan index VIDEOS -o {path}`."
            )
        listed = read_claims(file, Listed, "the list of a library")
        if listed.version > VERSION:
            raise ValueError(f"`{path}` was written by a later version of tfvgan: update tfvgan.")
        self.model = listed.model
        self.places = {place.path: place for place in listed.videos}

    def check_model(self, name: str) -> None:
        """Raises ValueError when the library is of another embedder than the one of that name."""
        if name != self.model:
            raise ValueError(
                f"`{self.path}` was made with the model {self.model}, but this one is {name}: name "
                "that one with `model` (--model), or make another library."
            )

    def entry(self, path: str) -> VideoEntry:
        """Returns the `VideoEntry` of the video at a path.

        Raises:
            ValueError: when its file is damaged or gone.
        """
        file = entry_file(self.path, self.places[path].key)
        try:
            return VideoEntry.load(file)
        except (FileNotFoundError, ValueError) as error:
            reason = "is gone" if isinstance(error, FileNotFoundError) else "is damaged"
            raise ValueError(
                f"What `{self.path}` knows of `{path}` {reason} (`{file}`): "
                "`tfvgan index` makes it again."
            ) from error

    def entries(self) -> dict[str, VideoEntry]:
        """Returns the `VideoEntry` of each video by its path; see `entry`.

        Raises:
            ValueError: when a file is damaged or gone, or there is no video.
        """
        if not self.places:
            raise ValueError(f"There is no video in `{self.path}`: `tfvgan index` puts some there.")
        return {path: self.entry(path) for path in self.places}


def entry_file(folder: str | os.PathLike, key: str) -> Path:
    """Returns the path of an entry's file in a library's folder."""
    return Path(folder, ENTRIES, f"{os.path.basename(key)}.npz")


def write_list(folder: str | os.PathLike, model: str, places: list[Place]) -> None:
    """Writes the list of a library, which appears whole.

    Args:
        folder: of the library.
        model: str, the embedder's name.
        places: of all its videos.
    """
    text = json.dumps(Listed(VERSION, model, places)._asdict() | {"videos": _objects(places)})
    write_whole(Path(folder, LIST), lambda file: file.write_text(text, encoding="utf-8"))


def _objects(places):
    return [place._asdict() for place in sorted(places)]
