import asyncio
import gzip
import zlib

import pytest
from starlette.requests import Request

from tfvgan.serving.server.bodies import pieces_of, whole_body
from tfvgan.serving.server.limits import MB, Held, Limits
from tfvgan.serving.server.refusal import Refusal

LIMITS = Limits(body=1, slow=0.2)


def sent(pieces, wait=0.0, cut=False, **headers):
    """Returns a request whose body comes in these pieces."""
    left = list(pieces)

    async def receive():
        await asyncio.sleep(wait)
        if cut and not left:
            return {"type": "http.disconnect"}
        body = left.pop(0) if left else b""
        return {"type": "http.request", "body": body, "more_body": cut or bool(left)}

    told = [(name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()]
    return Request({"type": "http", "method": "POST", "headers": told}, receive)


def read(request, limits=LIMITS, most=9.0):
    held = Held(most)

    async def whole():
        with held.share() as share:
            body = await whole_body(request, limits, share)
            assert share.size == len(body)
            return body

    try:
        return asyncio.run(whole())
    finally:
        assert held.now == 0


def refused(request, **given):
    with pytest.raises(Refusal) as raised:
        read(request, **given)
    return raised.value.status, raised.value.message


def test_pieces_are_put_together_up_to_the_limit():
    assert read(sent([b"ab", b"", b"c"])) == b"abc"
    assert read(sent([b""])) == b""
    assert len(read(sent([b"x" * MB]))) == MB


def test_a_body_that_is_too_large_is_refused_before_it_came_and_while_it_comes():
    assert refused(sent([b""], cut=True, content_length=str(MB + 1)))[0] == 413
    status, message = refused(sent([b"x" * MB, b"x"], cut=True))
    assert status == 413 and "may have 1 MB" in message


def test_bodies_of_gzip_are_unpacked():
    text = b"instances" * 50_000
    packed = gzip.compress(text)
    pieces = [packed[place : place + 100] for place in range(0, len(packed), 100)]
    assert read(sent(pieces, content_encoding="GZIP")) == text
    assert read(sent([text], content_encoding="identity")) == text


def test_a_bomb_is_given_up_at_the_limit():
    bomb = gzip.compress(bytes(300 * MB), 9)
    assert len(bomb) < MB
    assert refused(sent([bomb], content_encoding="gzip"))[0] == 413


@pytest.mark.parametrize(
    ("body", "packing", "status", "said"),
    [
        (gzip.compress(b"a" * 1000, mtime=0)[:-9], "gzip", 400, "ends too early"),
        (b"", "gzip", 400, "ends too early"),
        (b"nothing of the kind", "gzip", 400, "is no gzip"),
        (zlib.compress(b"a"), "gzip", 400, "is no gzip"),
        (b"a", "br", 415, "'br' is not read: send gzip"),
    ],
)
def test_other_packings_are_refused(body, packing, status, said):
    found = refused(sent([body], content_encoding=packing))
    assert found[0] == status and said in found[1]


def test_who_sends_slowly_or_stops_is_given_up():
    assert refused(sent([b"a"] * 9, wait=0.1))[0] == 408
    status, message = refused(sent([b"a"], cut=True))
    assert status == 499 and "cut off" in message


def test_all_bodies_together_have_a_limit():
    status, message = refused(sent([b"x" * MB]), most=0.5)
    assert status == 503 and "are held already" in message


def test_pieces_come_as_they_were_sent():
    async def collect(most):
        return [piece async for piece in pieces_of(sent([b"a", b"bc"]), LIMITS, most)]

    assert asyncio.run(collect(1)) == [b"a", b"bc"]
    with pytest.raises(Refusal):
        asyncio.run(collect(1 / MB))
