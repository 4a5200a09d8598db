"""A film's metadata: title, date, chapters, covers, fonts."""

import base64
import contextlib
import io
import json
from fractions import Fraction
from typing import NamedTuple

from tfvgan.data.errors import UnreadableVideo, say_once
from tfvgan.data.opening import open_input, opened
from tfvgan.streaming.encoders import SHAPED_FORMATS

# Tags of the file that it was; and of this one's own.
TECHNICAL = (
    *("major_brand", "minor_version", "compatible_brands", "encoder", "duration", "language"),
    *("milliseconds_late", "alpha_mode"),
)
APPLE = "com.apple.quicktime."  # How tags of telephones begin, which few formats take so.
SAME = {"location.iso6709": "location", "creationdate": "date"}  # What others call those.
COVERS = {"mjpeg": ("cover.jpg", "image/jpeg"), "png": ("cover.png", "image/png")}
ATTACHING = ("matroska",)  # Formats that hold any files.
TICK = Fraction(1, 1000)  # Seconds, of chapters.
MOST = 1 << 26  # Bytes of covers and fonts together.


class File(NamedTuple):
    """A cover or a font: its name, its type as of the internet, its bytes."""

    name: str
    kind: str
    data: bytes


class About(NamedTuple):
    """A film's metadata.

    `tags` is a dict of texts; `chapters` are `(begin, end, title)`, seconds as `Fraction`; `files`
    are `File`; `others` name tracks that are not read at all. `end` is when its last frame goes, in
    seconds; None where nobody knows.
    """

    tags: dict = {}
    chapters: tuple = ()
    files: tuple = ()
    others: tuple = ()
    end: Fraction | None = None

    def to_json(self):
        """Returns the metadata as JSON, bytes, without `others`."""
        files = [[f.name, f.kind, base64.b64encode(f.data).decode()] for f in self.files]
        chapters = [[float(begin), float(end), title] for begin, end, title in self.chapters]
        content = {"tags": self.tags, "chapters": chapters, "files": files}
        content |= {} if self.end is None else {"end": float(self.end)}
        return json.dumps(content, ensure_ascii=False).encode()

    def lost(self, kept):
        """Returns the names of what a copy of this metadata lacks."""
        there = {name.lower() for name in kept.tags}
        names = [name for name in self.tags if name.lower() not in there]
        if len(kept.chapters) < len(self.chapters):
            names.append(f"{len(self.chapters)} chapters")
        data = [file.data for file in kept.files]
        names += [file.name for file in self.files if file.data not in data]
        return [*names, *self.others]


NOTHING = About()


def from_json(data):
    """Returns the `About` that `About.to_json` wrote.

    Raises:
        ValueError: when they are none.
    """
    try:
        content = json.loads(data)
        tags = {str(name): str(text) for name, text in content["tags"].items()}
        chapters = [
            (Fraction(begin).limit_denominator(1000), Fraction(end).limit_denominator(1000), str(t))
            for begin, end, t in content["chapters"]
        ]
        files = [
            File(str(name), str(kind), base64.b64decode(text, validate=True))
            for name, kind, text in content["files"]
        ]
        end = None if "end" not in content else Fraction(content["end"]).limit_denominator(10**6)
    except Exception as error:  # Whatever a stranger's bytes lead to.
        raise ValueError(f"What the film says of itself can't be read ({error}).") from None
    return About(tags, tuple(chapters), tuple(files), end=end)


def about(path, timeline=None):
    """Returns the `About` of a file.

    Args:
        path: of the file.
        timeline: `Timeline` of the film's frames, by which chapters are placed, and which knows its
            end; None leaves them.
    """
    with opened(path) as container:
        chapters = tuple(_chapters(container, timeline))
        files, others = [], []
        main = next((s for s in container.streams.video if not _is_cover(s)), None)
        for stream in container.streams:
            if stream.type == "attachment":
                files.append(File(*_name_and_type(stream), stream.data))
            elif stream.type == "video" and _is_cover(stream):
                files.append(_cover(path, stream))
            elif stream.type == "video" and stream is not main:
                others.append(f"the picture of track {stream.index}")
            elif stream.type == "data" and not chapters:  # Some tell chapters so.
                others.append(f"the data of track {stream.index}")
        files = [file for file in files if file is not None]
        if sum(len(file.data) for file in files) > MOST:
            others += [file.name for file in files]
            files = []
        end = None if timeline is None else timeline.end
        return About(_tags(container.metadata), chapters, tuple(files), tuple(others), end)


