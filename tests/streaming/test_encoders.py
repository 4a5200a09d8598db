"""Encoders are given what they take, and asked for no more than they have."""

from fractions import Fraction

import av
import pytest

from tfvgan.streaming.encoders import (
    encoder,
    encoder_options,
    matrix,
    part_format,
    pixels,
    sides,
    tick,
    writable_look,
)
from tfvgan.streaming.look import Look

CODECS = ("libx264", "libx265", "libvpx-vp9", "libsvtav1", "mpeg4", "mjpeg", "prores_ks", "qtrle")
CODECS += ("png", "ffv1", "huffyuv", "gif", "libvpx")


@pytest.mark.parametrize("alpha", [False, True])
@pytest.mark.parametrize("codec", CODECS)
def test_an_encoder_takes_its_pixels_and_a_format_what_it_makes(codec, alpha):
    assert pixels(codec, alpha) in [form.name for form in av.codec.Codec(codec, "w").video_formats]
    form = av.format.ContainerFormat(part_format(codec, alpha), "w")
    with av.open("nowhere", "w", format=form.name) as output:
        output.add_stream(codec, rate=25)


def test_pixels_are_the_usual_ones_where_they_can_be():
    named = ["libx264", "ffv1", "prores_ks", "mjpeg", "gif"]
    usual = ["yuv420p", "bgr0", "yuv422p10le", "yuvj420p", "rgb8"]
    assert [pixels(codec, False) for codec in named] == usual
    assert [pixels(codec, True) for codec in ("libvpx-vp9", "libx264")] == ["yuva420p", "yuv420p"]


def test_an_encoder_that_suits_the_output():
    assert [encoder(None, name) for name in ("a.webm", "a.mp4")] == ["libvpx-vp9", "libx264"]
    assert encoder("ffv1", "a.mkv") == "ffv1"
    see_through = {"a.webm": "libvpx-vp9", "a.MOV": "prores_ks", "a.mkv": "libvpx-vp9", "-": "ffv1"}
    for name, codec in see_through.items():
        assert encoder(None, name, alpha=True) == codec
    assert encoder(None, "a.mp4", alpha=True) == "libx264"
    for codec in ("libx999", "aac"):
        with pytest.raises(ValueError, match="must be an encoder of video such as libx264"):
            encoder(codec, "a.mkv")


@pytest.mark.parametrize(
    ("codec", "crf", "said"),
    [
        ("mpeg4", 5, "but mpeg4 has none: leave it out, or choose another `codec`"),
        ("libsvtav1", 0, "must be from 1 to 63 for libsvtav1, but is 0"),
        ("libx264", 99, "must be from 0 to 63 for libx264, but is 99"),
        ("libvpx-vp9", -1, "must be from 0 to 63 for libvpx-vp9, but is -1"),
    ],
)
def test_a_quality_that_there_is_not(codec, crf, said):
    assert encoder("libx264", "a.mkv", 0) == "libx264"
    with pytest.raises(ValueError, match=said):
        encoder(codec, "a.mkv", crf)


def test_options_are_of_the_quality():
    assert encoder_options("libx264") == {"crf": "16"} and encoder_options("libx264", 0) == {
        "crf": "0"
    }
    assert encoder_options("mpeg4")["global_quality"] == "236" and encoder_options("ffv1") == {}


def test_times_are_counted_as_finely_as_an_encoder_can():
    assert (tick("libx264"), tick("mpeg4")) == (Fraction(1, 90000), Fraction(1, 60000))


def test_what_a_file_cannot_say_is_done_to_its_frames():
    wide = Look(aspect=Fraction(16, 15), alpha=True)
    square = Look(stretch=Fraction(16, 15), alpha=True)
    plain = wide._replace(alpha=False)
    assert (
        writable_look(wide, "libx264", "mp4") == writable_look(wide, "libx264", "matroska") == plain
    )
    assert (
        writable_look(wide, "libvpx-vp9", "webm")
        == writable_look(wide, "ffv1", "matroska")
        == square
    )
    assert writable_look(wide, "libvpx-vp9", "mp4") == plain
    assert writable_look(wide, "qtrle", "mov") == wide


