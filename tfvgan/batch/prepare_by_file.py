"""A cache of clips, made by many: each file is cut by one process, and one puts all together."""

import os
from collections.abc import Sequence
from typing import Any

from tfvgan.batch.folder import Outcome
from tfvgan.batch.parts import ALONE, FileParts, Spread
from tfvgan.batch.work import Make
from tfvgan.data.cache import READING, ClipCache
from tfvgan.data.cut import cut_file
from tfvgan.data.errors import UnreadableVideo
from tfvgan.data.parts import read_part, write_part
from tfvgan.data.prepare import fill_cache, lacking, listed_videos
from tfvgan.data.settings import ClipSettings


def prepare_by_file(
    path: str | os.PathLike | Sequence[str | os.PathLike],
    cache_dir: str | os.PathLike,
    settings: ClipSettings,
    how: Spread = ALONE,
    *,
    bad: str = "warn",
    decoder: str = "auto",
    progress: bool = True,
) -> tuple[Outcome, ClipCache | None]:
    """Returns what became of the files of a share, and the cache, when no file is left.

    The cache is that of `tfvgan.data.prepare`, byte by byte where it is new. Whoever finds that no
    share has a file left puts it together. The same call goes on where it was stopped.

    Args:
        path, cache_dir, bad, decoder, progress: as of `tfvgan.data.prepare`. All processes see
            them under the same paths.
        settings: of the clips.
        how: `Spread`.

    Raises:
        ValueError: as `tfvgan.data.prepare` does, or `tfvgan.batch.run_folder`.
    """
    files = listed_videos(path)
    given = {"settings": settings.to_json(), "decoder": decoder, "reading": READING}
    parts = FileParts(cache_dir, "prepare", open_prepare, given, path, ".clips")
    items = {file.path: parts.item(file.path) for file in files}

    def wanted():
        return [items[path] for path in dict.fromkeys(lacking(files, cache_dir, settings))]

    outcome = parts.make(wanted, how)
    if outcome.left:
        return outcome, None
    failed = outcome.errors

    def cut(file):
        if file in failed:
            raise UnreadableVideo(file, failed[file].rstrip("."))
        part = items[file].out
        return read_part(file, part) if os.path.isdir(part) else cut_file(file, settings, decoder)

    cache = fill_cache(files, cache_dir, settings, cut, bad, progress)
    parts.remove()
    return outcome, cache


def open_prepare(settings: dict[str, Any]) -> Make:
    """Returns what writes the clips of a file as a part; `settings` are those of its records."""
    cut = ClipSettings(**settings["settings"])

    def make(video, out, *, resume, overwrite):
        write_part(video, out, cut, settings["decoder"])
        return []

    return make
