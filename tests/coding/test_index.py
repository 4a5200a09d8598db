"""The index: few bytes, and nothing in it is believed that can't be."""

import io

import pytest

from tfvgan.coding.index import (
    END_MARK,
    AttachmentInfo,
    GroupInfo,
    pack_index,
    read_index,
)
from tfvgan.coding.records import GROUP, INDEX, pack_record
from tfvgan.coding.varints import signed_varint, varint

SEED, BEGIN = 99, 40
GROUPS = [GroupInfo(4096, 0, -7, 40, 500), GroupInfo(1, 4096, 5000, 540, 20)]
ATTACHMENTS = [AttachmentInfo("sound é", 100, 560, 130), AttachmentInfo("b", 0, 690, 30)]


def file_of(tail, records=680):
    """Returns a file that ends so, and its length."""
    data = bytes(BEGIN + records) + tail
    return io.BytesIO(data), len(data)


@pytest.mark.parametrize("attachments", [[], ATTACHMENTS])
def test_an_index_comes_back(attachments):
    records = sum(one.length for one in [*GROUPS, *attachments])
    file, end = file_of(pack_index(GROUPS, attachments, SEED), records)
    assert read_index(file, BEGIN, end, SEED) == (GROUPS, attachments)


def test_the_index_of_one_group_takes_few_bytes():
    assert len(pack_index([GroupInfo(32, 0, 0, 38, 1400)], [], SEED)) < 24


def indexed(body, records):
    """Returns a file whose index has this body, and its length."""
    record = pack_record(INDEX, body, SEED)
    return file_of(record + len(record).to_bytes(4, "little") + END_MARK, records)


def test_bodies_are_as_they_should_be():
    file, end = indexed(b"\1" + b"\x0a\1\0" + b"\0", 10)
    assert read_index(file, BEGIN, end, SEED) == ([GroupInfo(1, 0, 0, 40, 10)], [])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\0\0",
        b"\1\x0a\1\0",
        b"\1\x0a\1\0\0 ",
        b"\1\x0b\1\0\0",
        b"\1\x09\1\0\0",
        b"\1\x0a\0\0\0",
        b"\1\x0a" + varint(4097) + b"\0\0",
        varint(2**40) + b"\x0a\1\0",
        b"\1\x0a\1\0" + varint(65) + b"\1n\0\0" * 65,
        b"\1\x0a\1\0\1" + b"\0\0\0",
        b"\1\x0a\1\0\1" + b"\1\xff\0\0",
        b"\1\x0a\1\0\1" + b"\1n\0\1",
        b"\2\x01\1\0\x09\1\2\0",
        b"\1\x0a\1" + varint(2**62) + b"\0",
    ],
)
def test_an_index_that_can_not_be_is_refused(body):
    file, end = indexed(body, 10)
    with pytest.raises(ValueError):
        read_index(file, BEGIN, end, SEED)


@pytest.mark.parametrize("step", [-5, 0, 1, 2])
def test_times_must_grow_from_group_to_group(step):
    file, end = indexed(b"\2" + b"\x0a\2\x10" + b"\x0a\1" + signed_varint(step) + b"\0", 20)
    if step == 2:  # Two frames later.
        groups = [GroupInfo(2, 0, 8, 40, 10), GroupInfo(1, 2, 10, 50, 10)]
        assert read_index(file, BEGIN, end, SEED) == (groups, [])
        return
    with pytest.raises(ValueError, match="A number should be from 10 to"):
        read_index(file, BEGIN, end, SEED)


def test_a_file_without_an_index_has_none():
    tail = pack_index(GROUPS, [], SEED)
    group = pack_record(GROUP, b"\0\0", SEED)
    others = [tail[:length] for length in range(len(tail))]
    others += [b"\xff\xff\xff\xff" + END_MARK, group + len(group).to_bytes(4, "little") + END_MARK]
    for place in range(len(tail)):
        others.append(tail[:place] + bytes([tail[place] ^ 1]) + tail[place + 1 :])
    for other in others:
        file, end = file_of(other, 520)
        with pytest.raises(ValueError):
            read_index(file, BEGIN, end, SEED)
    with pytest.raises(ValueError):
        read_index(io.BytesIO(b"x"), 1, 1, SEED)


def test_bytes_are_known():
    assert pack_index(GROUPS, ATTACHMENTS, SEED).hex() == (
        "d7491b02f40380200d14019e4e0208736f756e6420c3a982016401621e00efa9c1b8220000004756548a"
    )
