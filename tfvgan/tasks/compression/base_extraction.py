"""The standard's stream of a compressed video, as a file that any player shows."""

import contextlib
import heapq
import os
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from tfvgan.coding import Reader
from tfvgan.data.errors import say_once
from tfvgan.data.opening import opened
from tfvgan.data.streams import packets
from tfvgan.streaming.about import about, tell_lost, write_about
from tfvgan.streaming.attached import copied_about, copied_sound
from tfvgan.streaming.encoders import SHAPED_FORMATS
from tfvgan.streaming.headings import stated, unsaid
from tfvgan.streaming.lengths import with_lengths
from tfvgan.streaming.look import describe
from tfvgan.streaming.outputs import check_out
from tfvgan.streaming.sink import format_of, open_output
from tfvgan.streaming.sound import other_packets, placed, tracks
from tfvgan.streaming.source import simple_rate
from tfvgan.streaming.unfinished import Unfinished
from tfvgan.tasks.compression.file_decoding import look_in, times_of

# What FFmpeg calls the bare streams of the standards.
BARE = {"av1": "obu", "hevc": "hevc", "h264": "h264"}
ALONE = Fraction(1, 25)  # Seconds that the only frame is shown.


def extract_base(
    path: str | os.PathLike,
    out: str | os.PathLike,
    base_layer: Callable,
    *,
    overwrite: bool = False,
) -> list[str]:
    """Returns the groups that could not be read: a list of sentences, empty if all is well.

    The stream is copied as it is, with the times of its frames, but for headers: they say what the
    file does of the pixels' shape and of colours, and leave out what frames were filled up by.
    Sound, subtitles and what the film says of itself come along.

    Args:
        path: of the compressed file.
        out: a file whose ending says its format.
        base_layer: function from a group's bytes and the number of its frames to its
            `tfvgan.data.base_layer.Base` and its packets.
        overwrite: bool, whether a file at `out` may be replaced.

    Raises:
        ValueError: when there is something at `out`, or nothing can be read.
    """
    check_out(out, (path,), overwrite)
    shaped = format_of(out) in SHAPED_FORMATS
    with Reader(path) as reader, Unfinished(out, None, overwrite=overwrite) as made:
        bare, whole = made.folder / "bare", made.folder / f"whole{Path(out).suffix}"
        standard, stamps, damaged = _bare(reader, base_layer, bare, shaped)
        bare = bare.rename(bare.with_suffix(f".{BARE[standard]}"))  # FFmpeg goes by the ending.
        film, beside = copied_about(reader), copied_sound(reader, made.folder)
        _mux(bare, stamps, reader.header, film, beside, whole, out)
        tell_lost(film, about(whole), out)
        made.put(whole)
    return damaged


def _bare(reader, base_layer, bare, shaped):
    """Writes the bare stream; returns the standard, three times of each packet, and damage.

    `shaped` says whether the file will tell the pixels' shape itself. Times are in seconds: when it
    is decoded, when it is shown, and how long. A packet is decoded as many frames early as the
    latest must be.
    """
    shown, times, damaged, late, standard = [], [], [], 0, None
    with open(bare, "wb") as file:
        for number, info in enumerate(reader.groups):
            try:
                group = reader.read(number)
                base, packets = base_layer(group.payload, info.frames)
                places = base.shown(packets, (reader.header.height, reader.header.width))
                due = times_of(reader.header, number, group)
            except ValueError as error:
                damaged.append(str(error))
                continue
            standard = standard or base.standard
            if base.standard != standard:
                raise ValueError(
                    f"The groups of this file hold {standard} and {base.standard}, which no player"
                    " takes for one stream: decompress it with its model."
                )
            file.writelines(_headed(base, packets, reader.header, shaped))
            times += due
            shown += [due[place] for place in places]
            late = max(late, *(n - place for n, place in enumerate(places)))
    if standard is None:
        raise ValueError("No group of this file can be read: fetch or compress it anew.")
    step = (times[-1] - times[0]) / (len(times) - 1) if len(times) > 1 else ALONE
    early = [times[0] - n * step for n in range(late, 0, -1)]
    return standard, [(*both, step) for both in zip(early + times, shown)], damaged


def _headed(base, packets, header, shaped):
    """Yields a group's packets as players read them, with the file's facts in their headers."""
    size, look = (header.height, header.width), look_in(header)
    shown = tuple(side + side % 2 for side in base.size(size))  # Of odd ones they can't say less.
    how = base.standard, base.coded_size(size), shown
    for what in unsaid(*how, 1 if shaped else look.aspect):
        say_once(f"No header of {base.standard} says {what}: players show it otherwise.")
    return stated(base.standard, base.raw(packets), *how[1:], look)


def _mux(bare, stamps, header, film, beside, out, named):
    """Writes the stream with the times of its packets, and sound and subtitles beside it."""
    with contextlib.ExitStack() as stack:
        stream = stack.enter_context(opened(bare))
        output = stack.enter_context(open_output(out))
        template = stream.streams.video[0]
        video = output.add_stream_from_template(template, opaque=True)
        video.codec_context.sample_aspect_ratio = header.pixel_aspect
        video.codec_context.framerate = simple_rate(1 / stamps[0][2])
        describe(video, look_in(header))
        new_tracks = []
        if beside is not None:
            original = stack.enter_context(opened(beside.path))
            new_tracks = tracks(original, beside.path, output, named)
        write_covers = write_about(output, film)
        output.start_encoding()
        write_covers()
        bare = with_lengths(_placed(packets(stream, template), stamps, video), film.end)
        streams = [((float(packet.dts * packet.time_base), packet) for packet in bare)]
        if new_tracks:
            streams.append(other_packets(original, new_tracks, beside.timeline))
        for _, packet in heapq.merge(*streams, key=lambda pair: pair[0]):
            output.mux(packet)


def _placed(coded, stamps, stream):
    """Yields the packets of the video."""
    last = None
    for packet, (decoded, shown, step) in zip((each for each in coded if each.size), stamps):
        packet.duration = round(step / packet.time_base)
        packet = placed(packet, stream, decoded, shown - decoded, last)
        last = packet.dts
        yield packet
