"""What copies are found by: closed forms of hashes, histograms and scores."""

import sys
from types import SimpleNamespace

import films
import numpy as np
import pytest

from benchmarks.retrieval import rivals

RNG = np.random.default_rng(0)
FRAME = RNG.integers(0, 256, (48, 64, 3), "uint8")


def test_phash_has_64_bits_half_of_them_set_and_hardly_sees_light():
    import cv2

    smooth = cv2.resize(FRAME[:8, :8] // 2 + 40, (64, 48))
    bits = rivals.phash(smooth)
    assert bits.shape == (64,) and bits.sum() == 32
    assert (rivals.phash(smooth + 20) == bits).mean() > 0.95
    assert (rivals.phash(smooth[:, ::-1].copy()) == bits).mean() < 0.8


def test_histograms_hold_shares_of_colours():
    half = np.zeros((4, 4, 3), "uint8")
    half[:2] = (255, 0, 31)
    found = rivals.histogram(half)
    assert found.shape == (512,) and found[0] == found[7 * 64] == 0.5
    both = rivals.in_common(found[None], np.stack([found, rivals.histogram(half[:2])]))
    np.testing.assert_allclose(both, [[1.0, 0.5]])


def test_bits_agree_by_their_share():
    one = np.array([[True, False, True, False]])
    np.testing.assert_array_equal(rivals.agreement(one, np.concatenate([one, ~one])), [[1.0, 0.0]])


def test_a_score_is_of_the_most_alike_moments():
    near = np.array([[0.1, 0.9], [0.5, 0.2]])
    assert rivals.score([1, 2], [3, 4], lambda one, other: near) == pytest.approx(0.7)
    assert rivals.score(np.zeros((0, 2)), [3], None) == -1


def test_files_are_seen_twice_a_second(tmp_path):
    path = films.film(tmp_path / "x.mp4", frames=20)  # 10 a second.
    found = rivals.of_file(path, {"a": lambda frame: frame.shape, "b": np.mean})
    assert found["a"].shape == (4, 3) and found["b"].shape == (4,)


def test_pdq_is_left_out_where_it_is_missing(monkeypatch, capsys):
    monkeypatch.setattr(rivals.importlib.util, "find_spec", lambda name: None)
    assert set(rivals.rivals()) == {rivals.PHASH, rivals.COLOURS}
    assert "left out, for want of pdqhash: PDQ" in capsys.readouterr().out
    monkeypatch.setattr(rivals.importlib.util, "find_spec", lambda name: name)
    assert set(rivals.rivals()) == {rivals.PHASH, rivals.COLOURS, rivals.PDQ}
    fake = SimpleNamespace(compute=lambda frame: (np.array([1, 0], "uint8"), 100))
    monkeypatch.setitem(sys.modules, "pdqhash", fake)
    assert rivals.pdq(FRAME).tolist() == [True, False]
