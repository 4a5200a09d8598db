"""Packets without what their beginnings say again."""

import hashlib

import numpy as np
import pytest
from moving import texture

from tfvgan.coding import heads, mixing
from tfvgan.coding.varints import Cursor, varint
from tfvgan.data.base_layer import STANDARDS, Base

VIDEO = texture(16, 96, (1.5, 0.5))[0]
COARSE = {"av1": 60, "hevc": 44, "h264": 44}
DIGEST = "d7f3eb0ed547a7966491ade5987e5ba0d85c6251793dd3900918dc00576fba01"


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
    told = hashlib.sha256(repr([sorted(part.items()) for part in heads.shipped_model()]).encode())
    assert told.hexdigest() == DIGEST


# Of packets that no encoder made: what other files bear is what these bytes are.
DIGESTS = {
    "av1": "7ddf4ec756c5276f",
    "hevc": "ce2d8c791a8290fc",
    "h264": "df26ae0a2b056368",
}


def made(standard):
    """Returns packets that are alike, nearly, and some that are not: the same for ever."""
    packets = []
    for number in range(40):
        begin = bytes([0x10 | number % 3, 7, number % 5, 200 - number, number * number % 251])
        body = begin + bytes(range(number % 7 // 4, 20)) + bytes(number * 37 % 300)
        if standard != "av1":
            packets.append(body)
        elif number % 4 == 1:
            packets.append(obu(6, b"\0" + body) + obu(3, b"\x80" + begin[1:3]))
        else:
            packets.append((obu(1, b"\0\1\2" * 40) if number == 0 else b"") + obu(6, body))
    return packets


@pytest.mark.parametrize("standard", DIGESTS)
def test_bytes_are_the_same_for_ever(standard):
    packets = made(standard)
    data = heads.pack(packets, standard)
    assert unpacked(data, standard, len(packets)) == packets
    assert hashlib.sha256(data).hexdigest()[:16] == DIGESTS[standard]
    assert heads.pack(packets, standard, check=False) == data


def test_many_more_parts_than_packets_are_damage():
    """Of four parts a packet, and four more, what says more is damaged."""
    packets = [obu(6, b"\x10")] * 8
    assert unpacked(heads.pack(packets[:7], "av1"), "av1", 1) == packets[:7]
    data = heads.pack(packets, "av1")
    with pytest.raises(ValueError, match="Of 1 packets there are too many parts"):
        unpacked(data, "av1", 1)


def test_what_was_learnt_is_kept_of_what_was_seen_often(tmp_path, monkeypatch):
    model = mixing.Model()
    model.counters = {
        2**40 + 7: (60_000 << 8) | 12,
        5: (300 << 8) | 3,
        9: (65_535 << 8) | 60,
        1: (100 << 8) | 2,
    }
    model.weights = {4: [1, -2, 3], 2**9: [70_000]}
    monkeypatch.setattr(heads, "MODEL_FILE", tmp_path / "heads.npz")
    heads.write_model(heads.MODEL_FILE, model, least=3)
    counters, weights = heads.shipped_model.__wrapped__()
    # Of a 16 bit probability the highest 8 are kept, none of them 0.
    wanted = {2**40 + 7: (60_000 >> 8 << 16) | 12, 5: (1 << 16) | 3, 9: (255 << 16) | 60}
    assert (counters, weights) == (wanted, {4: (1, -2, 3), 2**9: (70_000,)})
