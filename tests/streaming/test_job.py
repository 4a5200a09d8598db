import io
import os
import resource
import sys
import threading
from fractions import Fraction

import av
import media
import numpy as np
import pytest
from counting import Counting, told
from sounding import film, heard

from tfvgan.locks import Busy
from tfvgan.streaming import Source, process
from tfvgan.streaming.look import Look
from tfvgan.streaming.pictures import Single
from tfvgan.streaming.sink import EncodedFile
from tfvgan.streaming.unfinished import Unfinished

LOSSLESS = {"codec": "ffv1", "part": 4}


class Filled(Counting):
    """Returns the frames as they come, without the channel that says what was missing."""

    factor = 1

    def __init__(self, stop=None):
        super().__init__(1, stop)

    def step(self, window, state):
        _, state = super().step(window, state)
        return window[1][..., :3], state


def read(path):
    """Returns the times in seconds and the frames of a file."""
    with av.open(str(path)) as container:
        frames = [(float(f.time), f.to_ndarray(format="rgb24")) for f in container.decode(video=0)]
    return [time for time, _ in frames], [frame for _, frame in frames]


def test_a_file_keeps_its_times_and_its_sound(tmp_path):
    path = film(tmp_path / "in.mkv")
    out = process(Counting(), path, tmp_path / "out.mkv", **LOSSLESS)
    times, frames = read(out)
    assert times == pytest.approx(read(path)[0], abs=2e-3)
    assert [told(frame)[0] for frame in frames] == list(range(10))
    assert frames[0].shape == (96, 128, 3)
    for kind, count in (("audio", 17), ("subtitles", 2)):
        (times, content), (expected, same) = heard(out, kind), heard(path, kind)
        assert content == same and len(content) == count
        assert times == pytest.approx(expected, abs=2e-3)
    assert sorted(os.listdir(tmp_path)) == ["in.mkv", "out.mkv"]


def test_a_variable_rate_stays_one(tmp_path):
    ticks = [0, 10, 15, 40, 41, 90]
    path = media.video(tmp_path / "in", "h264.mkv", media.frames(6), ticks=ticks)
    for name, codec in (("a.mkv", "ffv1"), ("b.mp4", "libx264"), ("c.mov", "qtrle")):
        out = process(Counting(1), path, tmp_path / name, codec=codec, part=2)
        assert read(out)[0] == pytest.approx([t / 100 for t in ticks], abs=2e-3)


@pytest.mark.parametrize("stop", [1, 5, 9])
def test_what_was_stopped_goes_on_as_if_it_had_not_been(tmp_path, stop):
    path = media.video(tmp_path / "in", "h264.mkv", media.frames(10))
    whole = process(Counting(), path, tmp_path / "whole.mkv", **LOSSLESS)
    out = tmp_path / "out.mkv"
    with pytest.raises(KeyboardInterrupt):
        process(Counting(stop=stop), path, out, **LOSSLESS)
    assert not out.exists()
    with pytest.raises(ValueError, match="was begun and not finished: go on with `resume`"):
        process(Counting(), path, out, **LOSSLESS)
    with pytest.raises(ValueError, match="from another video, or with other settings"):
        process(Counting(), path, out, codec="libx264", part=4, resume=True)
    counting = Counting(stop=10)
    process(counting, path, out, **LOSSLESS, resume=True)
    assert counting.left == stop // 4 * 4, "what was whole is not made again"
    for ours, theirs in zip(read(out), read(whole)):
        np.testing.assert_array_equal(ours, theirs)
    with pytest.raises(ValueError, match="There is no unfinished"):
        process(Counting(), path, out, **LOSSLESS, resume=True)


@pytest.mark.parametrize("kept", [False, True])
@pytest.mark.parametrize("part", [0, 1])
def test_states_are_there_whenever_a_part_is(tmp_path, monkeypatch, part, kept):
    """Killed as a part becomes whole, or right behind that: the one moment without a way back."""
    path = media.video(tmp_path / "in", "h264.mkv", media.frames(10))
    whole = process(Counting(), path, tmp_path / "whole.mkv", **LOSSLESS)
    keep, out = Unfinished.keep, tmp_path / "out.mkv"

    def killed(self, path, number):
        if number == part and not kept:
            raise KeyboardInterrupt
        keep(self, path, number)
        if number == part:
            raise KeyboardInterrupt

    monkeypatch.setattr(Unfinished, "keep", killed)
    with pytest.raises(KeyboardInterrupt):
        process(Counting(), path, out, **LOSSLESS)
    monkeypatch.undo()
    process(Counting(), path, out, **LOSSLESS, resume=True)
    for ours, theirs in zip(read(out), read(whole)):
        np.testing.assert_array_equal(ours, theirs)


