"""Packets without what their beginnings say again."""

import hashlib

import numpy as np
import pytest
from moving import texture

from tfvgan.coding import heads
from tfvgan.coding.varints import Cursor, varint
from tfvgan.data.base_layer import STANDARDS, Base

VIDEO = texture(16, 96, (1.5, 0.5))[0]
COARSE = {"av1": 60, "hevc": 44, "h264": 44}
KNOWN = "d7f3eb0ed547a7966491ade5987e5ba0d85c6251793dd3900918dc00576fba01"


@pytest.fixture(scope="module", params=STANDARDS)
def coded(request):
    """Returns a standard, and packets of it."""
    return request.param, Base(request.param).encode(VIDEO, COARSE[request.param])


def unpacked(data, standard, count):
    cursor = Cursor(data)
    packets = list(heads.unpack(cursor, standard, count))
    cursor.finish()
    return packets


def obu(kind, body):
    return bytes([kind << 3 | 2]) + varint(len(body)) + body


def test_packets_come_back_in_less_room(coded):
    standard, packets = coded
    data = heads.pack(packets, standard)
    assert unpacked(data, standard, len(packets)) == packets
    assert len(data) < sum(map(len, packets)) - (2 if standard == "h264" else 6) * len(packets)


@pytest.mark.parametrize(
    "packets",
    [
        [obu(6, b"\x10" + 200 * b"x"), obu(6, b"\x00hidden") + obu(3, b"\x80")],
        [obu(3, b"\x10") + obu(4, b"tiles"), obu(5, b"told") + obu(6, b"\x10")],
        [],
    ],
)
def test_unusual_packets_of_av1_come_back(packets):
    assert unpacked(heads.pack(packets, "av1"), "av1", len(packets)) == packets


@pytest.mark.parametrize("packets", [[b""], [b"\0" * 5, b"", b"\xff" * 3000], [b"abc"] * 9])
def test_any_packets_of_the_others_come_back(packets):
    assert unpacked(heads.pack(packets, "h264"), "h264", len(packets)) == packets


@pytest.mark.parametrize(
    "packets",
    [
        [b"\x36\x00\x01\x10"],  # Of a layer.
        [b"\x30\x10"],  # Without its size.
        [obu(6, b"\x10") + obu(6, b"\x10")],  # Two shown frames.
        [obu(6, b"\x00")],  # None.
        [obu(4, b"\x10")],  # Tiles of nothing.
        [b"\x32\x81\x00\x10"],  # A size in more bytes than it needs.
        [b"\x32\x05\x10"],  # Cut.
    ],
)
def test_what_can_not_be_found_again_is_not_packed(packets):
    assert heads.pack(packets, "av1") is None


def test_damage_is_an_error_in_a_sentence_or_packets_of_no_more_bytes(coded):
    standard, packets = coded
    data, draws = heads.pack(packets, standard), np.random.default_rng(0)
    for _ in range(60):
        hit = bytearray(data[: draws.integers(1, len(data) + 1)])
        hit[draws.integers(len(hit))] ^= 1 << draws.integers(8)
        try:
            found = unpacked(bytes(hit), standard, len(packets))
            assert sum(map(len, found)) < 60 * len(data)
        except ValueError as error:
            assert str(error)


def test_what_is_known_is_the_same_for_ever():
    told = hashlib.sha256(repr([sorted(part.items()) for part in heads.known()]).encode())
    assert told.hexdigest() == KNOWN
