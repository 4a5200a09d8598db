"""A whole video into a compressed one, a group of frames at a time; its sound is copied."""

import functools
import math
import os
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Protocol

import numpy as np

from tfvgan.coding import Header, Reader, Writer, hidden_file
from tfvgan.coding.header import IDENTITY, LARGEST_TERM
from tfvgan.coding.records import MOST_PAYLOAD
from tfvgan.data.errors import say_once
from tfvgan.streaming.attached import SOUND, attach_about, attach_sound
from tfvgan.streaming.cuts import SceneCuts
from tfvgan.streaming.look import PLAIN, UNSAID
from tfvgan.streaming.lost import tell_lost_chroma, tell_lost_colours
from tfvgan.streaming.outputs import check_out, check_resumable
from tfvgan.streaming.source import Source
from tfvgan.streaming.spilled import Spilled, kept
from tfvgan.streaming.unfinished import Unfinished

LONGEST, SHORTEST = 120, 8  # Frames in a group, but for the last one.
COPIES = 6  # Of frames are there at once, about.
MEMORY = 1000.0  # MB
FINE = 1000  # Ticks that a frame lasts at a constant rate.
NO_MORE = "a .tvg holds no more"  # Of colours.
FINEST = 10000  # Ticks in a second at least: less than any frame lasts.


class Codec(Protocol):
    """What turns groups of frames into bytes, and back.

    Attributes:
        name: str, short: what the file's header says.
    """

    name: str

    @property
    def identity(self) -> bytes:
        """The sha256 of all that decoding needs and the file lacks."""

    @property
    def settings(self) -> dict:
        """Numbers and texts: all that else decides a group's bytes, or the pixels made of them."""

    def encode(self, frames: Sequence[np.ndarray], fps: Fraction) -> bytes:
        """Returns the bytes of a group.

        Args:
            frames: sequence of uint8 `(h, w, 3)`, which may lie in a file: memory is for a few.
            fps: Fraction, frames a second on average.
        """

    def decode(self, payload: bytes, count: int, size: tuple[int, int]) -> Iterator[np.ndarray]:
        """Yields the frames of a group, uint8 `(h, w, 3)`.

        Args:
            payload: bytes of `encode`, unless they are damaged.
            count: int, frames.
            size: `(height, width)`.

        Raises:
            ValueError: when it is no such group.
        """


def encode_file(
    codec: Codec,
    path: str | os.PathLike,
    out: str | os.PathLike,
    *,
    deinterlace: str = "auto",
    fps: float | None = None,
    partial: bool = False,
    longest: int = LONGEST,
    memory: float = MEMORY,
    resume: bool = False,
    overwrite: bool = False,
    progress: Callable[[int, int | None], None] = lambda done, count: None,
) -> str:
    """Returns `out`, where the compressed video now is.

    Memory does not grow with the video's length, nor with a group's: frames for which it is too
    small wait in a file beside `out`. A new group begins with a new scene, too; each can be decoded
    alone. Sound and subtitles are copied as they are. What is stopped or killed can be resumed, and
    nothing unfinished ever bears the final name.

    Args:
        codec: `Codec`.
        path: a file, a folder of numbered images, or "-" for standard input.
        out: where to write.
        deinterlace, fps, partial: as of `Source`.
        longest: int, frames in a group at most.
        memory: float, MB, of which one part in `COPIES` is for the frames of a group.
        resume: bool, go on with what was begun.
        overwrite: bool, whether a file at `out` may be replaced.
        progress: function that is called with the number of frames done, and of all, or None.

    Raises:
        ValueError: when there is something at `out`, an unfinished file without `resume` or none
            with it.
        UnreadableVideo: when there is no video at `path`.
    """
    check_out(out, (path,), overwrite or resume)
    source = Source(path, deinterlace, fps, partial)
    check_resumable(source.piped, resume)
    tell_lost_colours(source, PLAIN, NO_MORE)
    tell_lost_chroma(source, source.look.chroma, PLAIN.chroma, NO_MORE)
    header = _header(codec, source)
    with Unfinished(out, _record(codec, source, longest), resume, overwrite) as made:
        whole = made.folder / "whole.tvg"
        if whole.exists():  # Stopped at the last moment.
            made.put(whole)
            return str(out)
        keep = functools.partial(Spilled, made.folder, int(1e6 * memory / COPIES))
        with Writer(whole, header, hidden_file(whole).exists()) as writer:
            for frames, times in groups(source, longest, writer.frames, keep):
                ticks = [round(time / header.time_base) for time in times]
                with frames:
                    coded = encoded(codec, frames, ticks, source.fps)
                for due, payload in coded:
                    writer.write_group(due, payload)
                progress(writer.frames, source.count)
            if not source.is_folder and not source.piped:
                attach_sound(writer, source, made.folder / SOUND)
            attach_about(writer, source)
        made.put(whole)
    return str(out)