def about_source(source):
    """Returns the `About` of a `Source` whose frames were read."""
    if source.is_folder or source.piped:
        return NOTHING._replace(end=source.timeline.end)
    return about(source.path, source.timeline)


def besides(container):
    """Returns the names of all that an open file holds beside its picture."""
    streams = container.streams
    kinds = {
        "sound": streams.audio,
        "subtitles": streams.subtitles,
        "chapters": container.chapters(),
        "attached files": streams.attachments,
        "covers": [stream for stream in streams.video if _is_cover(stream)],
    }
    return [*(name for name, present in kinds.items() if present), *_tags(container.metadata)]


def write_about(output, film):
    """Writes a film's metadata into a new file, as far as its format holds it.

    Args:
        output: open container of PyAV with its streams, whose header is not written.
        film: `About`.

    Returns:
        A function that writes the covers, for when the header is written.
    """
    output.metadata.update(film.tags)
    output.set_chapters(
        [
            {
                "id": number,
                "start": round(begin / TICK),
                "end": round(max(begin, end) / TICK),
                "time_base": TICK,
                "metadata": {"title": title} if title else {},
            }
            for number, (begin, end, title) in enumerate(film.chapters, start=1)
        ]
    )
    waiting = []
    for file in film.files:
        if output.format.name in ATTACHING:
            output.add_attachment(file.name, file.kind, file.data)
        elif set(output.format.name.split(",")) & set(SHAPED_FORMATS) and _is_picture(file):
            with contextlib.suppress(UnreadableVideo):
                waiting.append(_cover_stream(output, file))

    def write():
        for stream, packet in waiting:
            packet.stream = stream
            output.mux(packet)

    return write


def tell_lost(film, kept, named):
    """Warns of the film's metadata that the new file's format can't hold.

    Args:
        film, kept: `About` of both.
        named: path of the new file.
    """
    names = film.lost(kept)
    if names:
        say_once(f"{named} can't hold {', '.join(names)} of the film: left out.")


def _tags(metadata):
    """Returns the tags of the film, without those of the file."""
    tags = {}
    for name, text in metadata.items():
        short = name.lower().removeprefix(APPLE)
        if name.lower().startswith(APPLE):
            name = SAME.get(short, short)
        again = name.rpartition("-")[0] in metadata  # MP4's location comes with its language, too.
        if short not in TECHNICAL and not again and not text.startswith("Lavf"):
            tags.setdefault(name, text)
    return tags


def _chapters(container, timeline):
    """Yields the chapters, none of which begins before the film."""
    time = timeline.follower() if timeline is not None else lambda stamp: stamp
    for chapter in container.chapters():
        begin, end = (Fraction(chapter[name]) * chapter["time_base"] for name in ("start", "end"))
        shift = time(begin) - begin
        if end + shift > 0:
            yield max(begin + shift, Fraction(0)), end + shift, chapter["metadata"].get("title", "")


def _is_cover(stream):
    from av.stream import Disposition

    return bool(stream.disposition & Disposition.attached_pic)


def _name_and_type(stream, name="file", kind="application/octet-stream"):
    """Returns the name and the type in a stream's metadata."""
    return stream.metadata.get("filename", name), stream.metadata.get("mimetype", kind)


def _cover(path, stream):
    """Returns a cover as a `File`; None where it can't be read."""
    usual = COVERS.get(stream.codec_context.name if stream.codec_context else "")
    if usual is None:
        return None
    with opened(path) as container:
        for packet in container.demux(container.streams[stream.index]):
            if packet.size:
                return File(*_name_and_type(stream, *usual), bytes(packet))
    return None


def _is_picture(file):
    return file.kind in [kind for _, kind in COVERS.values()]


def _cover_stream(output, file):
    """Returns a new stream for a cover, and its packet."""
    from av.stream import Disposition

    with contextlib.closing(open_input(io.BytesIO(file.data), file.name)) as picture:
        template = picture.streams.video[0]
        stream = output.add_stream_from_template(template, opaque=True)
        stream.disposition = Disposition.attached_pic
        packet = next(packet for packet in picture.demux(template) if packet.size)
        packet.pts = packet.dts = 0
        return stream, packet
