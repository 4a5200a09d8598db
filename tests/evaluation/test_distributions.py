"""Scores of features: names, what is kept, the nearest real video."""

import films
import numpy as np
import pytest

from tfvgan.evaluation.distributions import OF_FRAMES, OF_VIDEOS, score_features
from tfvgan.evaluation.sampling import Sampling
from tfvgan.evaluation.sources import open_source
from tfvgan.evaluation.store import stored


class Corners:
    """Features are the first frame's mean colours: no network."""

    name, resize, dimension, per, fingerprint = "corners", "none", 3, "video", "1"
    seen = 0

    def __call__(self, videos):
        self.seen += len(videos)
        return np.asarray(videos, np.float32)[:, 0].mean(axis=(1, 2))


class Frames(Corners):
    """The same of each frame."""

    per = "frame"

    def __call__(self, videos):
        return np.asarray(videos, np.float32).mean(axis=(2, 3)).reshape(-1, 3)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return films.folder(tmp_path_factory.mktemp("films"), frames=(12, 16, 12))


@pytest.fixture
def scored(folder, tmp_path, monkeypatch):
    """A function of an extractor, names and settings: what `score_features` returns."""
    monkeypatch.setenv("TFVGAN_HOME", str(tmp_path))

    def score(extractor, names, **settings):
        sampling = Sampling(**{"frames": 2, "size": 16, "stride": 1, "videos": 20, **settings})
        source = open_source(folder, "real")
        source.plan(sampling)
        with stored(source, sampling, False) as clips:
            return score_features(
                names, extractor, source, sampling, [clips, clips], 0.95, progress=False
            )

    return score


def test_a_set_against_itself(scored):
    scores, nearest = scored(Corners(), ["fvd", "precision_k3"])
    assert [score.metric for score in scores] == ["fvd", "precision_k3"]
    fvd, precision = scores
    assert fvd.value == pytest.approx(0, abs=1e-3) and precision.value == 1
    assert fvd.name == "fvd_corners_2f_20v_stride1_none_seed0" and fvd.protocol["videos"] == 20
    assert (fvd.better, precision.better) == ("lower", "higher")
    assert not nearest["generated"].any() and nearest["real"].all()


def test_a_rate_is_named_in_place_of_the_stride(scored):
    (fvd,), _ = scored(Corners(), ["fvd"], fps=5.0, videos=8)
    assert fvd.name == "fvd_corners_2f_8v_5fps_none_seed0"


def test_features_of_frames(scored):
    (ffd,), nearest = scored(Frames(), list(OF_FRAMES))
    assert ffd.name.startswith("ffd_corners") and not nearest


def test_the_real_features_are_kept_by_the_clips_that_they_are_of(scored):
    seen = []
    for settings in ({}, {}, {"seed": 1}, {"stride": 2, "videos": 8}, {"videos": 19}):
        eye = Corners()
        scored(eye, list(OF_VIDEOS), **settings)
        seen.append(eye.seen)
    assert seen == [40, 20, 40, 16, 38]
