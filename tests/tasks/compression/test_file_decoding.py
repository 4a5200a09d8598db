import io
import os
import threading
import time
from fractions import Fraction

import av
import numpy as np
import pytest
from packing import Packing
from sounding import film, heard

from tfvgan.coding import Header, Reader, Writer
from tfvgan.streaming import Source
from tfvgan.streaming.sink import EncodedFile
from tfvgan.tasks.compression import decode_file, encode_file
from tfvgan.tasks.compression.file_decoding import READY, frame_rate

AS_IT_IS = {"codec": "ffv1"}


def read(path):
    """Returns the times in seconds and the frames of a file."""
    found = list(Source(path).frames())
    return [float(frame.time) for frame in found], [frame.rgb for frame in found]


def compressed(folder, **how):
    """Returns a film, and what it is compressed."""
    path = film(folder / "in.mkv")
    return path, encode_file(Packing(), path, folder / "film.tvg", longest=4, **how)


def damage(path, number):
    """Changes a byte in the middle of a group."""
    with Reader(path) as reader:
        info = reader.groups[number]
    with open(path, "r+b") as file:
        file.seek(info.offset + info.length // 2)
        byte = file.read(1)[0]
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte ^ 1]))


def test_it_is_the_film_that_it_was(tmp_path):
    path, packed = compressed(tmp_path)
    out = tmp_path / "back.mkv"
    assert decode_file(Packing(), packed, out, **AS_IT_IS) == []
    (times, frames), (wanted, same) = read(out), read(path)
    assert times == pytest.approx(wanted, abs=2e-3)
    np.testing.assert_array_equal(frames, same)
    for kind, count in (("audio", 17), ("subtitles", 2)):
        (times, content), (expected, told) = heard(out, kind), heard(path, kind)
        assert content == told and len(content) == count
        assert times == pytest.approx(expected, abs=2e-3)
    assert sorted(os.listdir(tmp_path)) == ["back.mkv", "film.tvg", "in.mkv"]


def test_a_damaged_group_costs_itself_alone(tmp_path):
    path, packed = compressed(tmp_path)
    damage(packed, 1)
    out = tmp_path / "back.mkv"
    said, left = decode_file(Packing(), packed, out, **AS_IT_IS)
    assert "Group 1" in said and "frames 4 to 7" in said
    assert left == f"Of `{packed}` 6 frames are whole, of 10."
    times, frames = read(out)
    assert times == pytest.approx([0, 0.1, 0.2, 0.3, 0.8, 0.9], abs=2e-3)
    np.testing.assert_array_equal(frames, read(path)[1][:4] + read(path)[1][8:])


def test_nothing_whole_is_an_error_and_leaves_nothing(tmp_path):
    _, packed = compressed(tmp_path)
    for number in range(3):
        damage(packed, number)
    with pytest.raises(ValueError, match="No group of .* can be decoded"):
        decode_file(Packing(), packed, tmp_path / "back.mkv", **AS_IT_IS)
    assert sorted(os.listdir(tmp_path)) == ["film.tvg", "in.mkv"]


@pytest.mark.parametrize("stop", [1, 2])
def test_what_was_stopped_goes_on(tmp_path, stop):
    path, packed = compressed(tmp_path)
    out = tmp_path / "back.mkv"
    with pytest.raises(KeyboardInterrupt):
        decode_file(Packing(stop), packed, out, **AS_IT_IS)
    assert not out.exists()
    with pytest.raises(ValueError, match="was begun and not finished"):
        decode_file(Packing(), packed, out, **AS_IT_IS)
    with pytest.raises(ValueError, match="memory was None and is 9"):
        decode_file(Packing(memory=9), packed, out, **AS_IT_IS, resume=True)
    decode_file(Packing(3 - stop), packed, out, **AS_IT_IS, resume=True)
    np.testing.assert_array_equal(read(out)[1], read(path)[1])


def test_another_codec_is_an_error(tmp_path):
    _, packed = compressed(tmp_path)
    other = Packing()
    other.identity = bytes(32)
    with pytest.raises(ValueError, match="was compressed by the model 0001020304050607"):
        decode_file(other, packed, tmp_path / "back.mkv")
    other.name = "other"
    with pytest.raises(ValueError, match="by the codec 'packing', but is to be decoded by 'other'"):
        decode_file(other, packed, tmp_path / "back.mkv")
    assert sorted(os.listdir(tmp_path)) == ["film.tvg", "in.mkv"]