def test_a_full_disk_keeps_what_is_whole(tmp_path):
    """Files of at most 30 KB stand for it; a part of noise has 20."""
    noise = np.random.default_rng(0).integers(0, 255, (8, 48, 64, 3)).astype("uint8")
    path, out = media.video(tmp_path / "in", "h264.mkv", noise), tmp_path / "out.mkv"
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, limits[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            process(Counting(1), path, out, codec="ffv1", part=2)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert len(list(tmp_path.glob(".out.mkv.unfinished/part-*.done"))) == 4
    process(Counting(1), path, out, codec="ffv1", part=2, resume=True)
    whole = process(Counting(1), path, tmp_path / "whole.mkv", codec="ffv1", part=2)
    np.testing.assert_array_equal(read(out)[1], read(whole)[1])


def test_what_is_being_made_is_made_by_one(tmp_path):
    path, out = media.video(tmp_path / "in", "h264.mkv", media.frames(5)), tmp_path / "out.mkv"
    said = []

    def second(*progress):
        for resume in (False, True):
            with pytest.raises(Busy, match="is being written by process") as error:
                process(Counting(), path, out, **LOSSLESS, resume=resume)
            said.append(str(error.value))

    process(Counting(), path, out, **LOSSLESS, progress=second)
    assert len(said) == 10 and not any("resume" in text for text in said)
    assert [told(frame)[0] for frame in read(out)[1]] == list(range(5))


def test_nothing_is_replaced_unless_it_may_be(tmp_path):
    path = media.video(tmp_path / "in", "h264.mkv", media.frames(3))
    out = process(Counting(), path, tmp_path / "out.mkv", **LOSSLESS)
    with pytest.raises(ValueError, match="is there already: name another output"):
        process(Counting(1), path, out, **LOSSLESS)
    assert read(out)[1][0].shape == (96, 128, 3)
    process(Counting(1), path, out, **LOSSLESS, overwrite=True)
    assert read(out)[1][0].shape == (48, 64, 3)
    with pytest.raises(ValueError, match="is the video itself"):
        process(Counting(), path, path, **LOSSLESS, overwrite=True)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "mine.txt").touch()
    with pytest.raises(ValueError, match="is there already"):
        process(Counting(), path, tmp_path / "folder")


def test_a_mask_is_read_and_part_of_the_job(tmp_path):
    path = media.video(tmp_path / "in", "h264.mkv", media.frames(6))
    masks = np.zeros((6, 48, 64, 3), "uint8")
    masks[3, 20:40, 20:40] = 255
    media.images(tmp_path / "masks", masks)
    how = {**LOSSLESS, "mask": str(tmp_path / "masks")}
    whole = process(Filled(), path, tmp_path / "whole.mkv", **how)
    with pytest.raises(KeyboardInterrupt):
        process(Filled(stop=5), path, tmp_path / "out.mkv", **how)
    with pytest.raises(ValueError, match="with other settings"):
        process(Filled(), path, tmp_path / "out.mkv", **LOSSLESS, resume=True)
    out = process(Filled(), path, tmp_path / "out.mkv", **how, resume=True)
    np.testing.assert_array_equal(read(out)[1], read(whole)[1])
    with pytest.raises(ValueError, match="or have a frame for each of the video's 6, but has 2"):
        media.images(tmp_path / "two", masks[:2])
        process(Filled(), path, tmp_path / "new.mkv", **{**how, "mask": str(tmp_path / "two")})
    assert not list(tmp_path.glob(".new*"))
    frames, made = [frame.rgb for frame in Source(path).frames()], read(out)[1]
    between = (frames[2].astype(float) + frames[4]) / 2
    np.testing.assert_allclose(made[3][25:35, 25:35], between[25:35, 25:35], atol=1)


