"""Two videos side by side: what goes in, whose times and sound are kept, what does not fit."""

import io
import os
import sys
from fractions import Fraction

import av
import media
import numpy as np
import pytest
from counting import Counting, told
from sounding import film, heard

from tfvgan.streaming import Source, process
from tfvgan.streaming.look import Look
from tfvgan.streaming.processed import Processed
from tfvgan.streaming.sink import EncodedFile

LOSSLESS = {"codec": "ffv1", "part": 4}


class Mixing(Counting):
    """Makes the mean of the original and the processed frame, with the corner of `Counting`."""

    def __init__(self, stop=None):
        super().__init__(1, stop)

    def step(self, window, state):
        made, state = super().step(window, state)
        assert made.shape[-1] == 6
        whole = made.astype(int)
        mean = ((whole[..., :3] + whole[..., 3:]) // 2).astype("uint8")
        mean[:4, :12] = made[:4, :12, :3]
        return mean, state


def times(path):
    return [float(frame.time) for frame in Source(path).frames()]


def made_of(path, frames=None):
    """Writes what a tool makes of ten frames: darker, without sound."""
    frames = media.frames(10) if frames is None else frames
    return media.video(path, "h264.mkv", frames // 2)


def test_the_original_comes_first_and_both_in_step(tmp_path):
    frames = media.frames(4)
    source, original = (media.images(tmp_path / name, f) for name, f in
                        (("p", 255 - frames), ("o", frames)))  # fmt: skip
    pair = Processed(source, original)
    for (frame, picture), expected in zip(pair.pictures(), frames, strict=True):
        np.testing.assert_array_equal(picture[..., :3], expected)
        np.testing.assert_array_equal(picture[..., 3:], 255 - expected)
        np.testing.assert_array_equal(frame.rgb, 255 - expected)
    assert pair.film is pair.source and pair.until is None
    assert next(Processed(source, original).pictures(deep=True))[1].dtype == np.uint16


def test_scenes_begin_where_the_original_has_a_cut(tmp_path):
    """The processed video flashes, which is no cut, and is dark where there is one."""
    frames = np.zeros((8, 48, 64, 3), "uint8")
    frames[:4, :, :32], frames[4:, :24] = 220, 250
    flashing = np.zeros_like(frames)
    flashing[::2] = 255
    original = media.images(tmp_path / "o", frames)
    out = process(
        Mixing(), media.images(tmp_path / "p", flashing), tmp_path / "out", beside=original
    )
    assert [told(frame.rgb)[0] for frame in Source(out).frames()] == [0, 1, 2, 3, 0, 1, 2, 3]


@pytest.mark.parametrize("images", [False, True])
def test_what_a_tool_lost_is_taken_from_the_original(tmp_path, caplog, images):
    """Sound, subtitles, title, and times, which vary."""
    original = film(tmp_path / "o.mkv")
    processed = tmp_path / "p"
    processed = media.images(processed) if images else made_of(processed)
    if images:
        for number in (10, 11):
            os.remove(tmp_path / "p" / f"frame_{number}.png")
    out = process(Mixing(), processed, tmp_path / "out.mkv", beside=original, **LOSSLESS)
    assert times(out) == pytest.approx([n / 10 for n in range(10)], abs=2e-3)
    for kind in ("audio", "subtitles"):
        (when, content), (expected, same) = heard(out, kind), heard(original, kind)
        assert content == same and when == pytest.approx(expected, abs=2e-3)
    said = "has no sound: sound and subtitles, metadata, times of frames and shape of pixels"
    assert f"{processed} {said} are those of {original}." in caplog.text


def test_times_that_vary_are_those_of_the_original_beside_images(tmp_path):
    ticks = [0, 10, 15, 40, 41, 90]
    original = media.video(tmp_path / "o", "h264.mkv", media.frames(6), ticks=ticks)
    processed = media.images(tmp_path / "p", media.frames(6))
    out = process(Mixing(), processed, tmp_path / "out.mkv", beside=original, **LOSSLESS)
    assert times(out) == pytest.approx([tick / 100 for tick in ticks], abs=2e-3)


def test_a_processed_video_with_sound_keeps_its_own_and_its_times(tmp_path, caplog):
    original = media.video(tmp_path / "o", "h264.mkv", media.frames(10), fps=25)
    processed = film(tmp_path / "p.mkv", sound="mp3", subtitles=False)
    out = process(Mixing(), processed, tmp_path / "out.mkv", beside=original, **LOSSLESS)
    assert times(out) == pytest.approx([n / 10 for n in range(10)], abs=2e-3)
    assert heard(out)[1] == heard(processed)[1] and "are those of" not in caplog.text


def test_what_a_silent_video_says_beside_its_picture_is_told_where_it_is_left_out(tmp_path, caplog):
    original = film(tmp_path / "o.mkv", subtitles=False)
    processed = tmp_path / "p.mkv"
    with av.open(made_of(tmp_path / "q")) as given, av.open(str(processed), "w") as out:
        out.metadata["title"] = "Painted"
        stream = out.add_stream_from_template(given.streams.video[0])
        for packet in given.demux(video=0):
            if packet.size:
                packet.stream = stream
                out.mux(packet)
    process(Mixing(), processed, tmp_path / "images", beside=original)
    assert "are those of" not in caplog.text
    assert f"Images can't hold what {original} holds beside its picture (sound)" in caplog.text
    process(Mixing(), processed, tmp_path / "out.mkv", beside=original)
    said = f"are those of {original}; of {processed} its picture alone is kept (not title)."
    assert f"{processed} has no sound" in caplog.text and said in caplog.text


def test_the_shape_of_pixels_is_that_of_the_film(tmp_path):
    squeezed = EncodedFile(tmp_path / "o.mkv", look=Look(aspect=Fraction(2)), format="matroska")
    for number, picture in enumerate(media.frames(3)):
        squeezed.write(picture, None, Fraction(number, 25))
    squeezed.close()
    processed = media.images(tmp_path / "p", media.frames(3))
    out = process(Mixing(), processed, tmp_path / "out.mp4", beside=tmp_path / "o.mkv")
    assert Source(out).look.aspect == 2
    processed = media.video(tmp_path / "p", "h264.mkv", media.frames(3))
    assert Processed(processed, tmp_path / "o.mkv").look.aspect == 1


def test_pictures_that_are_turned_meet_upright(tmp_path):
    original = media.video(tmp_path / "o", "h264.mp4", media.frames(3), rotation=90)
    upright = np.rot90(media.frames(3), axes=(1, 2))
    pair = Processed(media.images(tmp_path / "p", upright), original)
    for _, picture in pair.pictures():
        assert np.abs(picture[..., :3].astype(int) - picture[..., 3:]).mean() < 6
    with pytest.raises(ValueError, match="must be of the processed video's 64x48 pixels, but"):
        Processed(media.images(tmp_path / "q", media.frames(3)), original)


@pytest.mark.parametrize("stop", [1, 5, 9])
def test_what_was_stopped_goes_on_as_if_it_had_not_been(tmp_path, stop):
    original, processed = film(tmp_path / "o.mkv"), made_of(tmp_path / "p")
    how = {**LOSSLESS, "beside": original}
    whole, out = tmp_path / "whole.mkv", tmp_path / "out.mkv"
    process(Mixing(), processed, whole, **how)
    with pytest.raises(KeyboardInterrupt):
        process(Mixing(stop), processed, out, **how)
    other = made_of(tmp_path / "other")
    with pytest.raises(
        ValueError, match="from another video, or with other settings .another besi"
    ):
        process(Mixing(), processed, out, **{**how, "beside": other}, resume=True)
    process(Mixing(), processed, out, **how, resume=True)
    assert out.read_bytes() == whole.read_bytes()


@pytest.mark.parametrize(("count", "original"), [(9, 10), (10, 9)])
def test_a_frame_more_or_less_at_the_end_is_said(tmp_path, caplog, count, original):
    beside = media.video(tmp_path / "o", "h264.mkv", media.frames(original))
    processed = made_of(tmp_path / "p", media.frames(count))
    out = process(Mixing(), processed, tmp_path / "out.mkv", beside=beside, **LOSSLESS)
    assert len(times(out)) == 9
    said = f"p.mkv has {count} frames and {beside} {original}: both are taken to begin together"
    assert caplog.text.count(said) == 1 and caplog.text.count("begin together") == 1


@pytest.mark.parametrize(("count", "original"), [(8, 10), (40, 42), (10, 8)])
def test_other_lengths_are_refused_before_the_first_frame(tmp_path, count, original):
    beside = media.video(tmp_path / "o", "h264.mkv", media.frames(original))
    processed = made_of(tmp_path / "p", media.frames(count))
    with pytest.raises(ValueError, match=f"p.mkv has {count} frames and .*o.mkv {original}: proc"):
        process(Mixing(0), processed, tmp_path / "out.mkv", beside=beside)
    assert sorted(os.listdir(tmp_path)) == ["o.mkv", "p.mkv"]


def test_frames_that_a_file_counts_and_a_decoder_leaves_out_are_not_missed(tmp_path, monkeypatch):
    """The original says 42 of which 40 can be decoded, as the tool did."""
    from tfvgan.streaming import processed as module

    beside = media.video(tmp_path / "o", "h264.mkv", media.frames(40))
    processed = made_of(tmp_path / "p", media.frames(40))

    class Counted(Source):
        def __init__(self, path, *how):
            super().__init__(path, *how)
            self.count += 2 * (self.path == beside)

    monkeypatch.setattr(module, "Source", Counted)
    assert len(list(Processed(processed, beside).pictures())) == 40


def test_partial_takes_what_both_have_and_sound_ends_with_it(tmp_path, caplog):
    original = film(tmp_path / "o.mkv", subtitles=False)
    processed = made_of(tmp_path / "p", media.frames(4))
    how = {**LOSSLESS, "beside": original, "partial": True}
    out = process(Mixing(), processed, tmp_path / "out.mkv", **how)
    assert len(times(out)) == 4 and "has 4 frames and" in caplog.text
    assert 0.3 < max(heard(out)[0]) < 0.5 < max(heard(original)[0])
    longer = made_of(tmp_path / "longer", media.frames(14))
    assert len(times(process(Mixing(), longer, tmp_path / "new.mkv", **how))) == 10


def test_what_does_not_go_together(tmp_path):
    original, out = film(tmp_path / "o.mkv"), tmp_path / "out.mkv"
    os.link(original, tmp_path / "same.mkv")
    for path in (original, tmp_path / "same.mkv"):
        with pytest.raises(ValueError, match="is given as the original and as what was made of it"):
            process(Mixing(), path, out, beside=original)
    small = media.video(tmp_path / "s", "h264.mkv", media.frames(10, 24, 32))
    with pytest.raises(ValueError, match="64x48 pixels, but .*s.mkv is of 32x24: .*scale=64:48."):
        process(Mixing(), made_of(tmp_path / "p"), out, beside=small)
    with pytest.raises(ValueError, match="a `mask`, an original `beside` it or a `back"):
        process(Mixing(), original, out, beside=small, mask=small)
    images = media.images(tmp_path / "images", media.frames(10))
    with pytest.raises(ValueError, match="`fps` .* is for folders of images, but .*o.mkv` is none"):
        process(Mixing(), images, out, beside=original, fps=30)
    with pytest.raises(ValueError, match="o.mkv` is the video itself"):
        process(Mixing(), images, original, beside=original, overwrite=True)
    with pytest.raises(ValueError, match="One pipe can't bring two videos"):
        process(Mixing(), "-", out, beside="-")
    assert not list(tmp_path.glob(".*"))


def piped(monkeypatch, path):
    with open(path, "rb") as file:
        monkeypatch.setattr(sys, "stdin", type("In", (), {"buffer": io.BytesIO(file.read())}))


def test_a_processed_video_comes_through_a_pipe(tmp_path, monkeypatch, caplog):
    original, out = film(tmp_path / "o.mkv", subtitles=False), tmp_path / "out.mkv"
    piped(monkeypatch, made_of(tmp_path / "p"))
    process(Mixing(), "-", out, beside=original, **LOSSLESS)
    assert len(times(out)) == 10 and heard(out)[1] == heard(original)[1]
    assert "Of a pipe the picture alone is read: sound, metadata, times" in caplog.text
    piped(monkeypatch, made_of(tmp_path / "p", media.frames(4)))
    process(Mixing(), "-", tmp_path / "short.mkv", beside=original, **LOSSLESS)
    assert "standard input has 4 frames and" in caplog.text
    assert max(heard(tmp_path / "short.mkv")[0]) < 0.5
    piped(monkeypatch, made_of(tmp_path / "p", media.frames(13)))
    with pytest.raises(
        ValueError, match="a frame for each of the processed standard input, but ha"
    ):
        process(Mixing(), "-", tmp_path / "long.mkv", beside=original, **LOSSLESS)
    with pytest.raises(ValueError, match="can't be resumed"):
        process(Mixing(), out, tmp_path / "x.mkv", beside="-", resume=True)


def test_an_original_comes_through_a_pipe(tmp_path, monkeypatch):
    piped(monkeypatch, media.video(tmp_path / "o", "h264.mkv", media.frames(10)))
    images = media.images(tmp_path / "p", media.frames(10))
    out = process(Mixing(), images, tmp_path / "out.mkv", beside="-", **LOSSLESS)
    assert times(out) == pytest.approx([n / 10 for n in range(10)], abs=2e-3)


@pytest.mark.slow
def test_memory_does_not_grow_with_length(tmp_path):
    import tracemalloc

    peaks = []
    for count in (30, 240):
        frames = media.frames(count)
        original = media.video(tmp_path / f"o{count}", "h264.mkv", frames)
        processed = made_of(tmp_path / f"p{count}", frames)
        tracemalloc.start()
        process(Mixing(), processed, tmp_path / f"x{count}.mkv", beside=original, codec="ffv1")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 2**20
