"""Compressed files written for a player: all of them, and what is whole of damaged ones."""

import io
import threading
import time

import av
import numpy as np
import pytest
from packing import Packing
from sounding import film

from tfvgan.coding import Reader
from tfvgan.streaming import Source
from tfvgan.tasks.compression import encode_file, play_file


class Pipe(io.BytesIO):
    def seekable(self):
        return False


def compressed(folder):
    """Returns the times and the frames of a film, and what it is compressed, in three groups."""
    path = film(folder / "in.mkv")
    packed = encode_file(Packing(), path, folder / "film.tvg", longest=4)
    found = list(Source(path).frames())
    return [float(frame.time) for frame in found], [frame.rgb for frame in found], packed


def damage(path, number):
    """Changes a byte in the middle of a group."""
    with Reader(path) as reader:
        info = reader.groups[number]
    content = bytearray(path.read_bytes())
    content[info.offset + info.length // 2] ^= 1
    path.write_bytes(content)


def played(stream):
    """Returns the times and the frames of what was written."""
    with av.open(io.BytesIO(stream.getvalue())) as container:
        frames = list(container.decode(video=0))
    return [frame.time for frame in frames], [frame.to_ndarray() for frame in frames]


def test_a_player_gets_the_film_that_it_was_and_its_sound(tmp_path):
    wanted, same, packed = compressed(tmp_path)
    stream = Pipe()
    assert play_file(Packing().decode, packed, stream) == []
    times, frames = played(stream)
    assert [time - times[0] for time in times] == pytest.approx(wanted, abs=2e-3)
    np.testing.assert_array_equal(frames, same)
    with av.open(io.BytesIO(stream.getvalue())) as container:
        assert sum(bool(packet.size) for packet in container.demux(audio=0)) == 17


def test_a_damaged_group_is_left_out_and_told(tmp_path):
    _, same, packed = compressed(tmp_path)
    damage(tmp_path / "film.tvg", 1)
    stream = Pipe()
    (said,) = play_file(Packing().decode, packed, stream)
    assert "Group 1" in said and "frames 4 to 7" in said
    times, frames = played(stream)
    times = [time - times[0] for time in times]
    assert times == pytest.approx([0, 0.1, 0.2, 0.3, 0.8, 0.9], abs=2e-3)
    np.testing.assert_array_equal(frames, same[:4] + same[8:])


def test_nothing_whole_is_an_error(tmp_path):
    *_, packed = compressed(tmp_path)
    for number in range(3):
        damage(tmp_path / "film.tvg", number)
    with pytest.raises(ValueError, match="No group of .* can be decoded"):
        play_file(Packing().decode, packed, Pipe())


def test_few_frames_are_decoded_before_they_are_asked_for(tmp_path, monkeypatch):
    *_, packed = compressed(tmp_path)
    made, before = [], threading.active_count()

    class Closed(Pipe):
        def write(self, data):
            time.sleep(0.05)
            raise BrokenPipeError("closed")

    def decode(payload, count, size):
        while True:
            made.append(len(made))
            yield np.zeros((*size, 3), "uint8")

    monkeypatch.setattr("tfvgan.tasks.compression.file_playing.READY", 2)
    with pytest.raises(BrokenPipeError):
        play_file(decode, packed, Closed())
    deadline = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.02)
    assert threading.active_count() <= before, "the thread has ended"
    assert len(made) <= 8
