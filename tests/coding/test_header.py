"""The header: few bytes, and one sentence for each thing that is wrong."""

import io
from dataclasses import replace
from fractions import Fraction

import pytest
from small_tvg import HEADER

from tfvgan.coding import DamagedFile, Header, NewerTvg, NotATvg
from tfvgan.coding.header import read_header, seed_of

FULL = Header(
    "a codec's name, of 32 characters",
    b"\xff" * 8,
    16384,
    1,
    Fraction(1, 90000),
    (1, 9, 16, 255),
    Fraction(64, 45),
    bytes(4096),
)


MOST = 2**31 - 1
LEAST = Header("x", bytes(8), 1, 1, Fraction(MOST), pixel_aspect=Fraction(1, MOST))


@pytest.mark.parametrize("header", [HEADER, FULL, LEAST])
def test_a_header_comes_back(header):
    data = header.to_bytes()
    assert read_header(io.BytesIO(data + b"more"), "x.tvg") == (header, data)
    assert seed_of(data) == int.from_bytes(data[-4:], "little")


def test_a_usual_header_takes_few_bytes():
    header = Header("tfvgan", bytes(8), 1920, 1080, Fraction(1001, 30000), (1, 1, 1, 1))
    assert len(header.to_bytes()) <= 40


@pytest.mark.parametrize(
    ("data", "but"), [(b"", "is empty"), (b"RIFFabcd", "begins with 52494646")]
)
def test_other_files_are_refused(data, but):
    with pytest.raises(NotATvg, match=rf"^`x\.mp4` should be .*, but it {but}: name a file"):
        read_header(io.BytesIO(data), "x.mp4")


def test_later_versions_are_refused():
    data = HEADER.to_bytes()
    with pytest.raises(NewerTvg, match="in version 2 of the format.* 1 at most: update tfvgan"):
        read_header(io.BytesIO(data[:4] + b"\2" + data[5:]), "x.tvg")


def test_damaged_and_cut_headers_are_refused():
    data = HEADER.to_bytes()
    damaged = [data[:length] for length in range(4, len(data))]
    for place in range(5, len(data)):
        damaged += [data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]
                    for bit in range(8)]  # fmt: skip
    for content in damaged:
        with pytest.raises(DamagedFile, match=r"^The header of `x\.tvg` is damaged"):
            read_header(io.BytesIO(content), "x.tvg")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"codec": ""}, "`codec` should be 1 to 32 printable ASCII characters, but is ''"),
        ({"codec": "x" * 33}, "`codec` should be 1 to 32"),
        ({"codec": "é"}, "`codec` should be 1 to 32"),
        ({"codec": "a\n"}, "`codec` should be 1 to 32"),
        ({"model": bytes(7)}, "`model` should be 8 bytes, but 7 came"),
        ({"width": 0}, "from 1 to 16384 pixels"),
        ({"height": 16385}, "from 1 to 16384 pixels"),
        ({"time_base": Fraction(0)}, "`time_base` should be a positive fraction"),
        ({"time_base": Fraction(1, 2**31)}, "`time_base` should be a positive fraction"),
        ({"pixel_aspect": Fraction(-1)}, "`pixel_aspect` should be a positive fraction"),
        ({"colour": (1, 1, 1)}, "`colour` should be four numbers"),
        ({"colour": (1, 1, 1, 256)}, "`colour` should be four numbers"),
        ({"more": bytes(4097)}, "`more` should be at most 4096 bytes, but 4097 came"),
    ],
)
def test_what_no_header_can_say_is_refused(changes, said):
    with pytest.raises(ValueError, match=said):
        replace(HEADER, **changes)


def test_a_header_that_says_what_none_can_is_damaged():
    def said(**changes):
        header = replace(HEADER)
        for name, value in changes.items():
            object.__setattr__(header, name, value)
        return io.BytesIO(header.to_bytes())

    class Nowhere:
        numerator, denominator = 1, 0

    for changes in ({"width": 0}, {"more": bytes(5000)}, {"time_base": Nowhere}):
        with pytest.raises(DamagedFile):
            read_header(said(**changes), "x.tvg")


def test_colours_are_unknown_unless_told():
    assert LEAST.colour == (0, 2, 2, 2)  # As FFmpeg numbers them; the range is unknown, too.
    assert (HEADER.pixel_aspect, HEADER.more) == (1, b"")


def test_bytes_are_known():
    header = replace(FULL, codec="a codec", more=b"more")
    assert header.to_bytes().hex() == (
        "895456470123076120636f646563ffffffffffffffff808001010190bf05010910ff402d046d6f7265b213f321"
    )
