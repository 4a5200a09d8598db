"""What is attached comes back when it was heard, though Matroska has no times below 0."""

import os

import av
import media
import numpy as np
import pytest
from packing import Packing
from sounding import begun, film, heard

from tfvgan.coding import Reader
from tfvgan.data.pyav import probe
from tfvgan.streaming.attached import LATE, SOUND, copied_sound
from tfvgan.streaming.sink import open_output
from tfvgan.tasks.compression import decode_file, encode_file

EXACT = {"codec": "libx264", "crf": 0}


def back(path):
    packed = encode_file(Packing(), path, path.with_name("film.tvg"))
    out = path.with_name("back.mp4")
    assert decode_file(Packing(), packed, out, **EXACT) == []
    return packed, out


@pytest.mark.parametrize("given", ["in.mp4", "in.mkv", "in.ts"])
@pytest.mark.parametrize("lead", [0, 6])
def test_sound_comes_back_in_step(tmp_path, given, lead):
    path = tmp_path / given
    film(path, lead=lead, subtitles=False)
    _, out = back(path)
    (expected, same), (times, content) = heard(path), heard(out)
    assert len(content) == len(same) and times == pytest.approx(expected, abs=2e-3)
    assert begun(out) == pytest.approx(lead / 10, abs=0.07)


def test_priming_is_said_to_be_late(tmp_path):
    path = tmp_path / "in.mp4"
    film(path, subtitles=False)
    packed, _ = back(path)
    with Reader(packed) as reader:
        beside = copied_sound(reader, tmp_path)
    assert -heard(path)[0][0] == pytest.approx(0.064), "1024 samples at 16 kHz"
    assert beside.timeline.follower()(0) == pytest.approx(-0.064)


@pytest.mark.parametrize(("tag", "late"), [(None, 0), ("64", 0.064), ("9" * 5000, 0), ("-4", 0)])
def test_older_files_are_not_late_and_no_tag_is_trusted(tmp_path, tag, late):
    with open_output(tmp_path / SOUND, "matroska") as output:
        stream = output.add_stream("pcm_s16le", rate=8000, layout="mono")
        output.metadata.update({} if tag is None else {LATE: tag})
        frame = av.AudioFrame.from_ndarray(np.ones((1, 800), "int16"), "s16", "mono")
        frame.rate = 8000
        output.mux(stream.encode(frame))
    data = (tmp_path / SOUND).read_bytes()
    beside = copied_sound(Attached(data), tmp_path)
    assert beside.timeline.follower()(1) == pytest.approx(1 - late)


def test_sound_that_cannot_be_read_is_left_out(tmp_path, caplog):
    assert copied_sound(Attached(b"damage"), tmp_path) is None
    assert "Sound and subtitles are left out: " in caplog.text


def test_a_silent_film_has_nothing_attached(tmp_path):
    packed, out = back(tmp_path / os.path.basename(media.video(tmp_path / "in.mp4")))
    with Reader(packed) as reader:
        assert copied_sound(reader, tmp_path) is None
    assert probe(out).frames == 12


class Attached:
    """A `Reader` of nothing but sound."""

    def __init__(self, data):
        self.data, self.attachments = data, [self]
        self.name = SOUND

    def attachment(self, name, file):
        return file.write(self.data)
