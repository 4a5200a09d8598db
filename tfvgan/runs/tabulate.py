"""The probability tables of a learned codec, counted on latents of videos."""

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from tfvgan.coding.header import IDENTITY
from tfvgan.data.decode import read_frames
from tfvgan.data.files import list_videos
from tfvgan.runs.loading import loaded_for
from tfvgan.runs.shipped import model_at
from tfvgan.sums import renew_sums
from tfvgan.tasks import LearnedCodec
from tfvgan.tasks.compression.codecs import OLD_TABLES, TABLES
from tfvgan.tasks.compression.latent_tables import REACH, counted, load_tables, shared
from tfvgan.tasks.compression.latents import table_count
from tfvgan.tasks.compression.learned_codec import QUALITIES, network_in
from tfvgan.whole import write_whole

SIDE = 256  # Pixels of the squares that are counted.
GROUP = 25  # Frames from a first one to the next.
GROUPS = 4  # Of a video at most.


def tabulate(
    model: str | os.PathLike,
    videos: str | os.PathLike | Sequence[str | os.PathLike],
    progress: Callable[[int, int], None] = lambda done, count: None,
    groups: int = GROUPS,
) -> str:
    """Returns the path of the tables, which now lie beside the network: `load_codec` reads both.

    Squares from the beginning of each video are told at every quality, in groups of frames. Tables
    that lay there stay beside them, for files that were compressed by them.

    Args:
        model: the folder of a run of the network "codec", or a published one; or a `.keras` file.
        videos: as `tfvgan.data.files.list_videos` takes them; hundreds, none of which the codec is
            measured on.
        progress: function that is called with the number of videos done, and of all.
        groups: int, of 25 frames, that are told of a video at most.

    Raises:
        ValueError: when there is no such model, no video, or something else where tables belong.
    """
    model = model_at(model)
    network = network_in(
        loaded_for(
            model,
            "the network of a learned codec",
            lambda found: network_in(found) is not None,
            "other models have no tables",
        )
    )
    folder = Path(model) if os.path.isdir(model) else Path(model).parent
    _keep_old(network, folder)
    channels = network.channels
    counts = np.zeros((table_count(channels), 2 * REACH + 2), np.int64)
    codec, files = LearnedCodec(network, shared(counts), quality=1), list_videos(videos)
    for number, video in enumerate(files, 1):
        for frames in _groups(video.path, groups):
            latents = (
                np.stack(list(codec.analyse(frames, float(each))))
                for each in range(1, QUALITIES + 1)
            )
            counts += counted(latents, channels)
        progress(number, len(files))
    path = shared(counts).save(folder / TABLES)
    renew_sums(folder)
    return path


def _keep_old(network, folder):
    """Keeps the present tables under another name: earlier files need them."""
    path = folder / TABLES
    if path.is_file():
        old = LearnedCodec(network, load_tables(path), quality=1).identity[:IDENTITY].hex()
        copy = path.with_name(OLD_TABLES.format(old))
        write_whole(copy, lambda file: shutil.copyfile(path, file))


def _groups(path, groups):
    """Yields groups of frames of a video, uint8 `(t, SIDE, SIDE, 3)`."""
    for number, frames in enumerate(read_frames(path, size=SIDE, chunk=GROUP)):
        if number == groups:
            return
        yield frames
