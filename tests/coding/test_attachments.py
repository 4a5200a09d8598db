"""Attachments: as they are, a chunk at a time."""

import io

import pytest

from tfvgan.coding import attachments
from tfvgan.coding.attachments import attachment_at, chunks, records_of
from tfvgan.coding.index import AttachmentInfo

SEED = 7


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    monkeypatch.setattr(attachments, "CHUNK_SIZE", 10)


def packed(content, name="sound"):
    """Returns the bytes of an attachment."""
    records = list(records_of(name, io.BytesIO(content), SEED))
    assert sum(count for _, count in records) == len(content)
    assert all(count <= 10 for _, count in records)
    return b"".join(record for record, _ in records)


@pytest.mark.parametrize("size", [0, 1, 9, 10, 11, 20, 95])
def test_content_comes_back_in_chunks(size):
    content = bytes(range(size))
    data = b"before" + packed(content)
    file = io.BytesIO(data + b"behind")
    name, *bodies = [body for body, _ in chunks(file, 6, len(data) + 6, SEED)]
    assert (name, b"".join(bodies)) == (b"sound", content)
    assert max(map(len, bodies)) <= 10
    expected = AttachmentInfo("sound", size, 6, len(data) - 6)
    assert attachment_at(file, 6, len(data) + 6, SEED) == expected


def test_what_is_damaged_or_cut_is_refused():
    data = packed(bytes(range(35)))
    others = [data[:length] for length in range(len(data))]
    for place in range(len(data)):
        others.append(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
    for other in others:
        with pytest.raises(ValueError, match=r"but none is whole there"):
            attachment_at(io.BytesIO(other), 0, len(other), SEED)


def test_records_that_do_not_follow_are_refused():
    data = packed(b"")
    name = data[:-7]
    for other in (name + name, data[-7:]):
        with pytest.raises(ValueError, match="An attachment should go on at byte"):
            attachment_at(io.BytesIO(other), 0, len(other), SEED)


@pytest.mark.parametrize("name", ["", "x" * 256, "é" * 128])
def test_names_have_a_length(name):
    with pytest.raises(ValueError, match="name should be of 1 to 255 bytes"):
        packed(b"", name)
