"""Where colours lie among the pixels that share them."""

from fractions import Fraction

import av
import media
import numpy as np
import pytest

from tfvgan.data.colours import location_of
from tfvgan.data.pyav import probe, raw_frames
from tfvgan.data.siting import (
    CENTRE,
    LEFT,
    LOCATIONS,
    TOP_LEFT,
    Placer,
    lies_left,
    says_location,
    usual_location,
)

PLAIN = av.VideoFrame.from_ndarray(np.full((48, 32), 128, "uint8"), format="yuv420p")
# Pixels from one that has a colour back to the first of its pair, across and down.
OFFSETS = {
    **{"left": (0, 0.5), "center": (0.5, 0.5), "topleft": (0, 0)},
    **{"top": (0.5, 0), "bottomleft": (0, 1), "bottom": (0.5, 1)},
}


def offset(frame):
    """Returns where FFmpeg takes the colours of a frame like this one to lie, by slopes."""
    frame = frame.reformat(width=64, height=64, format="yuv420p")
    slope = np.tile(40 + 4 * np.arange(32, dtype="uint8"), (32, 1))
    for plane, values in zip(frame.planes[1:], (slope, slope.T)):
        rows = np.zeros((32, plane.line_size), "uint8")
        rows[:, :32] = values
        plane.update(rows.tobytes())
    full = frame.reformat(format="yuv444p", interpolation="BICUBIC").to_ndarray()
    return 20 - (full[1, 30, 20] - 40) / 2, 20 - (full[2, 20, 30] - 40) / 2


@pytest.mark.parametrize("location", LOCATIONS)
def test_a_placed_frame_says_where_its_colours_lie(location):
    assert not says_location(PLAIN)
    placed = Placer(location)(PLAIN)
    assert says_location(placed)
    np.testing.assert_allclose(offset(placed), OFFSETS[location], atol=0.25)


def test_left_is_told_from_all_others_by_frames_without_colours_too():
    assert [lies_left(Placer(where)(PLAIN)) for where in LOCATIONS] == [
        where == LEFT for where in LOCATIONS
    ]


def test_a_placed_frame_is_otherwise_the_same():
    place = Placer(LEFT)
    for height in (48, 48, 32):  # Of one kind, and of another.
        pixels = np.full((height * 3 // 2, 32), 99, "uint8")
        frame = av.VideoFrame.from_ndarray(pixels, format="yuv420p")
        frame.pts, frame.time_base = 12345, Fraction(1, 90000)
        frame.colorspace, frame.color_range = 1, 2
        placed = place(frame)
        np.testing.assert_array_equal(placed.to_ndarray(), frame.to_ndarray())
        assert (placed.pts, placed.time_base) == (12345, Fraction(1, 90000))
        assert int(placed.colorspace) == 1 and int(placed.color_range) == 2
        assert not says_location(frame)


def test_what_is_usual():
    assert usual_location() == usual_location("vp9") == LEFT
    assert usual_location("vp9", full=True) == CENTRE
    assert usual_location("mjpeg") == usual_location("flv") == CENTRE
    assert usual_location("dvvideo") == TOP_LEFT
    assert usual_location("svq1", 4, 4) == CENTRE and usual_location("ffv1", 4, 1) == LEFT


@pytest.mark.parametrize(
    "encoder", ["libx264", "libx265", "mpeg4", "mpeg2video", "mpeg1video", "mjpeg"]
)
def test_decoders_say_of_what_writers_write_what_is_usual_for_these(tmp_path, encoder):
    path = str(tmp_path / "a.mkv")
    with av.open(path, "w") as container:
        stream = container.add_stream(encoder, rate=25)
        stream.height, stream.width = 48, 64
        stream.pix_fmt = "yuvj420p" if encoder == "mjpeg" else "yuv420p"
        stream.options = {"x265-params": "log-level=none"}
        for number in range(3):
            grey = av.VideoFrame.from_ndarray(np.full((48, 64, 3), 128, "uint8"), format="rgb24")
            frame = grey.reformat(format=stream.pix_fmt)
            frame.pts, frame.time_base = number, Fraction(1, 25)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    info = probe(path)
    assert info.location == ""  # It is said.
    frame = next(iter(raw_frames(info)))
    np.testing.assert_allclose(offset(frame), OFFSETS[usual_location(encoder)], atol=0.25)


@pytest.mark.parametrize(("form", "location"), [("vp9.webm", LEFT), ("av1.mp4", LEFT)])
def test_what_is_not_said_is_what_is_usual(tmp_path, form, location):
    assert probe(media.video(tmp_path / "a", form)).location == location
    assert probe(media.video(tmp_path / "b", "vp9.webm", color_range=2)).location == CENTRE


def test_where_each_pixel_has_its_own_colours_there_is_nothing_to_place(tmp_path):
    assert probe(media.video(tmp_path / "a", pixels="yuv444p")).location == ""
    for form in ("gray", "rgb24", "pal8"):
        assert location_of(av.VideoFrame(16, 16, form)) == ""
