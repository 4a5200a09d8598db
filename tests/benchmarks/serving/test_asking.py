"""Good requests are known by their answers, and wrong answers are told from right ones."""

import http.client
import json
import types

import numpy as np
import pytest
import tensorflow as tf
from light import add_version, light, serving

from benchmarks.serving import asking
from benchmarks.serving.asking import Good, ask, drawn, measured, wait_until_loaded

assert light  # A fixture.
X = np.uint8([[1, 2]])


def test_an_answer_is_right_if_it_is_that_to_a_level():
    good = Good("toy", "s", {"x": X}, {"y": X})
    assert good.right({"y": X}) and good.right({"y": X + 1})
    for wrong in ({"y": X + 2}, {"y": X[0]}, {"z": X}, {}, {"y": X, "z": X}):
        assert not good.right(wrong)


def test_random_inputs_fit():
    draws = np.random.default_rng(0)
    video = drawn(tf.TensorSpec((None, None, None, None, 3), tf.uint8), draws)
    assert video.shape == (1, 2, 48, 64, 3) and video.dtype == np.uint8 and np.ptp(video) > 200
    latents = drawn(tf.TensorSpec((None, 7), tf.float32), draws)
    assert latents.shape == (1, 7) and latents.dtype == np.float32
    assert drawn(tf.TensorSpec((None,), tf.int32), draws)[0] in (0, 1)


def test_a_server_is_asked_and_measured(light):
    add_version(light)
    with serving(light) as client:
        port = client.listening.port
        assert ask(port, "GET", "/v1/models/no")[0] == 404
        assert measured(port)['tfvgan_model_available{model="toy",version="1"}'] == 1
        good = Good("toy", "s", {"x": X}, {"y": X})
        connection = http.client.HTTPConnection("127.0.0.1", port)
        with pytest.raises(ValueError, match="JSON"):  # It answers with the request itself.
            good.by_rest(connection)
        assert json.loads(good.body)["inputs"] == {"x": [[1, 2]]}


class Connection:
    """One that a server has closed, which it says `times` times."""

    def __init__(self, error, times, sock):
        self.errors, self.sock, self.asked = [error] * times, sock, 0

    def request(self, *given):
        self.asked, self.sock = self.asked + 1, "open"
        if self.errors:
            raise self.errors.pop()

    def getresponse(self):
        return types.SimpleNamespace(status=200, read=lambda: b'{"outputs": {"y": [[1, 2]]}}')

    def close(self):
        self.sock = None


def test_a_connection_that_was_closed_meanwhile_is_opened_anew_once():
    good = Good("toy", "s", {"x": X}, {"y": X})
    closed = Connection(BrokenPipeError(), 1, "kept")
    assert good.by_rest(closed) and closed.asked == 2
    for error, times, sock, asked in (
        (BrokenPipeError(), 2, "kept", 2),
        (BrokenPipeError(), 1, None, 1),
        (TimeoutError(), 1, "kept", 1),
    ):
        failing = Connection(error, times, sock)
        with pytest.raises(type(error)):
            good.by_rest(failing)
        assert failing.asked == asked and failing.sock is None
        assert good.by_rest(failing)


def test_who_waits_for_models_is_told_when_the_server_ends(monkeypatch):
    found = {}
    monkeypatch.setattr(asking, "measured", lambda port: found)

    class Server:
        def __init__(self, code):
            self.poll = lambda: code

    with pytest.raises(RuntimeError, match="its exit code is 3"):
        wait_until_loaded(1, Server(3), 2)
    found.update({f'tfvgan_model_available{{model="{name}"}}': 1.0 for name in "ab"})
    assert wait_until_loaded(1, Server(None), 2) is None
    monkeypatch.setattr(asking, "LOADING", 0.01)
    for count, answers in ((3, 1.0), (2, 0.0)):
        found['tfvgan_model_available{model="a"}'] = answers
        with pytest.raises(RuntimeError, match="has not loaded"):
            wait_until_loaded(1, Server(None), count)
