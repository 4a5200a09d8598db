"""A compressed video's attachments: sound and subtitles, and the film's metadata.

The one is attached to it as a Matroska file, the other as JSON.
"""

import io
import itertools
import math
import os
from fractions import Fraction
from typing import NamedTuple

from tfvgan.data.errors import UnreadableVideo, say_once
from tfvgan.data.opening import opened
from tfvgan.streaming.about import MOST, NOTHING, about_source, from_json, tell_lost
from tfvgan.streaming.sink import open_output
from tfvgan.streaming.sound import KEPT, other_packets, tracks
from tfvgan.streaming.timeline import SAME, Span, Timeline

SOUND, ABOUT = "sound.mka", "about.json"  # The attachments' names.
LATE = "MILLISECONDS_LATE"  # A tag: how much later all in it is than in the video.
DIGITS = 4  # Of the tag at most: more is no true one.
LONGEST_ABOUT = 2 * MOST  # Bytes.
FIRST = 1.0  # Second of each track whose packets may begin before the video.


class Beside(NamedTuple):
    """A file with sound and subtitles alone, and the `Timeline` of the video by its stamps."""

    path: str
    timeline: Timeline


def attach_sound(writer, source, path):
    """Attaches the sound and subtitles of the source, if there are any.

    Args:
        writer: `tfvgan.coding.Writer`.
        source: `Source` whose frames were read.
        path: where a file is made of them first.
    """
    with opened(source.path) as original:
        if not any(stream.type in KEPT for stream in original.streams):
            return
    with open_output(io.BytesIO(), "matroska") as nowhere:
        beginning = itertools.takewhile(lambda pair: pair[0] < FIRST, _packets(source, nowhere))
        late = math.ceil(1000 * max([0, *(-time for time, _ in beginning)]))
    with open_output(path, "matroska") as output:
        output.metadata[LATE] = str(late)  # Matroska has no times below 0.
        for _, packet in _packets(source, output):
            later = round(Fraction(late, 1000) / packet.time_base)
            packet.dts, packet.pts = packet.dts + later, packet.pts + later
            output.mux(packet)
    with open(path, "rb") as file:
        writer.attach(SOUND, file)


def attach_about(writer, source):
    """Attaches the source's metadata, if there is any; a warning names what is left out."""
    film = about_source(source)
    tell_lost(film, film._replace(others=()), "A .tvg")
    if abs(film.end - source.timeline.last - 1 / source.fps) < SAME:
        film = film._replace(end=None)  # It is as long as others are on average.
    if film._replace(others=()) != NOTHING:
        writer.attach(ABOUT, io.BytesIO(film.to_json()))


def copied_about(reader):
    """Returns the `About` of a compressed video; `NOTHING`, with a warning, if unreadable."""
    sizes = {attachment.name: attachment.size for attachment in reader.attachments}
    if ABOUT not in sizes:
        return NOTHING
    try:
        if sizes[ABOUT] > LONGEST_ABOUT:
            raise ValueError(f"What the film says of itself is {sizes[ABOUT]} bytes: left out.")
        file = io.BytesIO()
        reader.attachment(ABOUT, file)
        return from_json(file.getvalue())
    except ValueError as error:
        say_once(str(error))
        return NOTHING


def _packets(source, output):
    """Yields `(seconds, packet)` of a source's sound and subtitles, to be put into an output."""
    with opened(source.path) as original:
        new_tracks = tracks(original, source.path, output, SOUND)
        output.start_encoding()
        yield from other_packets(original, new_tracks, source.timeline)


def copied_sound(reader, folder):
    """Returns sound and subtitles as `Beside`, copied into a file in the folder; or None.

    None also where they can't be read, as a warning says.
    """
    if SOUND not in [attachment.name for attachment in reader.attachments]:
        return None
    path = folder / SOUND
    try:
        with open(path, "wb") as file:
            reader.attachment(SOUND, file)
    except ValueError as error:
        say_once(str(error))
    if not path.stat().st_size:
        return None
    try:
        with opened(path) as container:
            late = container.metadata.get(LATE, "0")
    except UnreadableVideo as error:
        say_once(f"Sound and subtitles are left out: {error}")
        return None
    timeline = Timeline(1)
    late = int(late) if late.isdecimal() and len(late) <= DIGITS else 0
    timeline.spans.append(Span(Fraction(0), Fraction(0), Fraction(late, 1000)))
    return Beside(os.fspath(path), timeline)
