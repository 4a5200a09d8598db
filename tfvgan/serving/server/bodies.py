"""Bodies of HTTP requests, read within limits, whoever sends them and however slowly."""

import asyncio
import time
import zlib
from collections.abc import AsyncIterator

from starlette.requests import ClientDisconnect, Request

from tfvgan.serving.server.limits import MB, Limits, Share
from tfvgan.serving.server.refusal import (
    CANCELLED,
    DEADLINE_EXCEEDED,
    INVALID_ARGUMENT,
    RESOURCE_EXHAUSTED,
    UNIMPLEMENTED,
    Refusal,
)

RATE = 100_000  # Bytes a second; who sends less is slow.
PIECE = 2**18  # Bytes that are unpacked at once.
GZIP = zlib.MAX_WBITS | 16


async def whole_body(request: Request, limits: Limits, share: Share) -> bytes:
    """Returns the body of a request, unpacked where it was sent by gzip.

    Args:
        request: whose body was not read.
        limits: of the server.
        share: what it may hold.

    Raises:
        Refusal: when it is too large, packed or not, comes too slowly, or is cut off.
    """
    packing = request.headers.get("content-encoding", "identity").strip().lower()
    if packing not in ("identity", "gzip", ""):
        raise Refusal(
            UNIMPLEMENTED, f"The content encoding {packing[:40]!r} is not read: send gzip.", 415
        )
    pieces, size = [], 0
    received = pieces_of(request, limits, limits.body)
    async for piece in _unpacked(received) if packing == "gzip" else received:
        size += len(piece)
        if size > limits.body * MB:
            raise too_large(limits.body)
        share.take(len(piece))
        pieces.append(piece)
    return b"".join(pieces)


async def pieces_of(request: Request, limits: Limits, most: float) -> AsyncIterator[bytes]:
    """Yields the pieces of a body as they were sent.

    Args:
        request: whose body was not read.
        limits: of the server.
        most: MB of all pieces.

    Raises:
        Refusal: when there are more, or they come too slowly, or end too early.
    """
    told = request.headers.get("content-length", "0")
    if told.isascii() and told.isdecimal() and int(told) > most * MB:
        raise too_large(most)
    received, began = 0, time.monotonic()
    stream = request.stream().__aiter__()
    while True:
        left = began + limits.slow + received / RATE - time.monotonic()
        try:
            async with asyncio.timeout(max(left, 0)):
                piece = await anext(stream, None)
        except TimeoutError:
            raise Refusal(
                DEADLINE_EXCEEDED, "The body of the request comes too slowly: send it at once.", 408
            ) from None
        except ClientDisconnect:
            raise Refusal(CANCELLED, "The request was cut off.") from None
        if piece is None:
            return
        received += len(piece)
        if received > most * MB:
            raise too_large(most)
        if piece:
            yield piece


def too_large(most: float) -> Refusal:
    """Returns what is answered to a body that is too large.

    Args:
        most: MB that it may have.
    """
    return Refusal(
        RESOURCE_EXHAUSTED, f"The body of a request may have {most:g} MB: send less at once.", 413
    )


async def _unpacked(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Yields what the pieces were packed from, a little at a time: a few bytes may be gigabytes."""
    unpacking = zlib.decompressobj(GZIP)
    async for piece in pieces:
        while piece and not unpacking.eof:
            try:
                yield unpacking.decompress(piece, PIECE)
            except zlib.error as error:
                raise Refusal(INVALID_ARGUMENT, f"The body is no gzip: {error}.") from None
            piece = unpacking.unconsumed_tail
            await asyncio.sleep(0)  # Others want to be answered meanwhile.
    if not unpacking.eof:
        raise Refusal(INVALID_ARGUMENT, "The body is no whole gzip: it ends too early.")
