"""A compressed video back into one that plays: group by group, its sound beside it."""

import contextlib
import os
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from tfvgan.coding import Reader
from tfvgan.data.read_ahead import ahead
from tfvgan.streaming.attached import copied_about, copied_sound
from tfvgan.streaming.encoders import encoder, writable_look
from tfvgan.streaming.joining import check_held, join
from tfvgan.streaming.look import Look
from tfvgan.streaming.outputs import check_out
from tfvgan.streaming.sink import EncodedFile, format_of
from tfvgan.streaming.source import simple_rate
from tfvgan.streaming.unfinished import Unfinished, identity
from tfvgan.tasks.compression.file_encoding import Codec

READY = 4  # Frames that are decoded before they are written: an encoder takes some at once.
FURTHEST = 10**8  # Seconds from the beginning, three years: files don't hold any times.


def decode_file(
    decoder: Codec,
    path: str | os.PathLike,
    out: str | os.PathLike,
    *,
    codec: str | None = None,
    crf: float | None = None,
    resume: bool = False,
    overwrite: bool = False,
    progress: Callable[[int, int], None] = lambda done, count: None,
) -> list[str]:
    """Returns sentences on what is damaged, and how much was decoded; none if all is well.

    What is left of the video is at `out` then, with the times that it had; its sound is whole.
    Memory does not grow with the video's length. What is stopped or killed can be resumed.

    Args:
        decoder: `tfvgan.tasks.compression.file_encoding.Codec`, the one that it was compressed by.
        path: of the compressed file.
        out: a file whose ending says its format.
        codec, crf: FFmpeg's encoder, and its quality, as in `tfvgan.streaming.process`.
        resume: bool, go on with what was begun.
        overwrite: bool, whether a file at `out` may be replaced.
        progress: function that is called with the number of frames done, and of all.

    Raises:
        ValueError: when the file is damaged as a whole, or was compressed by another; when there
            is something at `out`, an unfinished job without `resume` or none with it.
    """
    codec = encoder(codec, out, crf)
    check_out(out, (path,), overwrite or resume)
    with Reader(path) as reader:
        check_codec(reader, decoder, path)
        film = copied_about(reader)
        record = {"source": identity(path), "codec": codec, "crf": crf, **decoder.settings}
        with Unfinished(out, record, resume, overwrite) as made:
            beside = copied_sound(reader, made.folder)
            how = _encoding(reader, beside, out, codec, crf, film)
            damaged = _decode(reader, decoder, made, how, progress)
            whole_groups = [n for n, part in enumerate(made.parts()) if part.stat().st_size]
            parts = [made.parts()[number] for number in whole_groups]
            if not parts:
                made.remove()
                raise nothing_whole(path)
            whole = made.folder / f"whole{Path(out).suffix}"
            join(parts, beside, whole, out, how["look"], film, how["fps"])
            made.put(whole)
    damaged += [gap_sentence(gap, path) for gap in reader.damaged]
    return damaged and [*damaged, _left(reader, whole_groups, path)]


def nothing_whole(path):
    """Returns the error that no group of a file can be decoded."""
    return ValueError(f"No group of `{path}` can be decoded: fetch or compress it anew.")


def gap_sentence(gap, path):
    """Returns the sentence on one damaged stretch of a file."""
    return f"Bytes {gap.offset} to {gap.offset + gap.length - 1} of `{path}` are damaged."


def _left(reader, numbers, path):
    """Returns the sentence on how many frames of a damaged file were decoded, by groups."""
    frames = sum(reader.groups[number].frames for number in numbers)
    which = "" if reader.indexed else " that were found"
    return f"Of `{path}` {frames} frames are whole, of {reader.frames}{which}."


def check_codec(reader, decoder, path):
    """Raises ValueError unless the file was compressed by this codec, with these weights."""
    if reader.header.codec != decoder.name:
        raise ValueError(
            f"`{path}` was compressed by the codec {reader.header.codec!r}, but is to be decoded by"
            f" {decoder.name!r}: use the model that it was compressed by."
        )
    reader.check_model(decoder.identity, "the one given")