def test_folders_of_images_in_and_out(tmp_path):
    pictures = media.frames(5)
    media.images(tmp_path / "in", pictures)
    process(Counting(), tmp_path / "in", tmp_path / "out", part=2)
    names = sorted(os.listdir(tmp_path / "out"))[1:]
    assert names == [f"{n:06d}.png" for n in range(1, 6)]
    with av.open(str(tmp_path / "out" / names[3])) as image:
        frame = next(image.decode(video=0)).to_ndarray(format="rgb24")
    assert told(frame)[0] == 3
    np.testing.assert_array_equal(frame[8:], pictures[3].repeat(2, 0).repeat(2, 1)[8:])


def test_a_folder_that_is_replaced_keeps_no_frames_of_a_longer_video(tmp_path):
    for count in (5, 3):
        media.images(tmp_path / f"in{count}", media.frames(count))
    process(Counting(1), tmp_path / "in5", tmp_path / "out")
    mine = ["cover.png", "7.png", "000009.jpg"]
    for name in mine:
        (tmp_path / "out" / name).touch()
    process(Counting(), tmp_path / "in3", tmp_path / "out", overwrite=True)
    assert sorted(os.listdir(tmp_path / "out")) == sorted(
        [".images.json", "000001.png", "000002.png", "000003.png", *mine]
    )


def test_a_job_that_is_half_removed_is_none(tmp_path, monkeypatch):
    path = media.video(tmp_path / "in", "h264.mkv", media.frames(3))

    def killed(made):
        if made.parts():
            made.parts()[0].unlink()
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Unfinished, "_clear", killed)
        with pytest.raises(KeyboardInterrupt):
            process(Counting(), path, tmp_path / "out.mkv", part=1, codec="ffv1")
    assert len(list(tmp_path.glob(".out.mkv.unfinished/part-*.done"))) == 2
    with pytest.raises(ValueError, match="There is no unfinished"):
        process(Counting(), path, tmp_path / "out.mkv", **LOSSLESS, resume=True)
    process(Counting(1), path, tmp_path / "out.mkv", **LOSSLESS, overwrite=True)
    assert sorted(os.listdir(tmp_path)) == ["in.mkv", "out.mkv"]


@pytest.mark.parametrize(("name", "aspect", "width"), [("o.mp4", 2, 64), ("o.webm", 1, 128)])
def test_squeezed_pictures_are_not_left_squeezed(tmp_path, name, aspect, width):
    sink = EncodedFile(tmp_path / "in.mkv", look=Look(aspect=Fraction(2)), format="matroska")
    for number, picture in enumerate(media.frames(3)):
        sink.write(picture, None, Fraction(number, 25))
    sink.close()
    source = Source(process(Counting(1), tmp_path / "in.mkv", tmp_path / name))
    assert source.look.aspect == aspect
    assert {frame.rgb.shape for frame in source.frames()} == {(48, width, 3)}


def test_pipes(tmp_path, monkeypatch):
    path = media.video(tmp_path / "in", "h264.mkv", media.frames(5))
    with open(path, "rb") as file:
        given, made = io.BytesIO(file.read()), io.BytesIO()
    monkeypatch.setattr(sys, "stdin", type("In", (), {"buffer": given}))
    monkeypatch.setattr(sys, "stdout", type("Out", (), {"buffer": made}))
    process(Counting(), "-", "-", codec="ffv1")
    made.seek(0)
    with av.open(made) as container:
        frames = [f.to_ndarray(format="rgb24") for f in container.decode(video=0)]
    assert [told(frame)[0] for frame in frames] == [0, 1, 2, 3, 4]
    with pytest.raises(ValueError, match="can't be resumed"):
        process(Counting(), "-", "-", resume=True)
    given.seek(0)
    assert process(Counting(), "-", tmp_path / "out.webm") == str(tmp_path / "out.webm")
    with av.open(str(tmp_path / "out.webm")) as container:
        assert container.streams.video[0].codec_context.name.startswith(("vp9", "libvpx-vp9"))
    assert len(read(tmp_path / "out.webm")[1]) == 5
    given.seek(0)
    with pytest.raises(KeyboardInterrupt):
        process(Counting(stop=2), "-", tmp_path / "stopped.mkv")
    assert sorted(os.listdir(tmp_path)) == ["in.mkv", "out.webm"]


