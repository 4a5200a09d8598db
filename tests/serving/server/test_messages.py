import asyncio
import io

import pytest

from tfvgan.serving.server.messages import next_message, packed, read_message

SENT = [({"kind": "json", "text": "é"}, b"body"), ({}, b""), ({"a": 1}, b"\0" * 100_000)]


def joined():
    return b"".join(piece for head, body in SENT for piece in packed(head, body))


def test_messages_come_as_they_were_sent():
    file = io.BytesIO(joined())
    assert [read_message(file) for _ in range(4)] == [*SENT, None]


def test_what_is_cut_off_is_no_message():
    for end in (5, 15, -1):
        file = io.BytesIO(joined()[:end])
        whole = list(iter(lambda file=file: read_message(file), None))
        assert whole == SENT[: len(whole)] and len(whole) < 3


def test_they_are_read_without_waiting_too():
    async def read():
        reader = asyncio.StreamReader()
        reader.feed_data(joined())
        reader.feed_eof()
        found = [await next_message(reader) for _ in SENT]
        with pytest.raises(EOFError):
            await next_message(reader)
        return found

    assert asyncio.run(read()) == SENT
