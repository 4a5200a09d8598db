"""The scenes that styles are measured on."""

import numpy as np
import pytest

from benchmarks.sets import wide
from tfvgan.data.write import write_video


def film(path, *levels):
    """Writes a film of scenes, each as long and as bright as is said; returns its path."""
    frames = [np.full((20, 32, 3), level, "uint8") for count, level in levels for _ in range(count)]
    return write_video(path, np.stack(frames), fps=10)


def test_it_is_the_middle_and_wide(tmp_path):
    video = np.zeros((11, 24, 32, 3), "uint8") + np.arange(0, 220, 20, "uint8")[:, None, None, None]
    made = wide.clip(write_video(tmp_path / "a.mp4", video, fps=10), 3, (12, 32))
    assert made.shape == (3, 12, 32, 3)
    assert np.abs(made.mean((1, 2, 3)) - [80, 100, 120]).max() < 5


def test_no_scene_is_cut(tmp_path):
    path = film(tmp_path / "a.mp4", (3, 10), (6, 240), (4, 10))
    # The middle is from the fourth frame on; the second scene has five of its own.
    assert np.abs(wide.clip(path, 6, (20, 32)).astype(int) - 240).max() < 5
    with pytest.raises(ValueError, match="scene of 7 frames or more, but has none"):
        wide.clip(path, 7, (20, 32))
