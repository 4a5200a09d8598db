"""What exports are measured on: what was given, else the run's own clips, else the example."""

import numpy as np
import pytest
from moving import texture

from tfvgan.data import prepare, write_video
from tfvgan.runs import Settings
from tfvgan.runs.footage import beginning, footage


@pytest.fixture
def film(tmp_path):
    """A film of 30 frames, and its path."""
    video = texture(30, 16, (1.0, 0.5))[0]
    write_video(tmp_path / "film.mp4", video, fps=25)
    return tmp_path / "film.mp4", video


def near(found, expected):
    return found.shape == expected.shape and np.abs(found.astype(int) - expected).mean() < 20


def test_clips_are_read_from_the_beginning(film, tmp_path):
    path, video = film
    (found,) = footage([path], tmp_path, object(), "none.mp4")
    assert near(found, video[:12]) and found.dtype == np.uint8
    write_video(tmp_path / "short.mp4", video[:3], fps=25)
    with pytest.raises(ValueError, match="of four frames or more, but .*short.mp4 has 3"):
        footage([path, tmp_path / "short.mp4"])
    with pytest.raises(ValueError, match="four frames or more"):
        beginning(tmp_path / "short.mp4")


def test_an_example_is_cut_into_pieces(film):
    path, video = film
    first, second, third = footage(None, example=path)
    assert near(first, video[:12]) and near(second, video[12:24]) and near(third, video[24:])
    assert footage(None) == []


def test_a_runs_own_clips_come_first_where_they_are_still_there(film, tmp_path):
    path, _ = film
    cut = {"frames": 5, "size": 8, "network": "restorer", "decoder": "pyav"}
    settings = Settings.make(str(path), {**cut, "cache": str(tmp_path / "cache")})
    assert len(footage(None, tmp_path / "run", settings, path)) == 3
    prepare(settings.videos, settings.cache, **settings.clip_settings())
    found = footage(None, tmp_path / "run", settings, path)
    assert [clip.shape for clip in found] == [(5, 8, 8, 3)] * 6
    assert len({clip.tobytes() for clip in found}) == 6
    brief = Settings.make(str(path), {**cut, "frames": 3, "cache": str(tmp_path / "brief")})
    prepare(brief.videos, brief.cache, **brief.clip_settings())
    assert len(footage(None, tmp_path / "run", brief, path)) == 3