def test_sound_that_is_damaged_is_said_and_the_picture_is_whole(tmp_path, capsys):
    path, packed = compressed(tmp_path)
    with Reader(packed) as reader:
        (attached,) = reader.attachments
    with open(packed, "r+b") as file:
        file.seek(attached.offset + attached.length // 2)
        file.write(b"damage")
    out = tmp_path / "back.mkv"
    decode_file(Packing(), packed, out, **AS_IT_IS)
    np.testing.assert_array_equal(read(out)[1], read(path)[1])
    with av.open(str(out)) as container:
        assert not container.streams.audio


@pytest.mark.parametrize(
    ("times", "base", "rate"),
    [
        ([[0, 1, 2], [3, 4]], Fraction(1, 25), 25),
        ([[0, 3000, 6000]], Fraction(1, 90000), 30),
        ([[0], [5000]], Fraction(1), Fraction(1, 5000)),
        ([[7]], Fraction(1, 25), 25),
        ([[n] for n in range(0, 3337, 33)] + [[3337]], Fraction(1, 1000), 102 / 3.337),
    ],
)
def test_the_rate_is_that_of_the_frames(tmp_path, times, base, rate):
    header = Header("packing", bytes(8), 64, 48, base)
    with Writer(tmp_path / "x.tvg", header) as writer:
        for group in times:
            writer.write_group(group, b"")
    with Reader(tmp_path / "x.tvg") as reader:
        assert float(frame_rate(reader)) == pytest.approx(float(rate), rel=1e-3)


@pytest.mark.parametrize("content", [b"no sound", bytes(4000), b"\x1aE\xdf\xa3" + bytes(90)])
def test_sound_that_no_one_reads_is_said_and_the_picture_is_whole(tmp_path, caplog, content):
    path, packed = compressed(tmp_path)
    with Reader(packed) as reader, Writer(tmp_path / "x.tvg", reader.header) as writer:
        for number in range(len(reader.groups)):
            writer.write_group(*reader.read(number))
        writer.attach("sound.mka", io.BytesIO(content))
    assert decode_file(Packing(), tmp_path / "x.tvg", tmp_path / "back.mkv", **AS_IT_IS) == []
    np.testing.assert_array_equal(read(tmp_path / "back.mkv")[1], read(path)[1])
    assert "Sound and subtitles are left out" in caplog.text


def test_groups_are_decoded_while_those_before_are_written(tmp_path, monkeypatch):
    _, packed = compressed(tmp_path)
    made, ahead, before = [], [], threading.active_count()

    class Watched(Packing):
        def decode(self, *group):
            for frame in super().decode(*group):
                made.append(threading.current_thread())
                yield frame

    write = EncodedFile.write

    def slow(self, *frame):
        time.sleep(0.02)
        ahead.append(len(made))
        write(self, *frame)

    monkeypatch.setattr(EncodedFile, "write", slow)
    decode_file(Watched(), packed, tmp_path / "back.mkv", **AS_IT_IS)
    assert threading.main_thread() not in made
    further = [count - number for number, count in enumerate(ahead[-10:], start=1)]
    assert 2 <= max(further) <= READY + 2
    deadline = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.02)
    assert threading.active_count() <= before


def test_a_group_that_can_not_be_written_costs_itself_alone(tmp_path, monkeypatch):
    path, packed = compressed(tmp_path)
    write = EncodedFile.write

    def refusing(self, frame, alpha, time):
        if 0.55 < time < 0.65:
            raise ValueError("No frame at .6.")
        write(self, frame, alpha, time)

    monkeypatch.setattr(EncodedFile, "write", refusing)
    said, left = decode_file(Packing(), packed, tmp_path / "back.mkv", **AS_IT_IS)
    assert said == "No frame at .6." and "6 frames are whole" in left
    np.testing.assert_array_equal(
        read(tmp_path / "back.mkv")[1], read(path)[1][:4] + read(path)[1][8:]
    )
