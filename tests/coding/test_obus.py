"""The parts of AV1's packets."""

import pytest
from moving import texture

from tfvgan.coding.obus import joined, split_obus, unpack_plain
from tfvgan.coding.varints import Cursor, varint
from tfvgan.data.base_layer import Base

PACKETS = Base("av1").encode(texture(12, 96, (1.5, 0.5))[0], 40)


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
def test_packets_are_found_in_their_parts(packets):
    found = [part for packet in packets for part in split_obus(packet)]
    assert list(joined(found)) == packets


def test_a_part_of_a_layer_or_without_its_size_is_none():
    for wrong, said in (
        (b"\x36\x00\x01\x10", "say its size, and be of no layer"),
        (b"\x30\x10", "say its size, and be of no layer"),
        (b"\x32\x05\x10", "5 bytes should follow"),
    ):
        with pytest.raises(ValueError, match=said):
            list(split_obus(wrong))


def test_a_packet_without_a_shown_frame():
    tiles_of_none = [(0x32, b"\x10"), (0x22, b"tiles")]
    for wrong in ([(0x32, b"\x00")], [(0x32, b"\x01")], [(0x22, b"\x10")], tiles_of_none):
        with pytest.raises(ValueError, match="should end with a shown frame"):
            list(joined(wrong))


def test_what_files_had_before():
    """A frame; one that is not shown, of another first byte; and that shown again."""
    data = bytes([3, 0b10_11_01, 2]) + b"\x10a" + bytes([0x30, 1, 0, 1, 0x80])
    wanted = [b"\x32\x02\x10a", b"\x30\x01\x00\x1a\x01\x80"]
    assert list(unpack_plain(Cursor(data))) == wanted
    for wrong in (data[:-1], data[:1], b""):
        with pytest.raises(ValueError):
            list(unpack_plain(Cursor(wrong)))