def _encoding(reader, beside, out, codec, crf, film):
    """Returns the arguments of `EncodedFile` beside its path.

    Raises:
        ValueError: when `out` can't hold what is to be put there.
    """
    header = reader.header
    how = {"codec": codec, "crf": crf, "fps": frame_rate(reader)}
    how["look"] = writable_look(look_in(header), codec, format_of(out))
    check_held(out, beside and beside.path, (header.height, header.width), film, **how)
    return how


def look_in(header):
    """Returns the `Look` in a compressed video's header."""
    _, primaries, transfer, _ = header.colour
    return Look(aspect=header.pixel_aspect, primaries=primaries, transfer=transfer)


def frame_rate(reader):
    """Returns how many frames of a compressed video are shown in a second, a fraction."""
    first, last = reader.groups[0], reader.groups[-1]
    frames, ticks = last.first_frame - first.first_frame, last.first_time - first.first_time
    if first is last:
        with contextlib.suppress(ValueError):  # It is damaged, which is told later.
            times = reader.read(0).times
            frames, ticks = len(times) - 1, times[-1] - times[0]
    if not frames or ticks <= 0:
        return Fraction(25)
    rate = simple_rate(frames / (ticks * reader.header.time_base))
    if not Fraction(1, 10**6) <= rate <= 1000:  # A stranger's claim: times are refused later.
        return Fraction(25)
    return rate.limit_denominator(1 << 20)  # Encoders count in 32 bits.


def _decode(reader, decoder, made, how, progress):
    """Writes a part for each group that has none yet; damaged groups become empty files.

    Frames are decoded in a thread while the ones before are written.
    """
    done = {number for number, part in enumerate(made.parts()) if part.stat().st_size}
    damaged, unfinished = [], made.folder / "part.video"
    size = (reader.header.height, reader.header.width)
    numbers = [number for number in range(len(reader.groups)) if number not in done]
    with contextlib.closing(ahead(_frames(reader, decoder, numbers, size), READY)) as frames:
        for number, info in enumerate(reader.groups):
            if number not in done:
                error = _write_group(frames, unfinished, how)
                if error is not None:
                    damaged.append(error)
                    unfinished.write_bytes(b"")
                made.keep(unfinished, number)
            progress(info.first_frame + info.frames, reader.frames)
    return damaged


def _frames(reader, decoder, numbers, size):
    """Yields `(time, frame)` of groups, and behind each `(error, None)`: a sentence, or None."""
    for number in numbers:
        error = None
        try:
            group = reader.read(number)
            frames = decoder.decode(group.payload, reader.groups[number].frames, size)
            yield from zip(times_of(reader.header, number, group), frames, strict=True)
        except ValueError as raised:
            error = str(raised)
        yield error, None


def _write_group(frames, path, how):
    """Writes the frames of a group, as `_frames` yields them; returns what is damaged, or None."""
    sink = error = None
    for time, frame in frames:
        if frame is None:
            error = error or time
            break
        if error is None:  # Of a group that can't be written, the others are left out.
            try:
                sink = sink or EncodedFile(path, **how)
                sink.write(frame, None, time)
            except ValueError as raised:
                error = str(raised)
    if error is None:
        try:
            sink.close()
        except ValueError as raised:
            error = str(raised)
    return error


def times_of(header, number, group):
    """Returns when the frames of a group are shown, in seconds, as `Fraction`.

    Raises:
        ValueError: when that is too far from the beginning for any file.
    """
    times = [tick * header.time_base for tick in group.times]
    if max(abs(times[0]), abs(times[-1])) > FURTHEST:
        raise ValueError(
            f"Group {number} is to be shown from {float(times[0]):g} to {float(times[-1]):g} "
            "seconds, which no file holds: it is damaged."
        )
    return times
