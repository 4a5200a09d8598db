import itertools
import os
from fractions import Fraction

import av
import numpy as np
import pytest
from moving import texture
from sounding import film, heard

from tfvgan.coding.varints import Cursor, varint
from tfvgan.data.base_layer import STANDARDS, Base
from tfvgan.data.errors import _warn_once
from tfvgan.streaming import Source
from tfvgan.streaming.look import Look
from tfvgan.streaming.sink import EncodedFile
from tfvgan.tasks.compression import encode_file, extract_base


class Based:
    """A codec for tests, all of which is a base layer."""

    name, identity, settings = "based", bytes(32), {}

    def __init__(self, *standards, halves=(False,)):
        self._kinds = itertools.cycle(itertools.product(standards, halves))

    def encode(self, frames, fps):
        standard, half = next(self._kinds)
        packets = Base(standard, fps, fast=True, half=half).encode(np.stack(frames), 30)
        sizes = [varint(len(packet)) for packet in packets]
        return b"".join([bytes([list(STANDARDS).index(standard), half]), *sizes, *packets])

    @staticmethod
    def base_layer(payload, count):
        cursor = Cursor(payload)
        number, half = cursor.take(2)
        sizes = [cursor.varint() for _ in range(count)]
        base = Base(list(STANDARDS)[number], half=bool(half))
        return base, [cursor.take(size) for size in sizes]


@pytest.mark.parametrize("ending", [".mp4", ".mkv"])
@pytest.mark.parametrize("standard", STANDARDS)
def test_players_show_it_with_its_times_and_its_sound(tmp_path, standard, ending):
    path = film(tmp_path / "in.mkv", subtitles=False)
    packed = encode_file(Based(standard), path, tmp_path / "film.tvg", longest=6)
    out = tmp_path / f"base{ending}"
    assert extract_base(packed, out, Based.base_layer) == []
    frames, wanted = (list(Source(each).frames()) for each in (out, path))
    assert [float(frame.time) for frame in frames] == pytest.approx(
        [float(frame.time) for frame in wanted], abs=2e-3
    )
    for frame, same in zip(frames, wanted, strict=True):
        assert np.abs(frame.rgb[:48, :64].astype(float) - same.rgb).mean() < 12
    assert heard(out)[1] == heard(path)[1] and Source(out).fps == 10
    with av.open(str(out)) as container:
        assert container.streams.video[0].average_rate == 10
    assert sorted(os.listdir(tmp_path)) == sorted([f"base{ending}", "film.tvg", "in.mkv"])


@pytest.mark.parametrize("standard", STANDARDS)
def test_groups_of_two_sizes_are_one_stream(tmp_path, standard):
    path = film(tmp_path / "in.mkv", texture(10, 208, (1.5, 0.5))[0][:, :192])
    packed = encode_file(
        Based(standard, halves=(False, True)), path, tmp_path / "film.tvg", longest=5
    )
    for out in (tmp_path / "base.mp4", tmp_path / "base.mkv"):
        assert extract_base(packed, out, Based.base_layer) == []
        with av.open(str(out)) as container:
            sizes = [(frame.height, frame.width) for frame in container.decode(video=0)]
        assert sizes == 5 * [(192, 208)] + 5 * [(96, 104)]


def test_two_standards_are_no_stream(tmp_path):
    path = film(tmp_path / "in.mkv")
    packed = encode_file(Based("av1", "h264"), path, tmp_path / "film.tvg", longest=5)
    with pytest.raises(ValueError, match="hold av1 and h264, which no player takes for one"):
        extract_base(packed, tmp_path / "base.mkv", Based.base_layer)
    assert sorted(os.listdir(tmp_path)) == ["film.tvg", "in.mkv"]


@pytest.mark.parametrize("ending", [".mp4", ".mkv"])
@pytest.mark.parametrize("standard", STANDARDS)
def test_it_says_what_the_film_does_or_that_it_can_not(tmp_path, caplog, standard, ending):
    look = Look(aspect=Fraction(16, 11), primaries=6, transfer=6)
    sink = EncodedFile(tmp_path / "in.mp4", look=look)
    sink.write(np.full((48, 64, 3), 90, "uint8"), None, Fraction(0))
    sink.close()
    packed = encode_file(Based(standard), tmp_path / "in.mp4", tmp_path / "film.tvg")
    _warn_once.cache_clear()
    out = tmp_path / f"base{ending}"
    assert extract_base(packed, out, Based.base_layer) == []
    found = Source(out)
    assert found.count == 1 and len(list(found.frames())) == 1, "a single frame is one, too"
    assert (found.look.primaries, found.look.transfer) == (6, 6)
    if standard == "av1":
        assert "No header of av1 says that 64x48 of its 96x96 pixels" in caplog.text
        assert (found.look.aspect == look.aspect) == (ending == ".mp4")
        assert ("that pixels are 16/11 as wide" in caplog.text) == (ending == ".mkv")
    else:
        assert found.size == (48, 64) and found.look.aspect == look.aspect
        assert "No header" not in caplog.text