def test_deep_colours_are_kept_where_an_encoder_can():
    codecs = ("libx264", "libx265", "libsvtav1", "prores_ks", "ffv1", "png", "mpeg4", "mjpeg")
    deep = Look(depth=12)
    kinds = [pixels(codec, False, 12) for codec in codecs]
    assert kinds[:3] == 3 * ["yuv420p10le"] and kinds[3:6] == ["yuv422p10le", "gbrp16le", "rgb48be"]
    found = [writable_look(deep, codec, "matroska").depth for codec in codecs]
    assert found == [10, 10, 10, 10, 12, 12, 8, 8]
    assert writable_look(deep._replace(alpha=True), "prores_ks", "mov").depth == 8
    assert writable_look(Look(), "prores_ks", "mov").depth == 8


def test_finer_colours_are_kept_where_an_encoder_can():
    codecs = ("libx264", "libx265", "mjpeg", "libsvtav1", "prores_ks", "ffv1")
    across = [pixels(codec, False, chroma=(2, 1)) for codec in codecs]
    assert across[:2] == 2 * ["yuv422p"] and across[2:4] == ["yuvj422p", "yuv420p"]
    assert [pixels(codec, False, chroma=(4, 1)) for codec in codecs] == across
    finest = [pixels(codec, False, chroma=(1, 1)) for codec in codecs]
    assert finest[:2] == 2 * ["yuv444p"] and finest[4:] == ["yuv444p10le", "bgr0"]
    assert pixels("libx265", False, 10, (2, 1)) == "yuv422p10le"
    assert pixels("libsvtav1", False, 10, (1, 1)) == "yuv420p10le"
    assert pixels("libvpx-vp9", False, 10, (1, 1)) == "yuv444p"
    looks = [writable_look(Look(chroma=(2, 1)), codec, "matroska") for codec in codecs]
    assert [look.chroma for look in looks] == [(2, 1)] * 3 + [(2, 2), (2, 1), (2, 1)]


def test_deep_colours_are_hevc_where_a_file_holds_it():
    names = ("a.mp4", "a.MKV", "-", "a.webm", "a.avi")
    usual = ["libx265", "libx265", "libx265", "libvpx-vp9", "libx264"]
    assert [encoder(None, name, depth=10) for name in names] == usual
    assert encoder("mpeg4", "a.mp4", depth=10) == "mpeg4"


def test_wide_colours_have_a_matrix_where_a_stream_says_it():
    wide = Look(primaries=9)
    assert [matrix(codec, wide, 96, 128) for codec in ("libx265", "mpeg4")] == [9, 6]
    assert [matrix("libx265", Look(), height, 128) for height in (96, 720)] == [6, 1]
    assert matrix("mjpeg", Look(), 720, 128) == 6


def test_sides_are_even_only_where_an_encoder_must_have_it_so():
    taken = [
        sides(codec, pixels(codec, False), 33, 51) for codec in ("libx264", "huffyuv", "mpeg4")
    ]
    assert taken == [(34, 52), (33, 52), (33, 51)]
    assert sides("libx264", "yuv444p", 33, 51) == (33, 51)


def test_hdr_is_told_to_libx265():
    hdr = (("max-cll", "1000,400"),)
    assert encoder_options("libx265", 20, hdr)["x265-params"] == "log-level=error:max-cll=1000,400"
    assert "x265-params" not in encoder_options("libx264", 20, hdr)
    deep = Look(depth=10, hdr=hdr)
    assert writable_look(deep, "libx265", "mp4").hdr == hdr
    assert (
        writable_look(deep, "ffv1", "matroska").hdr
        == writable_look(Look(hdr=hdr), "libx265", "mp4").hdr
        == ()
    )
