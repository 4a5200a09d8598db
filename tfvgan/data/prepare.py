"""Decoding once: video files into a cache of clips."""

import contextlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from tfvgan.data.begun import Begun
from tfvgan.data.cache import READING, ClipCache, check_settings, read_cache_index, write_index
from tfvgan.data.cut import cut_file
from tfvgan.data.errors import say_once
from tfvgan.data.files import VideoFile, list_videos
from tfvgan.data.read_ahead import handed_out
from tfvgan.data.settings import ClipSettings
from tfvgan.data.shards import CachedFile, ShardWriter
from tfvgan.data.skipped import Skipped
from tfvgan.locks import Lock

SHARD_BYTES = 2**26  # a shard ends with the file that takes it past this


def prepare(
    path: str | os.PathLike | Sequence[str | os.PathLike],
    cache_dir: str | os.PathLike,
    frames: int = 16,
    size: int | tuple[int, int] = 64,
    *,
    stride: int = 1,
    fps: float | None = None,
    crop: str = "center",
    overlap: int = 0,
    short: str = "skip",
    deinterlace: str = "auto",
    partial: bool = False,
    masks: str | None = None,
    bad: str = "warn",
    decoder: str = "auto",
    progress: bool = True,
) -> ClipCache:
    """Returns the `ClipCache` of the videos, decoding those that it does not hold yet.

    Interrupted, even killed, it goes on where it stopped when called again; a file that has changed
    is decoded again, one that is no longer listed is left out. Files that gave no clip are tried
    again. Memory stays constant however long a file is. A second process waits for the first.

    Args:
        path: a folder (sub-folders are classes), a glob, a list of files or one file.
        cache_dir: the cache's folder, made if it is missing: `clips-00000.tfrecord` and so on, each
            record a tf.train.Example of one uint8 clip, and `index.json`.
        frames: frames of a clip.
        size: side of the square in pixels, or `(height, width)`.
        stride: every `stride`-th frame is taken.
        fps: frames per second that files are resampled to, instead of `stride`.
        crop: "center" stores the clip, "squeeze" the whole picture as it becomes one; "random" the
            whole resized picture, for `clips` to cut.
        overlap: frames that a clip shares with the one before.
        short: what to do with a file of less than a clip: "skip", "loop" or "error".
        deinterlace: "auto" makes whole frames of those that say they are interlaced, "yes" of all,
            "no" of none.
        partial: whether to take what is there of files that are cut off, as a warning says.
        masks: None, or of videos that are masks the palette that they are read by; clips then have
            the numbers of classes, see `tfvgan.data.masks`.
        bad: what to do with a file that cannot be decoded: "warn" (and skip it) or "error".
        decoder: "auto", "tensorflow-io" or "pyav".
        progress: whether to show a bar.

    Raises:
        ValueError: when no file gives a clip, or the folder holds a cache of other settings or of
            other videos.
        UnreadableVideo: for a bad file, when `bad` is "error".
    """
    how = (stride, fps, crop, overlap, short, deinterlace, partial, masks)
    settings = ClipSettings(frames, size, *how)

    def cut(path):
        return cut_file(path, settings, decoder)

    return fill_cache(listed_videos(path), cache_dir, settings, cut, bad, progress)


def listed_videos(path: str | os.PathLike | Sequence[str | os.PathLike]) -> list[VideoFile]:
    """Returns the videos of `tfvgan.data.list_videos`, by absolute paths, as caches name them."""
    return [file._replace(path=os.path.abspath(file.path)) for file in list_videos(path)]


def fill_cache(
    files: Sequence[VideoFile],
    cache_dir: str | os.PathLike,
    settings: ClipSettings,
    cut: Callable[[str], Iterator[np.ndarray]],
    bad: str = "warn",
    progress: bool = True,
) -> ClipCache:
    """Returns the `ClipCache` of videos, whose clips are asked of a function; see `prepare`.

    Args:
        files: of `listed_videos`.
        cache_dir, bad, progress: as of `prepare`.
        settings: which the clips are of.
        cut: function of a file's path to an iterator of its clips, as of
            `tfvgan.data.cut.cut_file`. It is called of files that the cache does not hold.

    Raises:
        ValueError, UnreadableVideo: as `prepare`.
    """
    skipped = Skipped(len(files), bad, settings.short)
    cache_dir = os.fspath(cache_dir)
    os.makedirs(cache_dir, exist_ok=True)
    with Lock(os.path.join(cache_dir, ".lock"), cache_dir, wait=True).sign():
        held, ours, reading = _kept_shards(cache_dir, settings, files)
        _fill(cache_dir, settings, files, held, ours, reading, skipped, cut, progress)
        ours.clear(file.shard for file in held.values())
    return ClipCache.open(cache_dir)


def lacking(
    files: Sequence[VideoFile], cache_dir: str | os.PathLike, settings: ClipSettings
) -> list[str]:
    """Returns the paths of those videos that a cache does not hold as they are now.

    Args:
        files: of `listed_videos`.
        cache_dir: the cache's folder, which need not be there.
        settings: as the cache is to have.

    Raises:
        ValueError: when the cache is of other settings, or of other videos.
    """
    held, _, _ = _kept_shards(os.fspath(cache_dir), settings, files)
    return [file.path for file in files if file.path not in held]


