"""Outputs against references: closed forms, windows, files."""

import os
import sys
from pathlib import Path

import films
import numpy as np
import pytest

from tfvgan.data import write_video
from tfvgan.data.decode import read_video
from tfvgan.evaluation import PAIRED, evaluate_paired, pairing
from tfvgan.metrics.fidelity import PSNR
from tfvgan.metrics.temporal import Flicker

LIGHT = ["psnr", "ssim", "flicker", "bits_per_pixel"]


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """References, and outputs that are other films, in folders."""
    root = tmp_path_factory.mktemp("pairs")
    for name, frames in (("a", 7), ("deep/b", 5)):
        films.film(root / "x" / f"{name}.mp4", frames, (16, 16), seed=0)
        films.film(root / "y" / f"{name}.mp4", frames, (16, 16), seed=1)
    return str(root / "x"), str(root / "y")


def measured(*sides, metrics=LIGHT):
    return evaluate_paired(*sides, metrics=metrics, progress=False)


def test_a_video_against_itself_is_perfect(folders, tmp_path):
    report = measured(folders[0], folders[0])
    assert (report["psnr"].value, report["flicker"].value) == (100, 0)
    assert report["ssim"].value == pytest.approx(1)
    lines, image = report.write(tmp_path)
    assert len(Path(lines).read_text().splitlines()) == len(LIGHT)
    assert Path(image).read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("most", [3, 4, 64])
def test_windows_do_not_change_a_score(folders, monkeypatch, most):
    monkeypatch.setattr(pairing, "MOST", most)
    report = measured(*folders)
    for name, metric in (("psnr", PSNR()), ("flicker", Flicker())):
        for video in ("a", "deep/b"):
            both = [read_video(f"{side}/{video}.mp4", decoder="pyav")[None] for side in folders]
            expected = float(metric.per_video(*both)[0])
            assert report[name].each[video] == pytest.approx(expected, rel=1e-5)
        assert report[name].value == pytest.approx(np.mean(list(report[name].each.values())))


def test_bits_are_those_of_the_output(folders):
    report = measured(*folders)
    expected = os.path.getsize(f"{folders[1]}/a.mp4") * 8 / (7 * 16 * 16)
    assert report["bits_per_pixel"].each["a"] == pytest.approx(expected)


def test_what_cannot_be_measured_is_left_out_with_the_reason(folders, monkeypatch):
    monkeypatch.setitem(sys.modules, "cv2", None)
    report = measured(*folders, metrics=["psnr", "ms_ssim", "tof", "vmaf"])
    assert [score.metric for score in report.scores] == ["psnr"]
    assert "161x161" in report.missing["ms_ssim"] and "tfvgan[metrics]" in report.missing["tof"]
    assert "17x17" in report.missing["vmaf"]


def test_sides_that_do_not_match_are_an_error(folders, tmp_path):
    video = read_video(f"{folders[0]}/a.mp4", decoder="pyav")
    short = write_video(tmp_path / "short.mp4", video[:3], 10)
    with pytest.raises(ValueError, match="7 frames and the output 3"):
        measured(f"{folders[0]}/a.mp4", short)


def test_unknown_metrics_are_an_error_before_any_work():
    with pytest.raises(ValueError, match="but holds fvd"):
        evaluate_paired("nowhere", "nowhere", metrics=["fvd"])
    assert "psnr" in PAIRED
