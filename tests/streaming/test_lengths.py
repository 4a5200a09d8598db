"""Each packet is shown until the next one is, in whatever order they are decoded."""

from fractions import Fraction
from types import SimpleNamespace

import av
import media
import pytest
from counting import Counting
from packing import Packing

from tfvgan.coding import Reader
from tfvgan.streaming import process
from tfvgan.streaming.lengths import is_steady, with_lengths
from tfvgan.tasks.compression import decode_file, encode_file


def lasting(stamps, **how):
    """Returns the durations of packets of `(dts, pts)`."""
    packets = [
        SimpleNamespace(dts=d, pts=p, duration=7, time_base=Fraction(1, 10)) for d, p in stamps
    ]
    found = list(with_lengths(iter(packets), **how))
    assert found == packets, "their order stays"
    return [packet.duration for packet in found]


def test_in_order():
    assert lasting([(0, 0), (4, 4), (54, 54)]) == [4, 50, 7]
    assert lasting([(0, 0), (4, 4), (54, 54)], end=Fraction(66, 10)) == [4, 50, 12]
    assert lasting([(0, 0)], end=Fraction(3)) == [30]
    assert lasting([]) == []


def test_out_of_order():
    stamps = [(-2, 0), (-1, 9), (0, 4), (1, 2), (4, 6), (6, 20), (9, 12)]
    assert lasting(stamps, end=Fraction(3)) == [2, 3, 2, 2, 3, 10, 8]


def test_few_are_held_back():
    taken = []

    def packets():
        for number in range(100):
            taken.append(number)
            stamp = {"dts": number, "pts": number + 2, "duration": 1, "time_base": Fraction(1)}
            yield SimpleNamespace(**stamp)

    next(with_lengths(packets()))
    assert len(taken) < 6


@pytest.mark.parametrize("end", [-1, 0, 10**9])
def test_an_end_that_cannot_be_is_none(end):
    assert lasting([(0, 0)], end=Fraction(end)) == [7]


@pytest.mark.parametrize(
    ("stamps", "expected"),
    [
        ([0, 4, 2, 6], True),
        ([0, 33, 67, 100], True),  # They are rounded.
        ([0, 4, 6], False),
        ([20, 22, 24], False),
        ([0], True),
    ],
)
def test_what_is_steady(stamps, expected):
    base, fps = (Fraction(1, 1000), 30) if 33 in stamps else (Fraction(1, 50), 25)
    packets = [SimpleNamespace(pts=stamp, time_base=base) for stamp in stamps]
    assert is_steady(packets, Fraction(fps)) is expected


def pictures(path, milliseconds):
    """Writes a .gif of pictures that stand so long, and returns its path."""
    from PIL import Image

    frames = [Image.fromarray(picture) for picture in media.frames(len(milliseconds))]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=milliseconds)
    return str(path)


def end(path):
    """Returns when the last frame of a file goes, in seconds, as players read it."""
    with av.open(str(path)) as container:
        shown = [packet for packet in container.demux(video=0) if packet.size]
    last = max(shown, key=lambda packet: packet.pts)
    return float((last.pts + last.duration) * last.time_base)


@pytest.mark.parametrize("name", ["out.mp4", "out.mkv"])
@pytest.mark.parametrize("last", [1200, 40])
def test_the_last_frame_stays_as_long_as_it_did(tmp_path, name, last):
    path = pictures(tmp_path / "in.gif", (40, 500, 100, last))
    out = process(Counting(1), path, tmp_path / name, part=3)
    assert end(out) == pytest.approx(0.64 + last / 1000, abs=2e-3)
    packed = encode_file(Packing(), path, tmp_path / "film.tvg")
    back = tmp_path / f"back{name}"
    decode_file(Packing(), packed, back)
    assert end(back) == pytest.approx(0.64 + last / 1000, abs=2e-3)


def test_a_usual_length_takes_no_bytes(tmp_path):
    with Reader(encode_file(Packing(), media.video(tmp_path / "x"), tmp_path / "x.tvg")) as reader:
        assert not reader.attachments