def _kept_shards(folder, settings, files):
    """Returns what the index holds, path -> `CachedFile`, our own shards, `Begun`, the reading.

    A file that has changed since, or is not listed, is left out of the dict.
    """
    index = read_cache_index(folder)
    if index is None:
        return {}, Begun(folder, []), READING
    check_settings(folder, index.settings, settings)
    held = {file.path: file for file in index.files}
    if held and not any(file.path in held for file in files):
        raise ValueError(
            f"The cache in `{folder}` was made of other videos, such as `{next(iter(held))}`: "
            "choose another folder for the cache, or read this one by its own path."
        )
    unchanged = {
        file.path: held[file.path]._replace(class_name=file.class_name)
        for file in files
        if file.path in held and held[file.path][2:4] == _signature(file)
    }
    ours = Begun(folder, [file.shard for file in held.values()])
    return unchanged, ours, index.reading if unchanged else READING


def _signature(file):
    """Returns the size in bytes and the time of change of a file or a folder of images."""
    paths = [file.path]
    if os.path.isdir(file.path):
        paths = [entry.path for entry in os.scandir(file.path)]
    states = [os.stat(path) for path in paths]
    return sum(state.st_size for state in states), max(state.st_mtime_ns for state in states)


def _fill(folder, settings, files, held, ours, reading, skipped, cut, progress):
    """Decodes the files not held into it, a shard at a time, and completes the index."""
    if reading != READING:
        say_once(
            f"The clips in `{folder}` were decoded by an earlier version, which saw some colours "
            "and interlaced films otherwise: they are taken as they are; for new ones, delete it."
        )
    class_names = [name for _, name in sorted({(file.label, file.class_name) for file in files})]

    def save(complete):
        present = [held[file.path] for file in files if file.path in held]
        write_index(folder, settings, class_names, present, complete, reading)

    def seen(file, clip, error):
        if clip is not None:
            _check_reading(folder, reading, file)
            bar.clip()
            return
        if error is not None:
            skipped.add(file.path, error)
        bar.file()

    missing = [file for file in files if file.path not in held]
    with _bar(len(files), len(files) - len(missing), progress and missing) as bar:
        for shard in write_shards(ours, missing, lambda file: cut(file.path), _signed, seen):
            held.update(shard)
            save(complete=False)
    if not held:
        raise skipped.none_left()
    save(complete=True)


def _signed(file):
    return file, _signature(file)


def write_shards(
    ours: Begun,
    items: Sequence,
    make: Callable[[Any], Iterator[np.ndarray]],
    entry: Callable[[Any], tuple[Any, tuple[int, int]]],
    seen: Callable[[Any, np.ndarray | None, Exception | None], None],
) -> Iterator[dict[str, CachedFile]]:
    """Yields the `CachedFile`s by path of each shard, when it is written.

    Args:
        ours: the folder's own shards, of which new ones are begun.
        items: whatever clips are made of; a shard ends with the one that takes it past
            `SHARD_BYTES`.
        make: function of an item to an iterator of its clips, which is read ahead in threads.
        entry: function of an item to the file and the signature that `ShardWriter.add` takes.
        seen: function of an item, its clip, and None, before that is written; at the item's end of
            the item, None, and what ended it early, if anything. What it raises is raised.
    """
    writer = None
    try:
        for item, clip, error in handed_out(items, make, together=False):
            seen(item, clip, error)
            if clip is not None:
                writer = writer or ShardWriter(ours.folder, ours.begin())
                writer.add(*entry(item), clip)
            elif writer and writer.bytes >= SHARD_BYTES:
                yield writer.commit()
                writer = None
        if writer:
            yield writer.commit()
            writer = None
    finally:
        if writer:
            writer.discard()


def _check_reading(folder, reading, file):
    """Raises ValueError when a file's clips would lie beside those that were read otherwise."""
    if reading != READING:
        raise ValueError(
            f"The clips in `{folder}` were decoded by an earlier version, which saw some colours "
            f"and interlaced films otherwise, and `{file.path}` is not among them: choose another "
            "folder for the cache, or delete this one."
        )


@contextlib.contextmanager
def _bar(total, done, shown):
    """Gives the progress bar, over files, with the clips so far and their rate."""
    from tqdm import tqdm

    with tqdm(
        total=total, initial=done, desc="prepare", unit="file", disable=not shown, miniters=0
    ) as bar:
        yield _Bar(bar)


class _Bar:
    def __init__(self, bar):
        self._bar = bar
        self._clips = 0
        self._began = time.monotonic()

    def clip(self):
        self._clips += 1
        rate = self._clips / max(time.monotonic() - self._began, 1e-9)
        self._bar.set_postfix_str(f"{self._clips} clips, {rate:.0f} clips/s", refresh=False)
        self._bar.update(0)

    def file(self):
        self._bar.update(1)
