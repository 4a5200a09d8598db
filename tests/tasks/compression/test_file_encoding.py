import os
import sys
from fractions import Fraction
from pathlib import Path

import av
import media
import numpy as np
import pytest
from packing import Packing
from sounding import film

from tfvgan.coding import Reader
from tfvgan.streaming import Source, unfinished
from tfvgan.streaming.attached import SOUND
from tfvgan.tasks.compression import decode_file, encode_file
from tfvgan.tasks.compression.file_encoding import SHORTEST, encoded, groups, sound_in


def scenes(*counts):
    """Returns a video of scenes of so many frames, each of one colour and much noise of its own."""
    draws, frames = np.random.default_rng(0), []
    for number, count in enumerate(counts):
        scene = draws.integers(0, 60, (48, 64, 3)) + [0, 195][number % 2]
        frames += [scene] * count
    return np.array(frames, "uint8")


def test_a_file_holds_its_frames_in_groups_with_their_times_and_its_sound(tmp_path):
    path, codec, told = film(tmp_path / "in.mkv"), Packing(), []
    how = {"longest": 4, "progress": lambda *done: told.append(done)}
    out = encode_file(codec, path, tmp_path / "out.tvg", **how)
    frames = [frame.rgb for frame in Source(path).frames()]
    with Reader(out) as reader:
        header = reader.header
        assert (header.codec, header.model) == ("packing", bytes(range(8)))
        assert (header.width, header.height) == (64, 48)
        read = [reader.read(number) for number in range(len(reader.groups))]
        times = [float(tick * header.time_base) for group in read for tick in group.times]
        assert times == pytest.approx([n / 10 for n in range(10)], abs=1e-3)
        assert [attachment.name for attachment in reader.attachments] == [SOUND]
        assert sound_in(out) == reader.attachments[0].length > reader.attachments[0].size > 100
    found = [frame for group in read for frame in codec.decode(*group[1:], len(group[0]), (48, 64))]
    np.testing.assert_array_equal(found, frames)
    assert told == [(4, 10), (8, 10), (10, 10)]
    assert sorted(os.listdir(tmp_path)) == ["in.mkv", "out.tvg"]


def test_the_same_film_is_the_same_bytes(tmp_path):
    """The Matroska file with its sound, too, whose numbers FFmpeg would draw."""
    path = film(tmp_path / "in.mkv")
    first, second = (
        encode_file(Packing(), path, tmp_path / f"{name}.tvg", longest=4) for name in ("a", "b")
    )
    assert Path(first).read_bytes() == Path(second).read_bytes()


def test_a_group_begins_with_a_scene(tmp_path):
    media.images(tmp_path / "in", scenes(12, SHORTEST - 2, 9, 20))
    found = [len(frames) for frames, _ in groups(Source(tmp_path / "in"), 16)]
    assert found == [12, SHORTEST - 2 + 9, 16, 4], "a very short one is not cut"


def test_groups_are_as_long_however_little_memory_there_is(tmp_path):
    """Frames wait in a file, of which nothing is left."""
    path = media.video(tmp_path / "in", "h264.mkv", media.frames(10))
    found = []
    for memory in (1000, 1e-4):
        codec, out = Packing(), tmp_path / f"{memory}.tvg"
        encode_file(codec, path, out, memory=memory)
        assert codec.counts == [10]
        found.append(out.read_bytes())
    assert found[0] == found[1]
    assert len(os.listdir(tmp_path)) == 3