@pytest.mark.parametrize("piped", [False, True])
def test_files_are_read_in_a_thread_and_pipes_where_they_are_waited_for(
    tmp_path, monkeypatch, piped
):
    path, threads, pictures = tmp_path / "in.mkv", [], Single.pictures
    media.video(tmp_path / "in", "h264.mkv", media.frames(3))
    given = io.BytesIO(path.read_bytes())
    monkeypatch.setattr(sys, "stdin", type("In", (), {"buffer": given}))

    def noted(*how):
        for pair in pictures(*how):
            threads.append(threading.current_thread())
            yield pair

    monkeypatch.setattr(Single, "pictures", noted)
    process(Counting(1), "-" if piped else path, tmp_path / "out.mkv", **LOSSLESS)
    assert len(threads) == 3
    assert [thread is threading.current_thread() for thread in threads] == [piped] * 3


def test_what_comes_through_a_pipe_replaces_nothing_either(tmp_path, monkeypatch):
    path = media.video(tmp_path / "in", "h264.mkv", media.frames(3))
    with open(path, "rb") as file:
        monkeypatch.setattr(sys, "stdin", type("In", (), {"buffer": io.BytesIO(file.read())}))
    out = tmp_path / "out.mkv"
    out.write_text("mine")
    with pytest.raises(ValueError, match="is there already: name another output"):
        process(Counting(), "-", out, **LOSSLESS)
    assert out.read_text() == "mine"
    process(Counting(), "-", out, **LOSSLESS, overwrite=True)
    assert len(read(out)[1]) == 3


