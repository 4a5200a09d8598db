"""A compressed video to a player: group by group, while it is decoded."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np

from tfvgan.coding import Reader
from tfvgan.data.read_ahead import ahead
from tfvgan.streaming.attached import copied_sound
from tfvgan.streaming.live import write_live
from tfvgan.tasks.compression.file_decoding import (
    frame_rate,
    gap_sentence,
    look_in,
    nothing_whole,
    times_of,
)

READY = 8  # Frames that are decoded before a player asks for them: some take longer than others.


def play_file(
    decode: Callable[[bytes, int, tuple[int, int]], Iterator[np.ndarray]],
    path: str | os.PathLike,
    stream: BinaryIO,
) -> list[str]:
    """Returns sentences on damaged groups, which are left out, once all is written to a stream.

    The stream is NUT: frames as they are, sound and subtitles as they were. Memory does not grow
    with the video's length.

    Args:
        decode: as of `tfvgan.tasks.compression.Codec`.
        path: of the compressed file.
        stream: binary file, such as a player's standard input.

    Raises:
        ValueError: when no group can be decoded.
        BrokenPipeError: when nobody reads the stream any more.
    """
    damaged = []
    with Reader(path) as reader, tempfile.TemporaryDirectory() as folder:
        size = reader.header.height, reader.header.width
        frames = ahead(_frames(reader, path, decode, size, damaged), READY)
        beside = copied_sound(reader, Path(folder))
        look = look_in(reader.header)
        try:
            write_live(frames, stream, size, frame_rate(reader), look, beside)
        finally:
            frames.close()
    return damaged + [gap_sentence(gap, path) for gap in reader.damaged]


def _frames(reader, path, decode, size, damaged):
    """Yields `(frame, time)` of the groups, and notes which of them are damaged."""
    for number, info in enumerate(reader.groups):
        try:
            group = reader.read(number)
            times = times_of(reader.header, number, group)
            yield from zip(decode(group.payload, info.frames, size), times, strict=True)
        except ValueError as error:
            damaged.append(str(error))
    if len(damaged) == len(reader.groups):
        raise nothing_whole(path)
