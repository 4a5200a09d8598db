"""Parts become one film; what its sound does is told by the tests of jobs."""

import contextlib
from fractions import Fraction

import av
import media
import numpy as np
import pytest
from sounding import film, plain

from tfvgan.streaming import joining
from tfvgan.streaming.joining import check_held, join
from tfvgan.streaming.look import Look
from tfvgan.streaming.sink import EncodedFile, open_output
from tfvgan.streaming.sound import tracks
from tfvgan.streaming.source import Source


@pytest.mark.parametrize(("codec", "ending"), [("libx264", ".mp4"), ("ffv1", ".mkv")])
def test_parts_go_on_in_time(tmp_path, codec, ending):
    frames, paths = media.frames(9), []
    for number in range(3):
        paths.append(tmp_path / f"{number}.part")
        sink = EncodedFile(str(paths[-1]), codec)
        for n in range(3 * number, 3 * number + 3):
            sink.write(frames[n], None, Fraction(n, 25))
        sink.close()
    join(paths, None, tmp_path / f"whole{ending}")
    found = list(Source(tmp_path / f"whole{ending}").frames())
    times = [float(frame.time) for frame in found]
    assert times == pytest.approx([n / 25 for n in range(9)], abs=2e-3)
    for frame, expected in zip(found, frames, strict=True):
        assert np.abs(frame.rgb.astype(int) - expected).mean() < 6


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        *[("libx264", "x.mkv"), ("libx264", "x.mp4"), ("libvpx-vp9", "x.webm")],
        *[("mpeg4", "x.avi"), ("mjpeg", "x.avi")],
    ],
)
@pytest.mark.parametrize("step", [1, 3])
def test_readers_are_told_the_rate(tmp_path, codec, name, step):
    part, out, fps = tmp_path / "part", tmp_path / name, Fraction(24000, 1001) / step
    sink = EncodedFile(str(part), codec, fps=fps)
    for number in range(8):
        sink.write(media.frames(8)[number], None, number / fps)
    sink.close()
    join([part], None, out, fps=fps)
    with av.open(str(out)) as container:
        rate = container.streams.video[0].average_rate
    assert float(rate) == pytest.approx(float(fps), rel=2e-3)


def test_what_a_format_holds(tmp_path):
    path = media.video(tmp_path / "x", "h264.mkv", media.frames(2))
    check_held(tmp_path / "out.webm", path, codec="libvpx-vp9")
    check_held(tmp_path / "out.mkv", codec="ffv1")
    with pytest.raises(
        ValueError, match="can't hold what the encoder libx264 makes, with its times: name"
    ):
        check_held(tmp_path / "out.webm", path, codec="libx264")
    with pytest.raises(ValueError, match="must be a video file such as out.mp4"):
        check_held(tmp_path / "out.unheard", path, codec="libx264")
    for name, codec, advice in [
        ("out.avi", "libx264", "name the output .mkv"),
        ("out.mkv", "qtrle", "choose"),
    ]:
        with pytest.raises(ValueError, match=f"{codec} makes, with its times: {advice}"):
            check_held(tmp_path / name, codec=codec)
    with pytest.raises(ValueError, match="The encoder h263 can't be opened for 64x50 pixels"):
        check_held(tmp_path / "out.mkv", size=(50, 64), codec="h263")


def test_what_does_not_go_together_is_found_out_before(tmp_path, monkeypatch):
    def refuse(container, source, output, named):
        sound = output.add_stream("libopus", rate=48000)
        sound.codec_context.layout = "5.1(side)"

    path = media.video(tmp_path / "x", "h264.mkv", media.frames(2))
    monkeypatch.setattr(joining, "tracks", refuse)
    with pytest.raises(ValueError, match="can't hold the sound and subtitles of .* together"):
        check_held(tmp_path / "out.mkv", path, codec="libx264")


def test_what_fails_when_the_file_is_closed_is_found_out_before(tmp_path, monkeypatch):
    def careless(container, *others):
        found = tracks(container, *others)
        for track in found:
            track.stream.codec_context.layout = track.original.layout
        return found

    path = plain(tmp_path / "in.avi", 2)
    check_held(tmp_path / "out.mp4", path, codec="libx264")
    monkeypatch.setattr(joining, "tracks", careless)
    with pytest.raises(ValueError, match="out.mp4` can't hold the sound and subtitles of .* Inv"):
        check_held(tmp_path / "out.mp4", path, codec="libx264")
    check_held(tmp_path / "out.mkv", path, codec="libx264")


class Refusing:
    """An output that takes no packet of its second stream."""

    def __init__(self, output, error):
        self._output, self._error = output, error

    def __getattr__(self, name):
        return getattr(self._output, name)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._output.close()

    def mux(self, packet):
        if packet.stream_index == 1:
            raise self._error
        self._output.mux(packet)


@pytest.mark.parametrize(
    ("error", "ends"),
    [(av.error.ArgumentError(22, "no"), False), (av.error.OSError(28, "the disk is full"), True)],
)
def test_damaged_sound_is_left_out_but_a_full_disk_is_an_end(tmp_path, monkeypatch, error, ends):
    source = Source(film(tmp_path / "in.mkv", subtitles=False))
    sink = EncodedFile(tmp_path / "part")
    for frame in source.frames():
        sink.write(*frame)
    sink.close()
    monkeypatch.setattr(joining, "open_output", lambda path: Refusing(open_output(path), error))
    with pytest.raises(av.error.OSError) if ends else contextlib.nullcontext():
        join([tmp_path / "part"], source, tmp_path / "out.mkv")
    if not ends:
        assert len(list(Source(tmp_path / "out.mkv").frames())) == 10


@pytest.mark.parametrize(
    ("codec", "ending"),
    [
        ("libx264", ".mp4"),
        ("libx264", ".mkv"),
        ("libx264", ".mov"),
        ("libvpx-vp9", ".mp4"),
        ("qtrle", ".mov"),
    ],
)
def test_the_shape_of_pixels_is_kept(tmp_path, codec, ending):
    look = Look(aspect=Fraction(64, 45))
    sink = EncodedFile(tmp_path / "part", codec, look=look)
    sink.write(media.frames(1)[0], None, Fraction(0))
    sink.close()
    join([tmp_path / "part"], None, tmp_path / f"whole{ending}")
    assert Source(tmp_path / f"whole{ending}").look == look


def test_transparency_is_kept(tmp_path):
    sink = EncodedFile(tmp_path / "part", "libvpx-vp9", look=Look(alpha=True))
    sink.write(media.frames(1)[0], np.zeros((48, 64, 1), "uint8"), Fraction(0))
    sink.close()
    join([tmp_path / "part"], None, tmp_path / "whole.webm")
    assert next(Source(tmp_path / "whole.webm").frames()).alpha.max() < 3
