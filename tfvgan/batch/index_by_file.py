"""A library of videos, made by many: each video is read by one process, and one lists them all."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tfvgan.batch.folder import Outcome
from tfvgan.batch.parts import ALONE, FileParts, Spread
from tfvgan.batch.work import Make
from tfvgan.claims import read_claims
from tfvgan.data.errors import UnreadableVideo
from tfvgan.data.prepare import listed_videos
from tfvgan.library import Changes, Library, update
from tfvgan.library.entry import VideoEntry
from tfvgan.library.fingerprint import fingerprint_of, state_of
from tfvgan.library.store import LIST, entry_file
from tfvgan.library.update import entry_of
from tfvgan.runs.folder import alone_in
from tfvgan.runs.index import VIDEOS, check_library_folder, load_embedder
from tfvgan.whole import write_whole


def index_by_file(
    videos: str | os.PathLike | Sequence[str | os.PathLike],
    out: str | os.PathLike,
    model: str | os.PathLike = VIDEOS,
    how: Spread = ALONE,
) -> tuple[Outcome, Changes | None]:
    """Returns what became of the videos of a share, and of the library, when no video is left.

    The library is that of `tfvgan.runs.index`. One process alone writes it: whoever finds that no
    share has a video left, and it waits for another that is there. The same call goes on where it
    was stopped.

    Args:
        videos, out: as of `tfvgan.runs.index`. All processes see them under the same paths.
        model: the name of a model of the package, or the path of one.
        how: `Spread`.

    Raises:
        ValueError: as `tfvgan.runs.index` does, or `tfvgan.batch.run_folder`.
    """
    files = {file.path: None for file in listed_videos(videos)}
    check_library_folder(out)
    embedder = load_embedder(model)
    given = {"model": model, "library": os.path.abspath(out)}
    parts = FileParts(out, "index", open_index, given, videos, ".npz")
    items = {path: parts.item(path) for path in files}

    def lacking():
        held = _held(out, embedder.name)
        return [item for path, item in items.items() if held.get(path) != _state(path)]

    outcome = parts.make(lacking, how)
    if outcome.left:
        return outcome, None
    failed = outcome.errors

    def made(path):
        if path in failed:
            raise OSError(failed[path])
        part = items[path].out
        try:
            return VideoEntry.load(part)
        except FileNotFoundError:
            return None  # It is read again.
        except ValueError:
            if reason := _unreadable(part):
                raise UnreadableVideo(path, reason) from None
            return None

    with alone_in(out, wait=True):
        changes = update(out, videos, embedder, made=made)
        parts.remove()
    return outcome, changes


def _held(out, model):
    """Returns the states of the videos in a library, by their paths; it may not be there yet."""
    if not Path(out, LIST).exists():
        return {}
    library = Library(out)
    library.check_model(model)
    whole = {path for path in library.places if entry_file(out, library.places[path].key).exists()}
    return {path: tuple(library.places[path][1:3]) for path in whole}


def _state(path):
    try:
        return state_of(path)
    except OSError:
        return None


def open_index(settings: dict[str, Any]) -> Make:
    """Returns what writes the entry of a video as a part; `settings` are those of its records."""
    embedder, library = load_embedder(settings["model"]), settings["library"]

    def make(video, out, *, resume, overwrite):
        os.makedirs(os.path.dirname(out), exist_ok=True)
        try:
            entry = _known(library, fingerprint_of(video), embedder.name)
            (entry or entry_of(video, embedder)).save(out)
        except UnreadableVideo as error:  # It is left out, as by one process, and has not failed.
            said = json.dumps([error.reason])
            write_whole(out, lambda file: file.write_text(said, encoding="utf-8"))
        return []

    return make


def _unreadable(part):
    """Returns why a video can't be read, where its part says that; None where it says nothing."""
    try:
        (reason,) = read_claims(part, list[str], "why a video can't be read")
    except ValueError:
        return None
    return reason


def _known(library, key, model):
    """Returns the entry of a video that has been moved or copied; None where there is none."""
    try:
        entry = VideoEntry.load(entry_file(library, key))
    except (FileNotFoundError, ValueError):
        return None
    return entry if entry.facts.model == model else None
