"""Hostile requests meet a real server here, without a model: it lives, and says what is wrong."""

import time

import pytest
from light import add_trial, add_version, light, serving

from benchmarks.serving import hostile

assert light  # A fixture.
WITHOUT_MODEL = ("zip bomb", "half a gzip", "no gzip", "too large", "other site", "no clip")


@pytest.fixture
def client(light):
    add_trial(light, "style_ink", "stylize_frame")
    add_version(light, "generate_shapes")
    with serving(light, "style_ink 1 AVAILABLE", body=16, slow=1) as client:
        yield client


def test_what_needs_no_model_is_refused(client):
    requests, port = hostile.hostile_requests(), client.listening.port
    for name, (request, allowed) in requests.items():
        if name in WITHOUT_MODEL or request[0] == "GET":
            if name == "no gzip":
                allowed = {400}
            assert hostile.answered(port, request, allowed) == "", name
    for name in ("model", "version", "label", "method", "classify"):
        request, allowed = hostile.bad_requests()[name]
        assert hostile.answered(port, request, allowed) == "", name
        assert hostile.answered(port, request, {200}) != ""


def test_who_is_slow_or_hangs_up_ends_nothing(client):
    port = client.listening.port
    for where in ("body", "answer"):
        hostile.cut(port, where)
    hostile.garbage(port, 100)
    assert hostile.slow(port, time.monotonic() + 15)
    assert not hostile.slow(port, time.monotonic() - 1)
    assert client.ask("POST", hostile.INK, b"a") == (200, b"1 json a")
