import contextlib
import socket
import time

import pytest
from light import add_version, light, serving

assert light  # A fixture.
HEAD = b"POST /v1/models/toy:predict HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n"


@contextlib.contextmanager
def connected(client):
    with socket.create_connection(("127.0.0.1", client.listening.port), timeout=20) as opened:
        yield opened


def ended(opened):
    """Returns what comes until the connection ends, and how long that took."""
    began, found = time.monotonic(), b""
    with contextlib.suppress(ConnectionError):
        while piece := opened.recv(2**16):
            found += piece
    return found, time.monotonic() - began


@pytest.mark.parametrize("words", [b"", b"GET / HT", HEAD % 3 + b"abc" + b"POST /"])
def test_who_does_not_say_what_they_want_is_left(light, words):
    add_version(light)
    with serving(light, slow=1) as client, connected(client) as opened:
        opened.sendall(words)
        found, seconds = ended(opened)
        assert 0.5 < seconds < 10
        assert (b"1 json abc" in found) == (b"abc" in words)


def test_who_computes_is_waited_for(light):
    add_version(light)
    with serving(light, slow=0.4) as client, connected(client) as opened:
        opened.sendall(HEAD % 9 + b"sleep 1.5")
        found, _ = ended(opened)
        assert found.endswith(b"1 json sleep 1.5")


def test_a_body_that_trickles_is_given_up(light):
    add_version(light)
    with serving(light, slow=0.5) as client, connected(client) as opened:
        opened.sendall(HEAD % 1000)
        with contextlib.suppress(OSError):
            for _ in range(100):
                opened.sendall(b"a")
                time.sleep(0.02)
        found, _ = ended(opened)
        assert b"408" in found and b"comes too slowly" in found


def test_who_does_not_take_an_answer_is_left(light):
    add_version(light)
    with serving(light, slow=0.5, answer=99) as client, connected(client) as opened:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2**14)
        body = b"large 60000000"
        opened.sendall(HEAD % len(body) + body)
        time.sleep(2.5)
        told = client.ask("GET", "/metrics")[1].decode()
        assert "tfvgan_held_bytes 0" in told.splitlines()
        found, _ = ended(opened)
        assert len(found) < 60_000_000


@pytest.mark.parametrize(
    "words",
    [b"\0\1\2\3\r\n\r\n", b"GET / HTTP/9\r\n\r\n", b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 9999],
)
def test_what_is_no_http_is_refused(light, words):
    add_version(light)
    with serving(light, slow=1) as client, connected(client) as opened:
        with contextlib.suppress(ConnectionError):
            opened.sendall(words)
        found, _ = ended(opened)
        assert not found or b" 400 " in found
        assert client.ask("POST", "/v1/models/toy:predict", b"a") == (200, b"1 json a")


def test_more_connections_than_may_be_are_refused(light):
    add_version(light)
    with serving(light, connections=3, slow=1) as client:
        with contextlib.ExitStack() as stack:
            for _ in range(3):
                stack.enter_context(connected(client))
            assert client.ask("GET", "/v1/models/toy")[0] == 503
        assert client.ask("GET", "/v1/models/toy")[0] == 200
