"""Two sets of videos: from what a user points at to a report."""

import json
from pathlib import Path

import films
import numpy as np
import pytest

from tfvgan.data import moving_shapes, write_video
from tfvgan.evaluation import SETS, evaluate, evaluate_paired

ALONE = ["diversity", "motion", "roughness", "disorder", "flicker"]
QUIET = {"progress": False}


class Colours:
    """Features are mean colours: no network."""

    name, resize, dimension, per = "colours", "none", 3, "video"

    def __call__(self, videos):
        return np.asarray(videos, np.float32).mean(axis=(1, 2, 3))


class ColoursOfFrames(Colours):
    per = "frame"

    def __call__(self, videos):
        return np.asarray(videos, np.float32).mean(axis=(2, 3)).reshape(-1, 3)


EYES = {"extractor": Colours(), "frame_extractor": ColoursOfFrames()}


@pytest.fixture(scope="module")
def shapes():
    return moving_shapes(20, 4, 16)["video"]


def test_all_usual_metrics_in_the_order_of_the_table(shapes, tmp_path):
    report = evaluate(shapes[:10], shapes[10:], **EYES, **QUIET)
    assert [s.metric for s in report.scores] == [n for n, about in SETS.items() if about.usual]
    assert report["fvd"].name == "fvd_colours_4f_10v_stride1_none_seed0"
    assert "256 clips of each set were asked for, and there are 10." in str(report)
    lines, image = report.write(tmp_path)
    protocol = json.loads(Path(lines).read_text().splitlines()[0])["protocol"]
    assert protocol["size"] == [16, 16] and protocol["real"] == "10 videos in memory"
    assert Path(image).read_bytes().startswith(b"\x89PNG")


def test_a_set_against_itself_is_as_far_as_nothing(shapes):
    report = evaluate(shapes, shapes, videos=20, **EYES, **QUIET)
    assert report["fvd"].value == pytest.approx(0, abs=1e-3) and report["recall_k3"].value == 1
    for name in ALONE:
        assert report[name].value == pytest.approx(report[name].real)
    assert "asked for" not in str(report)


def test_what_each_metric_is_there_to_see(shapes):
    def against(videos):
        return evaluate(shapes, videos, metrics=["ffd", *ALONE], **EYES, **QUIET)

    still = against(np.repeat(shapes[:, :1], 4, axis=1))
    assert still["motion"].value == 0 < still["motion"].real
    same = against(np.repeat(shapes[:1], 20, axis=0))
    assert same["diversity"].value == pytest.approx(0, abs=1e-3)
    swapped = against(shapes[:, [0, 2, 1, 3]])
    assert swapped["ffd"].value == pytest.approx(0, abs=1e-3)
    assert swapped["disorder"].value > swapped["disorder"].real


def test_missing_weights_leave_the_others(shapes, tmp_path, monkeypatch):
    monkeypatch.setenv("TFVGAN_HOME", str(tmp_path))
    report = evaluate(shapes[:4], shapes[4:], metrics=["fvd", "kvd", "motion"], **QUIET)
    assert [score.metric for score in report.scores] == ["motion"]
    assert set(report.missing) == {"fvd", "kvd"}
    assert "fvd, kvd: " in str(report) and "tfvgan weights fetch i3d" in str(report)


def test_files_of_several_sizes_need_one(tmp_path):
    real = films.film(tmp_path / "a.mp4", 9, (16, 24))
    other = films.film(tmp_path / "b.mp4", 9, (16, 16))
    wanted = {"frames": 3, "metrics": ["motion"], **QUIET}
    with pytest.raises(
        ValueError, match="24x16 in the real .* 16x16 in the generated .* such as 16"
    ):
        evaluate(real, other, **wanted)
    assert evaluate(real, other, size=8, **wanted)["motion"].protocol["size"] == (8, 8)
    with pytest.raises(ValueError, match="not the same for all in the real"):
        evaluate([real, other], other, **wanted)


def test_what_is_of_pairs_or_of_one_video_leads_to_pairs(tmp_path):
    paths = [str(tmp_path / f"{name}.mp4") for name in "ab"]
    for path in paths:
        write_video(path, moving_shapes(1, frames=16, size=16)["video"][0], fps=8)
    with pytest.raises(ValueError, match=r"psnr: these hold an output against .* \(--paired\)\."):
        evaluate(*paths, metrics=["psnr"], progress=False)
    with pytest.raises(ValueError, match="fvd: these compare two sets"):
        evaluate_paired(*paths, metrics=["fvd"], progress=False)
    with pytest.raises(ValueError, match=r"there is 1 in the real set .*: name .* \(--paired\)\.$"):
        evaluate(*paths, metrics=["motion"], progress=False)


def test_rates_that_differ_are_minded(tmp_path):
    video = moving_shapes(1, 6, 16)["video"][0]
    a, b = (write_video(tmp_path / f"{fps}.mp4", video, fps) for fps in (10, 25))
    report = evaluate(a, b, frames=3, metrics=["motion"], **QUIET)
    assert "10 frames a second and generated ones 25" in str(report)


@pytest.mark.slow
def test_with_the_published_networks_noise_is_farther_than_other_real_videos():
    real = moving_shapes(32, 10, 64)["video"]
    noise = np.random.default_rng(0).integers(0, 256, (16, 10, 64, 64, 3), np.uint8)
    other, far = (evaluate(real[:16], videos, **QUIET) for videos in (real[16:], noise))
    if other.missing:
        pytest.skip(next(iter(other.missing.values())))
    for name in ("fvd", "kvd", "ffd"):
        assert other[name].value < far[name].value
    assert other["precision_k3"].value > far["precision_k3"].value == 0
    assert other["fvd"].name == "fvd_i3d_10f_16v_stride1_224bilinear_seed0"
