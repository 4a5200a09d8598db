"""Records: found by their marks, known by their checksums, never longer than the file."""

import io

import pytest

from tfvgan.coding.records import (
    CHUNK,
    GROUP,
    LONGEST_LOOK,
    MOST_BODY,
    marks,
    pack_record,
    read_body,
    read_head,
    read_record,
)
from tfvgan.coding.varints import varint

SEED = 12345


@pytest.mark.parametrize("body", [b"", b"body", bytes(1000)])
def test_a_record_comes_back_from_where_it_is(body):
    record = pack_record(GROUP, body, SEED)
    assert len(record) <= len(body) + 9
    file = io.BytesIO(b"before" + record + b"behind")
    assert read_record(file, 6, 6 + len(record) + 6, SEED) == (GROUP, body, len(record))
    assert read_record(file, 6, 6 + len(record), SEED)[1] == body


def test_a_record_that_is_damaged_cut_or_another_files_is_none():
    record = pack_record(CHUNK, b"some body", SEED)
    others = [record[:-1], record[1:], b"", pack_record(CHUNK, b"some body", SEED + 1)]
    for place in range(len(record)):
        others += [record[:place] + bytes([record[place] ^ 1 << bit]) + record[place + 1 :]
                   for bit in range(8)]  # fmt: skip
    for other in others:
        with pytest.raises(ValueError, match="A record should be at byte 3, but none is whole"):
            read_record(io.BytesIO(b"..." + other), 3, 3 + len(other), SEED)


def test_a_head_tells_how_long_a_record_is_before_it_is_read():
    record = pack_record(GROUP, bytes(300), SEED)
    file = io.BytesIO(record)
    head = read_head(file, 0, len(record), SEED)
    assert (head.kind, head.body, head.whole) == (GROUP, 300, len(record))
    assert read_body(file, 0, head) == bytes(300)
    assert read_head(file, 0, len(record) - 1, SEED) is None


@pytest.mark.parametrize("length", [b"", b"\x80" * 20, varint(2**62), varint(MOST_BODY + 1)])
def test_lengths_that_can_not_be_are_not_believed(length):
    class Endless(io.BytesIO):
        def read(self, count):
            assert count < 100
            return super().read(count)

    assert read_head(Endless(b"\xd7G" + length), 0, 2**63, SEED) is None


def test_marks_are_found_wherever_they_are():
    places = [0, 2, 63, 65, 191, LONGEST_LOOK + 5, 2 * LONGEST_LOOK + 63, 3 * LONGEST_LOOK]
    data = bytearray(3 * LONGEST_LOOK + 2)
    for number, place in enumerate(places):
        data[place : place + 2] = b"\xd7" + b"GACEI"[number % 5 : number % 5 + 1]
    data[300:303] = b"\xd7\xd7X"
    file = io.BytesIO(data)
    assert list(marks(file, 0, len(data))) == places
    assert list(marks(file, 64, len(data))) == places[3:]
    assert list(marks(file, 0, 66)) == places[:3]
    assert list(marks(file, 5, 5)) == []


def test_every_offset_may_be_that_of_a_mark():
    for place in range(1, 700):
        assert list(marks(io.BytesIO(bytes(place) + b"\xd7G"), 0, place + 2)) == [place]


def test_bytes_are_known():
    """A mark, a kind, a length, the body, and a CRC-32 that begins with the seed."""
    assert pack_record(GROUP, b"body", 7).hex() == "d74704626f647981949e2b"
