"""The page of real bad videos: what is on it, from frames to HTML."""

import base64
import re

import films
import numpy as np
import pytest
from peers import known

from benchmarks.restoration import looks
from tfvgan.runs.choices import Choice
from tfvgan.tasks import PeerRestorer


@pytest.fixture
def peer(monkeypatch, tmp_path):
    known(monkeypatch, tmp_path / "home", "toy_x4", 4)
    return PeerRestorer("toy_x4")


def judged(monkeypatch, scale):
    """Lets `restore` take nothing but a scale."""

    class Found:
        signs, verdict, choice = type("Signs", (), {"noise": 0.0})(), "takes nothing", Choice(None)
        weave = False

    Found.scale = scale
    monkeypatch.setattr(looks, "judge_video", lambda path, asked=None: Found)
    monkeypatch.setattr(looks, "seen", lambda signs: "looks <bad>")


@pytest.mark.parametrize("scale", [1, 2, 4])
def test_all_four_are_of_one_size(monkeypatch, tmp_path, peer, scale):
    judged(monkeypatch, scale)
    path = films.film(tmp_path / "a.mp4", frames=4, size=(32, 48))
    one = looks.shown(path, peer, 1, 2)
    assert list(one.versions) == ["as it is", "bicubic", "tfvgan restore", "toy_x4"]
    assert {video.shape for video in one.versions.values()} == {(2, 32 * scale, 48 * scale, 3)}
    given, theirs = (one.versions[name].astype(float) for name in ("as it is", "toy_x4"))
    # The toy takes a tenth of the range away.
    assert abs((np.clip(given - 25.5, 0, 255) - theirs).mean()) < 2


def test_a_model_that_is_named_is_shown_at_its_own_size(monkeypatch, tmp_path, peer):
    path = films.film(tmp_path / "a.mp4", frames=4, size=(32, 48))
    known(monkeypatch, tmp_path / "home", "toy_x2", 2)
    one = looks.shown(path, peer, 1, 2, PeerRestorer("toy_x2"))
    assert {video.shape for video in one.versions.values()} == {(2, 64, 96, 3)}
    given, ours = (one.versions[name].astype(float) for name in ("as it is", "tfvgan restore"))
    assert abs((np.clip(given - 25.5, 0, 255) - ours).mean()) < 2
    assert one.said.endswith("; a model that was named")


def test_a_page_holds_films_stills_and_rows_over_time():
    draws = np.random.default_rng(0)
    versions = {f"<{n}>": draws.integers(0, 256, (3, 16, 20, 3), "uint8") for n in range(4)}
    text = looks.page([looks.Shown("a & b", "said", versions, 25.0)])
    assert "a &amp; b" in text and "&lt;3&gt;" in text and "<3>" not in text
    assert text.count("data:image/png;base64,") == 8 and "http" not in text
    (film,) = re.findall('data:video/webm;base64,([^"]*)', text)
    assert base64.b64decode(film)[:4] == b"\x1a\x45\xdf\xa3"


def test_a_row_over_time_is_of_the_middle():
    video = np.arange(2 * 3 * 2 * 3, dtype="uint8").reshape(2, 3, 2, 3)
    made = looks.over_time(video, each=2)
    assert made.shape == (4, 2, 3)
    np.testing.assert_array_equal(made[[0, 1, 2]], video[[0, 0, 1], 1])
