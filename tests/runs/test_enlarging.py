"""The second stage is found beside the first, or it is said what is there instead."""

import numpy as np
import pytest

from tfvgan.networks import DcganGenerator
from tfvgan.runs import enlarge
from tfvgan.runs.enlarging import load_enlarger
from tfvgan.tasks import VideoEnlarger

VIDEOS = np.random.default_rng(0).integers(0, 256, (2, 3, 8, 8, 3), np.uint8)


@pytest.fixture(scope="module")
def model():
    return VideoEnlarger.from_preset(3, 16, 2, width=8)


def test_a_run_without_an_enlarger_keeps_its_videos(tmp_path):
    for run in (tmp_path, str(tmp_path / "model.keras"), object()):
        assert enlarge(run, VIDEOS) is VIDEOS
        assert load_enlarger(run) is None


@pytest.mark.parametrize("published", [False, True])
def test_a_run_with_an_enlarger_uses_it(model, tmp_path, published):
    folder = tmp_path / "enlarger"
    folder.mkdir()
    if published:
        model.enlarger.save(folder / "generator.keras")
    else:
        model.save(folder / "model.keras")
    expected = model.enlarge(VIDEOS, seed=3)
    np.testing.assert_array_equal(enlarge(str(tmp_path), VIDEOS, seed=3), expected)


def test_says_what_is_wrong(tmp_path):
    (tmp_path / "enlarger").mkdir()
    with pytest.raises(ValueError, match="no checkpoint"):
        enlarge(tmp_path, VIDEOS)
    other = DcganGenerator(4, 2, 8, width=4)
    other.build()
    other.save(tmp_path / "enlarger" / "model.keras")
    with pytest.raises(ValueError, match="must hold an enlarger, but holds a"):
        enlarge(tmp_path, VIDEOS)