@pytest.mark.parametrize("name", ["12:30.mkv", "50%d.mkv", "a,b'c.mkv"])
def test_any_name_will_do(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    os.replace(film(tmp_path / "in.mkv"), name)
    process(Counting(), name, f"new{name}", **LOSSLESS)
    process(Counting(), name, f"1{name}", **LOSSLESS)
    assert len(os.listdir(tmp_path)) == 3


def test_tags_in_another_encoding_are_left_out(tmp_path):
    path = film(tmp_path / "in.mkv", title="Cafe")
    with open(path, "rb+") as file:
        data = file.read()
        assert data.count(b"Cafe") == 1
        file.seek(0)
        file.write(data.replace(b"Cafe", b"Caf\xe9"))
    out = process(Counting(), path, tmp_path / "out.mkv", **LOSSLESS)
    assert heard(out)[1] == heard(path)[1] != []


def test_progress_is_told(tmp_path):
    path = media.video(tmp_path / "in", "h264.mkv", media.frames(5))
    seen = []
    process(
        Counting(), path, tmp_path / "o.mkv", **LOSSLESS, progress=lambda *now: seen.append(now)
    )
    assert seen == [(n, 5) for n in range(1, 6)]


@pytest.mark.parametrize(
    ("name", "codec", "said"),
    [
        ("out.mkv", "libx999", "must be an encoder of video such as libx264"),
        ("out.mkv", "aac", "must be an encoder of video"),
        ("out.xyz", "libx264", "must be a video file such as out.mp4"),
        ("out.webm", "libx264", "can't hold what the encoder libx264 makes"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_made(tmp_path, name, codec, said):
    path = film(tmp_path / "in.mkv")
    with pytest.raises(ValueError, match=said):
        process(Counting(), path, tmp_path / name, codec=codec)
    assert sorted(os.listdir(tmp_path)) == ["in.mkv"]


HDR = (
    ("master-display", "G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1)"),
    ("max-cll", "1000,400"),
)


def hdr(path):
    """Writes four frames of HDR in 10 bits; returns the path and the colour of each."""
    colours = [(20000 + 700 * n, 30000, 40000 - 300 * n) for n in range(4)]
    sink = EncodedFile(path, "libx265", 4, look=Look(primaries=9, transfer=16, depth=10, hdr=HDR))
    for number, colour in enumerate(colours):
        sink.write(np.full((64, 64, 3), colour, "uint16"), None, Fraction(number, 25))
    sink.close()
    return path, colours


@pytest.mark.parametrize(
    ("name", "how", "pixels"),
    [
        ("x.mp4", {}, "yuv420p10le"),
        ("x.mkv", {"codec": "ffv1"}, "gbrp16le"),
        ("x.mkv", {"codec": "libx264"}, "yuv420p10le"),
    ],
)
def test_deep_colours_and_hdr_are_kept(tmp_path, caplog, name, how, pixels):
    path, colours = hdr(tmp_path / "in.mp4")
    out = Source(process(Counting(1), path, tmp_path / name, part=3, **how))
    assert out.info.pixels == pixels and (out.look.primaries, out.look.transfer) == (9, 16)
    assert pixels == "gbrp16le" or out.info.matrix == 9
    assert out.look.hdr == (() if how else HDR), "libx265 alone is told"
    lost = "in.mp4: what it says of HDR beside its transfer is left out (master-display, max-cll)"
    assert (lost in caplog.text) == bool(how)
    for frame, colour in zip(out.frames(deep=True), colours, strict=True):
        np.testing.assert_allclose(frame.rgb[16:, 16:].mean((0, 1)), colour, atol=200)


@pytest.mark.parametrize("name", ["images", "x.avi"])
def test_deep_colours_that_are_lost_are_said(tmp_path, caplog, name):
    path, _ = hdr(tmp_path / "in.mp4")
    process(Counting(1), path, tmp_path / name, codec="mpeg4")
    assert "in.mp4 has 10 bits a colour, of which 8 are kept" in caplog.text
    assert Source(tmp_path / name).look.depth == 8


def fine(path, pixels="yuv422p"):
    """Writes four frames whose colours change from row to row."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("ffv1", rate=25)
        stream.height, stream.width, stream.pix_fmt = 64, 64, pixels
        picture = np.full((64, 64, 3), (200, 40, 40), "uint8")
        picture[::2] = 40, 90, 200
        for _ in range(4):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            container.mux(stream.encode(frame.reformat(format=pixels)))
        container.mux(stream.encode())
    return path


@pytest.mark.parametrize(
    ("factor", "how", "pixels"),
    [
        (1, {"codec": "libx264"}, "yuv422p"),
        (1, {"codec": "libx265"}, "yuv422p"),
        (1, {}, "yuv420p"),
        (1, {"codec": "libsvtav1"}, "yuv420p"),
        (2, {"codec": "libx264"}, "yuv420p"),
    ],
)
def test_finer_colours_are_kept_by_an_encoder_that_is_named_or_it_is_said(
    tmp_path, caplog, factor, how, pixels
):
    path = fine(tmp_path / "in.mkv")
    out = Source(process(Counting(factor), path, tmp_path / "x.mp4", crf=4, **how))
    assert out.info.pixels == pixels
    lost = factor == 1 and pixels == "yuv420p"
    said = "in.mkv has finer colours than the 2x2 pixels that share one now: all players take"
    assert (said in caplog.text) == lost
    if factor == 1:
        rows = next(out.frames()).rgb[8:-8, 16:-16].mean((1, 2))
        assert (np.abs(np.diff(rows)).min() > 10) != lost


@pytest.mark.parametrize(("pixels", "name"), [("bgr0", "x.mp4"), ("yuv444p", "images")])
def test_what_has_no_finer_colours_or_keeps_them_is_not_told(tmp_path, caplog, pixels, name):
    process(Counting(1), fine(tmp_path / "in.mkv", pixels), tmp_path / name)
    assert "finer colours" not in caplog.text


def test_a_folder_of_images_becomes_a_film_of_the_rate_that_is_given(tmp_path):
    path = media.images(tmp_path / "frames", media.frames(4))
    out = process(Counting(1), path, tmp_path / "x.mp4", fps=12.5)
    assert read(out)[0] == pytest.approx([n / 12.5 for n in range(4)], abs=1e-3)
    assert Source(out).fps == Fraction(25, 2)


def test_an_interlaced_film_is_not_gone_on_with_otherwise(tmp_path):
    path = media.interlaced(tmp_path / "in.mkv")
    with pytest.raises(KeyboardInterrupt):
        process(Counting(1, stop=4), path, tmp_path / "x.mkv", codec="ffv1", part=2)
    with pytest.raises(ValueError, match="deinterlace was auto and is no"):
        process(
            Counting(1),
            path,
            tmp_path / "x.mkv",
            codec="ffv1",
            part=2,
            deinterlace="no",
            resume=True,
        )
