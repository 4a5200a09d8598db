"""The clips of one video file in a folder of their own, for whoever makes a cache of many files."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from tfvgan.claims import read_claims
from tfvgan.data.cache import ClipCache, is_cache, write_index
from tfvgan.data.cut import ShortVideo, cut_file
from tfvgan.data.errors import UnreadableVideo
from tfvgan.data.files import VideoFile
from tfvgan.data.settings import ClipSettings
from tfvgan.data.shards import ShardWriter
from tfvgan.whole import aside, put

ENDED = "ended.json"
CLIPS = "clips-00000.tfrecord"


class Ended(NamedTuple):
    """How a file ended: why it can't be read further; or how many frames it has that are less
    than the `wanted` ones of a clip."""

    reason: str | None = None
    frames: int | None = None
    wanted: int | None = None


def write_part(
    path: str | os.PathLike,
    folder: str | os.PathLike,
    settings: ClipSettings,
    decoder: str = "auto",
) -> None:
    """Writes the clips of a video file into a folder, which appears whole; see `read_part`.

    Args:
        path: of the file.
        folder: to write, beside which it is written; what is there is replaced.
        settings: how clips are cut.
        decoder: as of `tfvgan.data.prepare`.
    """
    path, folder = os.fspath(path), Path(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with aside(folder.parent) as hidden:
        writer, ended = None, Ended()
        try:
            for clip in cut_file(path, settings, decoder):
                writer = writer or ShardWriter(os.fspath(hidden), CLIPS)
                writer.add(VideoFile(path), (0, 0), clip)
        except UnreadableVideo as error:
            ended = Ended(reason=error.reason)
        except ShortVideo as error:
            ended = Ended(frames=error.have, wanted=error.wanted)
        if writer:
            write_index(hidden, settings, [""], writer.commit().values(), complete=True)
        Path(hidden, ENDED).write_text(json.dumps(ended._asdict()), encoding="utf-8")
        if folder.exists():
            shutil.rmtree(folder)
        put(hidden, folder)


def read_part(path: str | os.PathLike, folder: str | os.PathLike) -> Iterator[np.ndarray]:
    """Yields the clips of a video file from what `write_part` has written; then ends as it did.

    Args:
        path: of the file, which is not read.
        folder: of the part.

    Yields:
        uint8 `(frames, height, width, 3)`, as of `tfvgan.data.cut.cut_file`.

    Raises:
        UnreadableVideo, ShortVideo: where the file did, behind the clips before.
        ValueError: when the part is damaged.
    """
    ended = read_claims(os.path.join(folder, ENDED), Ended, "how a video file ended")
    if is_cache(folder):
        cache = ClipCache.open(folder)
        yield from map(cache.clip, range(cache.count))
    if ended.reason is not None:
        raise UnreadableVideo(path, ended.reason)
    if ended.frames is not None:
        raise ShortVideo(path, ended.frames, ended.wanted)
