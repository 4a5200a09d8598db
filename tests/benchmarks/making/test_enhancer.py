"""What the enhanced codec is trained on: base layers beside what they are of."""

import json

import numpy as np
import pytest
from moving import texture

from benchmarks.making import enhancer
from tfvgan.streaming.sink import EncodedFile


@pytest.fixture
def small(monkeypatch):
    """Short and small squares, and smaller windows."""
    for name, value in {
        "SIDE": 96,
        "FRAMES": 4,
        "SQUARE": 48,
        "WINDOW": 3,
    }.items():
        monkeypatch.setattr(enhancer, name, value)


def test_squares_are_coded_at_several_quantisers_and_shown_beside_themselves(small, tmp_path):
    video = texture(6, 96, (1.5, 0.5))[0]
    (tmp_path / "squares").mkdir()
    sink = EncodedFile(str(tmp_path / "squares" / "x.mkv"), "ffv1", fps=25)
    for number, frame in enumerate(video):
        sink.write(frame, None, number / 25)
    sink.close()
    enhancer.code(tmp_path / "squares", tmp_path / "av1", "av1", False, 2)
    enhancer.code(tmp_path / "squares", tmp_path / "half", "av1", True, 1)
    coded = np.load(tmp_path / "av1" / "x.npy").astype(float)
    assert coded.shape == (3, 4, 96, 96, 3)
    far = np.abs(coded - coded[:1]).mean((1, 2, 3, 4))
    assert np.abs(coded[0] - video[:4]).mean() < 1.5 and 0 < far[1] < far[2] < 30
    half = np.load(tmp_path / "half" / "x.npy").astype(float)
    assert half.shape == (2, 4, 96, 96, 3) and np.array_equal(half[0], coded[0])
    (told,) = json.loads((tmp_path / "half" / "levels.json").read_text())["x.npy"]
    assert 1 < told < 2
    batch = next(iter(enhancer.batches([tmp_path / "av1"])))
    assert batch["video"].shape == batch["degraded"].shape == (3, 3, 48, 48, 3)
    assert batch["mask"].shape == (3, 3, 48, 48, 1) and not np.any(batch["mask"])
    assert np.all((batch["level"] > 0) & (batch["level"] < 1))
    gap = np.abs(batch["video"] - batch["degraded"]).mean((1, 2, 3, 4))
    assert np.all((gap > 0) & (gap < 0.25))


def test_both_are_turned_alike():
    both = np.arange(2 * 3 * 4 * 4 * 3).reshape(1, 6, 4, 4, 3).repeat(2, axis=0)
    for seed in range(8):
        one, other = enhancer._turned(both, np.random.default_rng(seed))
        np.testing.assert_array_equal(one, other)
        np.testing.assert_array_equal(np.sort(one, axis=None), np.sort(both[0], axis=None))
