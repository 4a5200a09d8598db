import itertools
import os

import numpy as np
import pytest
from sounding import film, heard

from tfvgan.coding.varints import Cursor, varint
from tfvgan.data.base_layer import STANDARDS, Base
from tfvgan.streaming import Source, compress, extract


class Based:
    """A codec for tests, all of which is a base layer."""

    name, identity = "based", bytes(32)

    def __init__(self, *standards):
        self._standards = itertools.cycle(standards)

    def encode(self, frames, fps):
        standard = next(self._standards)
        packets = Base(standard, fps, fast=True).encode(np.stack(frames), 30)
        sizes = [varint(len(packet)) for packet in packets]
        return b"".join([bytes([list(STANDARDS).index(standard)]), *sizes, *packets])

    @staticmethod
    def base_layer(payload, count):
        cursor = Cursor(payload)
        (number,) = cursor.take(1)
        sizes = [cursor.varint() for _ in range(count)]
        return Base(list(STANDARDS)[number]), [cursor.take(size) for size in sizes]


@pytest.mark.parametrize("ending", [".mp4", ".mkv"])
@pytest.mark.parametrize("standard", STANDARDS)
def test_players_show_it_with_its_times_and_its_sound(tmp_path, standard, ending):
    path = film(tmp_path / "in.mkv", subtitles=False)
    packed = compress(Based(standard), path, tmp_path / "film.tvg", longest=6)
    out = tmp_path / f"base{ending}"
    assert extract(packed, out, Based.base_layer) == []
    frames, wanted = (list(Source(each).frames()) for each in (out, path))
    assert [float(frame.time) for frame in frames] == pytest.approx(
        [float(frame.time) for frame in wanted], abs=2e-3
    )
    for frame, same in zip(frames, wanted, strict=True):
        assert np.abs(frame.rgb[:48, :64].astype(float) - same.rgb).mean() < 12
    assert heard(out)[1] == heard(path)[1]
    assert sorted(os.listdir(tmp_path)) == sorted([f"base{ending}", "film.tvg", "in.mkv"])


def test_two_standards_are_no_stream(tmp_path):
    path = film(tmp_path / "in.mkv")
    packed = compress(Based("av1", "h264"), path, tmp_path / "film.tvg", longest=5)
    with pytest.raises(ValueError, match="hold av1 and h264, which no player takes for one"):
        extract(packed, tmp_path / "base.mkv", Based.base_layer)
    assert sorted(os.listdir(tmp_path)) == ["film.tvg", "in.mkv"]
