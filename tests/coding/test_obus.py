"""Packets of AV1, closer together."""

import numpy as np
import pytest
from moving import texture

from tfvgan.coding.obus import pack, unpack
from tfvgan.coding.varints import Cursor, varint
from tfvgan.data.base_layer import Base

PACKETS = Base("av1").encode(texture(12, 96, (1.5, 0.5))[0], 40)


def unpacked(data):
    cursor = Cursor(data)
    packets = list(unpack(cursor))
    cursor.finish()
    return packets


def obu(kind, body):
    return bytes([kind << 3 | 2]) + varint(len(body)) + body


@pytest.mark.parametrize(
    "packets",
    [
        PACKETS,
        [obu(6, b"\x10" + 200 * b"x"), obu(6, b"\x00hidden") + obu(3, b"\x80")],
        [obu(3, b"\x10") + obu(4, b"tiles"), obu(5, b"told") + obu(6, b"\x10")],
        [],
    ],
)
def test_packets_come_back(packets):
    assert unpacked(pack(packets)) == packets


def test_a_frame_takes_less_room_than_in_a_stream():
    assert len(pack(PACKETS)) < sum(map(len, PACKETS)) - len(PACKETS) // 2


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
def test_what_is_not_as_usual_is_not_packed(packets):
    assert pack(packets) is None


def test_damage_is_an_error_in_a_sentence():
    data, draws = pack(PACKETS), np.random.default_rng(0)
    for _ in range(200):
        hit = bytearray(data[: draws.integers(1, len(data) + 1)])
        hit[draws.integers(len(hit))] ^= 1 << draws.integers(8)
        try:
            assert sum(map(len, unpacked(bytes(hit)))) < 2 * len(data)
        except ValueError as error:
            assert str(error)
