"""Messages between a server and the process of a model: a head of JSON, and a body of bytes."""

import asyncio
import json
import struct
from typing import Any, BinaryIO

LENGTHS = struct.Struct("<IQ")  # Bytes of the head, and of the body.


def packed(head: dict[str, Any], body: bytes = b"") -> list[bytes]:
    """Returns a message as pieces to be written one after the other.

    Args:
        head: of what JSON holds.
        body: any bytes.
    """
    text = json.dumps(head).encode("utf-8")
    return [LENGTHS.pack(len(text), len(body)) + text, body]


def read_message(file: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """Returns the head and the body of the next message, None where there is none any more.

    Args:
        file: buffered.
    """
    lengths = file.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    head, body = LENGTHS.unpack(lengths)
    text, content = file.read(head), file.read(body)
    return (json.loads(text), content) if len(content) == body else None


async def next_message(reader: asyncio.StreamReader) -> tuple[dict[str, Any], bytes]:
    """Returns the head and the body of the next message.

    Args:
        reader: of the process.

    Raises:
        EOFError: when there is none any more.
    """
    head, body = LENGTHS.unpack(await reader.readexactly(LENGTHS.size))
    text = await reader.readexactly(head)
    return json.loads(text), await reader.readexactly(body)
