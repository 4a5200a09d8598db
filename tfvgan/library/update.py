"""Brings a library up to date: new videos are read, moved ones known again, others left alone."""

import logging
import os
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from tfvgan.data.decode import probe
from tfvgan.data.errors import UnreadableVideo
from tfvgan.data.files import list_videos
from tfvgan.library.embedding import vectors_of
from tfvgan.library.entry import Facts, VideoEntry
from tfvgan.library.fingerprint import fingerprint_of, state_of
from tfvgan.library.store import ENTRIES, LIST, Library, Place, entry_file, write_list
from tfvgan.library.windows import Embeds

SAVED_EVERY = 2.0  # Seconds: what the list lacks is known again by its content.
OURS = re.compile(r"(\.writing-[0-9]+-)?[0-9a-f]{32}\.npz")  # Names of entries' files.
log = logging.getLogger("tfvgan")


class Changes(NamedTuple):
    """What became of videos, each by its path: `read` now, the `same` as before, `known` by what
    is in them, `moved` from the first path to the second, `gone`, and `unreadable`, which a
    warning was given for."""

    read: list[str]
    same: list[str]
    known: list[str]
    moved: list[tuple[str, str]]
    gone: list[str]
    unreadable: list[str]


def update(
    folder: str | os.PathLike,
    videos: str | os.PathLike | Sequence[str | os.PathLike],
    embedder: Embeds,
    tell: Callable[[int, int], None] = lambda done, of: None,
    made: Callable[[str], VideoEntry | None] = lambda path: None,
) -> Changes:
    """Returns the `Changes` to a library, which is made where there is none.

    Each entry is written when it is whole, so whatever stops this costs the video that is being
    read. Whoever calls this is alone in the folder. Videos that were not named stay in the library
    unless they are gone: their folder is there, and they are not.

    Args:
        folder: of the library.
        videos: as of `tfvgan.data.list_videos`.
        embedder: see `tfvgan.library.windows`.
        tell: is called with the bytes of videos that are done, and those of all, again and again.
        made: function of a video's path to its entry, where that was made before; else None, and
            the video is read. What it raises is as if reading had raised it.

    Raises:
        ValueError: when there are no videos, none can be read, or the library is another's.
    """
    paths = list(dict.fromkeys(os.path.abspath(video.path) for video in list_videos(videos)))
    work, sizes = _Update(Path(folder), embedder, made), [_size(path) for path in paths]
    try:
        for number, path in enumerate(paths):
            before = sum(sizes[:number])
            work.take(
                path,
                f"{number + 1} of {len(paths)} videos",
                lambda share, size=sizes[number], before=before: tell(
                    before + round(share * size), sum(sizes)
                ),
            )
            tell(before + sizes[number], sum(sizes))
        changes = work.ended(paths, videos)
    finally:
        work.save()
    work.sweep()
    if len(changes.unreadable) == len(paths):
        raise ValueError(
            f"None of {len(paths)} files can be read as a video, such as `{paths[0]}`: see the "
            "warnings, or try `tfvgan doctor`."
        )
    return changes


def entry_of(
    path: str | os.PathLike,
    embedder: Embeds,
    tell: Callable[[float], None] = lambda share: None,
) -> VideoEntry:
    """Returns the entry of a video, which is read.

    Args:
        path: of the video.
        embedder: see `tfvgan.library.windows`.
        tell: is called with the share of it that is done, again and again.

    Raises:
        UnreadableVideo: when it can't be read.
    """
    size, info = state_of(path)[0], probe(path)
    facts = Facts(
        model=embedder.name,
        size=size,
        frames=info.frames,
        fps=info.fps,
        height=info.height,
        width=info.width,
        duration=info.duration,
        codec=info.codec,
    )
    length = max(info.duration, 1e-3)
    vectors = vectors_of(path, embedder, tell=lambda seconds: tell(min(seconds / length, 1)))
    return VideoEntry(facts, vectors)


def _size(path):
    """Returns the bytes of a video; 0 of what can't be read, which a warning is given of later."""
    try:
        return state_of(path)[0]
    except OSError:
        return 0


class _Update:
    """One update of a library under way."""

    def __init__(self, folder, embedder, made):
        self.folder, self.embedder, self.made = folder, embedder, made
        self.places = {}
        if (folder / LIST).exists():
            library = Library(folder)
            library.check_model(embedder.name)
            self.places = library.places
        self.before = dict(self.places)
        self.changes = Changes([], [], [], [], [], [])
        folder.mkdir(parents=True, exist_ok=True)
        self.save()
        (folder / ENTRIES).mkdir(exist_ok=True)

    def save(self):
        """Writes the list as it is now."""
        write_list(self.folder, self.embedder.name, list(self.places.values()))
        self.saved = time.monotonic()

    def take(self, path, which, tell):
        """Brings one video into the library.

        Args:
            path: of the video.
            which: how warnings name it: "3 of 20 videos".
            tell: is called with the share of it that is done.
        """
        try:
            state = state_of(path)
            place = self.places.get(path)
            if place is not None and state == place[1:3] and self._holds(place.key, path):
                self.changes.same.append(path)
                return
            key = fingerprint_of(path)
            known = self._holds(key, path)
            if not known:
                self._read(path, key, tell)
        except (UnreadableVideo, OSError) as error:
            reason = str(error).rstrip(".")
            log.warning("%s: it is left out (%s).", reason, which)
            self.places.pop(path, None)
            self.changes.unreadable.append(path)
            return
        (self.changes.known if known else self.changes.read).append(path)
        self.places[path] = Place(path, *state, key)
        if time.monotonic() > self.saved + SAVED_EVERY:
            self.save()

    def _holds(self, key, path):
        """Returns whether the entry of that key is there, whole, and of this embedder."""
        file = entry_file(self.folder, key)
        try:
            return VideoEntry.load(file).facts.model == self.embedder.name
        except FileNotFoundError:
            return False
        except ValueError:
            log.warning("`%s` is damaged, and is made again of `%s`.", file, path)
            return False

    def _read(self, path, key, tell):
        """Writes the entry of a video that is not known."""
        entry = self.made(path)
        if entry is None:
            entry = entry_of(path, self.embedder, tell)
        if not len(entry.vectors.times):
            log.warning("`%s` shows nothing to know it by: it will not be found.", path)
        entry.save(entry_file(self.folder, key))

    def ended(self, paths, videos):
        """Returns the `Changes`, when all that was named is done; what is gone leaves the list."""
        roots = [videos] if isinstance(videos, (str, os.PathLike)) else videos
        roots = [os.path.join(os.path.abspath(root), "") for root in roots]
        new = {self.places[path].key: path for path in self.changes.known}
        for path in self.before.keys() - set(paths):
            near = os.path.isdir(os.path.dirname(path)) or path.startswith(tuple(roots))
            if os.path.exists(path) or not near:
                continue
            key = self.places.pop(path).key
            if key in new:
                self.changes.moved.append((path, new[key]))
            else:
                self.changes.gone.append(path)
        moved = {after for _, after in self.changes.moved}
        known = [path for path in self.changes.known if path not in moved]
        return self.changes._replace(
            known=known, moved=sorted(self.changes.moved), gone=sorted(self.changes.gone)
        )

    def sweep(self):
        """Removes entries that are of no video any more, and what killed writers have left."""
        kept = {entry_file(self.folder, place.key).name for place in self.places.values()}
        for file in (self.folder / ENTRIES).iterdir():
            if OURS.fullmatch(file.name) and file.name not in kept:
                file.unlink(missing_ok=True)