def test_a_group_of_too_many_bytes_becomes_two():
    """Each as long as before, in halves, until they fit; a single frame is as large as it is."""
    codec, frames = (
        Packing(),
        list(np.random.default_rng(0).integers(0, 256, (7, 8, 8, 3), "uint8")),
    )
    (whole,) = encoded(codec, frames, list(range(7)), 25)
    assert whole[0] == list(range(7))
    coded = encoded(codec, frames, list(range(7)), 25, most=len(whole[1]) // 2)
    assert [times for times, _ in coded] == [[0, 1, 2], [3, 4], [5, 6]]
    found = [f for times, data in coded for f in codec.decode(data, len(times), (8, 8))]
    np.testing.assert_array_equal(found, frames)
    assert len(encoded(codec, frames, list(range(7)), 25, most=1)) == 7


@pytest.mark.parametrize("stop", [0, 2])
def test_what_was_stopped_goes_on_as_if_it_had_not_been(tmp_path, stop):
    path = media.video(tmp_path / "in", "h264.mkv", media.frames(10))
    whole = encode_file(Packing(), path, tmp_path / "whole.tvg", longest=3)
    out = tmp_path / "out.tvg"
    with pytest.raises(KeyboardInterrupt):
        encode_file(Packing(stop), path, out, longest=3)
    assert not out.exists() and unfinished(out).exists()
    with pytest.raises(ValueError, match="was begun and not finished"):
        encode_file(Packing(), path, out, longest=3)
    codec = Packing()
    encode_file(codec, path, out, longest=3, resume=True)
    assert len(codec.counts) == 4 - stop
    with open(whole, "rb") as ours, open(out, "rb") as theirs:
        assert ours.read() == theirs.read()


def test_nothing_is_replaced_unless_it_may_be(tmp_path):
    path = film(tmp_path / "in.mkv")
    out = encode_file(Packing(), path, tmp_path / "out.tvg")
    with pytest.raises(ValueError, match="is there already"):
        encode_file(Packing(), path, out)
    encode_file(Packing(), path, out, overwrite=True)
    with pytest.raises(ValueError, match="is the video itself"):
        encode_file(Packing(), path, path, overwrite=True)


def test_a_frame_of_another_size_than_the_header_says_is_refused(tmp_path):
    source = Source(media.video(tmp_path / "in", pictures=media.frames(3)))
    frames = list(source.frames())
    source.frames = lambda: iter([frames[0], frames[1]._replace(rgb=frames[1].rgb[:32])])
    with pytest.raises(ValueError, match="Frame 1 should be of 64x48 .* but is of 64x32"):
        list(groups(source, 8))


def test_what_was_stopped_goes_on_with_nothing_else(tmp_path):
    """Not with another video, with the same name or not, nor other settings."""
    path = media.video(tmp_path / "in", "h264.mkv", media.frames(10))
    other = media.video(tmp_path / "other", "h264.mkv", media.frames(10))
    out, how = tmp_path / "out.tvg", {"longest": 3, "resume": True}
    with pytest.raises(KeyboardInterrupt):
        encode_file(Packing(2, quality=4), path, out, longest=3)
    for codec, video, more, said in (
        (Packing(quality=4), other, {}, "another source"),
        (Packing(quality=5), path, {}, "quality was 4 and is 5"),
        (Packing(quality=4), path, {"longest": 4}, "longest was 3 and is 4"),
    ):
        with pytest.raises(ValueError, match=f"other settings .*{said}"):
            encode_file(codec, video, out, **{**how, **more})
    os.utime(path, ns=(0, 0))
    with pytest.raises(ValueError, match="another source"):
        encode_file(Packing(quality=4), path, out, **how)


def test_what_was_stopped_at_the_last_moment_is_done(tmp_path, monkeypatch):
    path = media.video(tmp_path / "in", "h264.mkv", media.frames(4))

    def stopped(*given):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(sys.modules["tfvgan.streaming.unfinished"], "put", stopped)
        with pytest.raises(KeyboardInterrupt):
            encode_file(Packing(), path, tmp_path / "out.tvg")
    codec = Packing()
    encode_file(codec, path, tmp_path / "out.tvg", resume=True)
    assert codec.counts == [] and sorted(os.listdir(tmp_path)) == ["in.mkv", "out.tvg"]


def test_missing_folders_are_made(tmp_path):
    path = media.video(tmp_path / "in", "h264.mkv", media.frames(2))
    encode_file(Packing(), path, tmp_path / "a" / "b" / "out.tvg")
    assert os.listdir(tmp_path / "a" / "b") == ["out.tvg"]


@pytest.mark.parametrize("name", ["-", "/dev/null", "folder"])
def test_an_output_that_is_no_file_is_refused(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    os.mkdir("folder")
    path = media.video(tmp_path / "in", "h264.mkv", media.frames(2))
    with pytest.raises(ValueError, match="name .*output"):
        encode_file(Packing(), path, name, overwrite=True)
    assert sorted(os.listdir(tmp_path)) == ["folder", "in.mkv"]


def test_deep_colours_are_said_to_be_lost(tmp_path, caplog):
    path = media.video(tmp_path / "in", "hevc 10 bit.mp4")
    encode_file(Packing(), path, tmp_path / "out.tvg")
    assert "in.mp4 has 10 bits a colour, of which 8 are kept: a .tvg holds no more." in caplog.text


@pytest.mark.parametrize("codec", ["ffv1", "h264"])
def test_finer_colours_are_said_to_be_lost(tmp_path, caplog, codec):
    with av.open(tmp_path / "in.mkv", "w") as container:
        stream = container.add_stream({"ffv1": "ffv1", "h264": "libx264"}[codec], 25)
        stream.width, stream.height = 32, 32
        stream.pix_fmt = {"ffv1": "yuv422p", "h264": "yuv420p"}[codec]
        frame = av.VideoFrame.from_ndarray(media.frames(1, 32, 32)[0])
        container.mux([*stream.encode(frame), *stream.encode(None)])
    encode_file(Packing(), tmp_path / "in.mkv", tmp_path / "out.tvg")
    said = "the 2x2 pixels that share one now: a .tvg holds no more."
    assert (said in caplog.text) == (codec == "ffv1")


def test_interlaced_films_are_compressed_as_asked_for(tmp_path):
    path, found = media.interlaced(tmp_path / "in.mkv"), []
    for mode in ("auto", "no"):
        codec = Packing()
        encode_file(codec, path, tmp_path / f"{mode}.tvg", deinterlace=mode)
        with Reader(tmp_path / f"{mode}.tvg") as reader:
            found.append(np.array(list(codec.decode(reader.read(0).payload, 6, (64, 64))), float))
    far = [np.abs(video - media.moving_bar()).mean() for video in found]
    assert far[0] < 3 < far[1]


@pytest.mark.parametrize("ticks", [[0, 33, 67, 100, 133], [0, 1, 40, 4000, 4001], [5, 20005]])
def test_times_are_those_of_the_film_to_the_tick(tmp_path, ticks):
    """Whatever the rate: a tick of the mean frame would round them, by half a millisecond."""
    frames = media.frames(len(ticks))
    path = media.video(tmp_path / "in", "h264.mkv", frames, fps=100, ticks=ticks)
    wanted = [frame.time for frame in Source(path).frames()]
    assert wanted == [Fraction(tick - ticks[0], 1000) for tick in ticks]
    with Reader(encode_file(Packing(), path, tmp_path / "out.tvg", longest=2)) as reader:
        read = [reader.read(number) for number in range(len(reader.groups))]
        assert [tick * reader.header.time_base for group in read for tick in group.times] == wanted
    decode_file(Packing(), tmp_path / "out.tvg", tmp_path / "back.mkv", codec="ffv1")
    assert [frame.time for frame in Source(tmp_path / "back.mkv").frames()] == wanted
