"""What a film says of itself comes along, or is named."""

import io
from fractions import Fraction

import av
import media
import numpy as np
import pytest
from av.stream import Disposition
from counting import Counting
from packing import Packing

from tfvgan.streaming import process
from tfvgan.streaming.about import About, File, about, from_json, tell_lost
from tfvgan.streaming.timeline import Span, Timeline
from tfvgan.tasks.compression import decode_file, encode_file

TAGS = {"title": "A film", "date": "2021-05-06", "comment": "of mine"}
CHAPTERS = ((Fraction(0), Fraction(2, 5), "One"), (Fraction(2, 5), Fraction(6, 5), "Two"))
FONT = File("a.ttf", "font/ttf", b"no real font")


def cover():
    """Returns a small picture as a `File`."""
    data = io.BytesIO()
    with av.open(data, "w", format="image2pipe") as container:
        stream = container.add_stream("mjpeg", rate=1)
        stream.height, stream.width, stream.pix_fmt = 16, 16, "yuvj420p"
        container.mux(stream.encode(av.VideoFrame.from_ndarray(media.frames(1, 16, 16)[0])))
        container.mux(stream.encode())
    return File("cover.jpg", "image/jpeg", data.getvalue())


def film(path, files=(FONT,), start=0):
    """Writes twelve frames with tags, two chapters and files; returns the path."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10)
        stream.height, stream.width, stream.pix_fmt = 48, 64, "yuv420p"
        container.metadata.update(TAGS)
        container.set_chapters(
            [
                {
                    **{"id": n + 1, "time_base": Fraction(1, 1000), "metadata": {"title": title}},
                    **{"start": int(1000 * begin) + start, "end": int(1000 * end) + start},
                }
                for n, (begin, end, title) in enumerate(CHAPTERS)
            ]
        )
        for file in files:
            container.add_attachment(*file)
        for number, picture in enumerate(media.frames()):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = 100 * number + start, Fraction(1, 1000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return str(path)


def lowered(tags):
    return {name.lower(): text for name, text in tags.items()}


@pytest.mark.parametrize(("name", "files"), [("x.mkv", 2), ("x.mp4", 1), ("x.mov", 0)])
def test_it_is_copied_and_what_is_not_is_named(tmp_path, caplog, name, files):
    given = (FONT, cover())
    out = process(Counting(1), film(tmp_path / "in.mkv", given), tmp_path / name)
    found = about(out)
    assert lowered(found.tags) == TAGS and found.chapters == CHAPTERS
    assert [file.data for file in found.files] == [file.data for file in given[2 - files :]]
    lost = ", ".join(file.name for file in given[: 2 - files])
    assert (f"{name} can't hold {lost} of the film" in caplog.text) == bool(lost)


def test_a_cover_of_an_mp4_becomes_a_file_and_the_other_way_round(tmp_path):
    path = process(Counting(1), film(tmp_path / "in.mkv", [cover()]), tmp_path / "a.mp4")
    with av.open(path) as container:
        assert container.streams.video[1].disposition & Disposition.attached_pic
    again = about(process(Counting(1), path, tmp_path / "b.mkv"))
    assert [file.data for file in again.files] == [cover().data]


def test_it_goes_through_a_compressed_file(tmp_path):
    path = film(tmp_path / "in.mkv", (FONT, cover()))
    encode_file(Packing(), path, tmp_path / "x.tvg")
    decode_file(Packing(), tmp_path / "x.tvg", tmp_path / "back.mkv")
    found, given = about(tmp_path / "back.mkv"), about(path)
    assert (lowered(found.tags), *found[1:3]) == (TAGS, *given[1:3])


def test_chapters_move_with_the_film(tmp_path):
    timeline = Timeline(Fraction(1, 10))
    timeline.spans.append(Span(Fraction(5), Fraction(6), Fraction(5)))
    path = film(tmp_path / "in.mkv", start=5000)
    assert about(path).chapters[0][0] == 5 and about(path, timeline).chapters == CHAPTERS


def test_tags_of_telephones_have_their_usual_names(tmp_path):
    with av.open(str(tmp_path / "x.mkv"), "w") as container:
        stream = container.add_stream("ffv1", rate=1)
        stream.height, stream.width = 16, 16
        place = "+48.2+016.3/"
        container.metadata["com.apple.quicktime.location.ISO6709"] = place
        container.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((16, 16, 3), "uint8"))))
        container.mux(stream.encode())
    assert about(tmp_path / "x.mkv").tags == {"location": place}


def test_json_holds_it_and_nothing_else_is_taken_for_it():
    told = About(TAGS, CHAPTERS, (FONT,), ("the data of track 2",))
    assert from_json(told.to_json()) == told._replace(others=())
    assert from_json(told._replace(end=Fraction(184, 100)).to_json()).end == Fraction(46, 25)
    endless = b'{"tags": {}, "chapters": [], "files": [], "end": Infinity}'
    for data in (
        endless,
        b"",
        b"[]",
        b"[" * 100_000,
        b'{"tags": {}, "chapters": [["1/0", 2, "x"]], "files": []}',
        b'{"tags": 3}',
        b'{"tags": {}, "chapters": [[1, 2]], "files": []}',
    ):
        with pytest.raises(ValueError, match="can't be read"):
            from_json(data)


def test_other_tracks_are_named(caplog):
    tell_lost(About(others=("the data of track 2",)), About(), "out.mkv")
    assert "out.mkv can't hold the data of track 2 of the film: left out." in caplog.text


def test_where_pictures_alone_are_written_all_else_is_named(tmp_path, caplog):
    path = film(tmp_path / "in.mkv", (FONT, cover()))
    process(Counting(1), path, tmp_path / "images")
    assert "in.mkv holds beside its picture (chapters, attached files, covers, title" in caplog.text