def _record(codec, source, longest):
    """Returns all that decides a compressed video's bytes, a dict; None for a pipe."""
    if source.piped:
        return None
    record = {"codec": codec.name, "model": codec.identity.hex(), **codec.settings}
    return {"source": source.identity, **source.settings, "longest": longest, **record}


def _header(codec, source):
    """Returns the `Header` of a source's file."""
    height, width = source.size
    return Header(
        codec=codec.name,
        model=codec.identity[:IDENTITY],
        width=width,
        height=height,
        time_base=_tick(source),
        colour=(0, source.look.primaries, source.look.transfer, UNSAID),
        pixel_aspect=source.look.aspect,
    )


def _tick(source):
    """Returns the seconds of a tick, by which no time of the source's frames is rounded."""
    tick = source.tick or 1 / (FINE * source.fps)
    tick /= math.ceil(tick * FINEST)
    fits = max(tick.numerator, tick.denominator) <= LARGEST_TERM
    return tick if fits else tick.limit_denominator(LARGEST_TERM)


def encoded(codec, frames, times, fps, most=MOST_PAYLOAD):
    """Returns a list of a group's times and bytes; a group of too many bytes is split.

    Args:
        codec: `Codec`.
        frames: sequence of uint8 `(h, w, 3)`.
        times: list of int, one for each frame.
        fps: Fraction, frames a second.
        most: int, bytes of a group.
    """
    payload = codec.encode(frames, fps)
    if len(payload) <= most or len(frames) == 1:
        return [(times, payload)]
    middle, pieces = len(frames) // 2, []
    for part in (range(middle), range(middle, len(frames))):
        with kept((frames[number] for number in part), frames) as some:
            pieces += encoded(codec, some, [times[number] for number in part], fps, most)
    return pieces


def sound_in(path: str | os.PathLike) -> int:
    """Returns the bytes that sound and subtitles take of a compressed file: they are copied as are.

    Args:
        path: of the file.
    """
    with Reader(path) as reader:
        return sum(each.length for each in reader.attachments if each.name == SOUND)


def groups(source, longest, skip=0, keep=list):
    """Yields `(frames, times)` of each group: sequences of uint8 `(h, w, 3)`, and of seconds.

    Args:
        source: `Source`.
        longest: int, frames in a group at most.
        skip: int, frames to leave out, after which a group begins.
        keep: function that returns an empty sequence, to which a group's frames are appended.
    """
    begins, frames, times = SceneCuts(), keep(), []
    for number, frame in enumerate(source.frames()):
        begin = begins(frame.rgb) and len(frames) >= SHORTEST
        if number < skip:
            continue
        if frame.rgb.shape[:2] != tuple(source.size):
            height, width = frame.rgb.shape[:2]
            raise ValueError(
                f"Frame {number} should be of {source.size[1]}x{source.size[0]} pixels, as all of a"
                f" compressed video are, but is of {width}x{height}: compress it on its own."
            )
        if frame.alpha is not None:
            say_once("The video is transparent in places: that is left out.")
        if begin or len(frames) == longest:
            yield frames, times
            frames, times = keep(), []
        frames.append(frame.rgb)
        times.append(frame.time)
    if frames:
        yield frames, times
