import shutil
import subprocess
import sys

import media
import numpy as np
import pytest

from tfvgan.metrics.vmaf import vmaf
from tfvgan.video import from_uint8

FRAMES = media.frames(5, 32, 48)


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """A nearly lossless file of `FRAMES`, with a name that filters could stumble over."""
    return media.video(tmp_path_factory.mktemp("films") / "a film's [1],2:3;4.mp4", pictures=FRAMES)


def noisy(amount):
    noise = np.random.default_rng(0).normal(0, amount, FRAMES.shape)
    return (FRAMES + noise).round().clip(0, 255).astype(np.uint8)


def test_a_video_against_itself_scores_near_the_top():
    told = vmaf(FRAMES, FRAMES)
    assert 95 < told.mean <= 100
    assert told.frames.shape == (5,)
    assert told.mean == pytest.approx(told.frames.mean())
    assert told.name == "vmaf_v0.6.1"
    assert vmaf(from_uint8(FRAMES), from_uint8(FRAMES)).mean == told.mean


def test_more_noise_scores_lower():
    told = [vmaf(FRAMES, noisy(amount)).mean for amount in (2, 10, 40)]
    assert vmaf(FRAMES, FRAMES).mean > told[0] > told[1] > told[2]


def test_the_reference_comes_first_and_sharpening_earns_nothing_from_neg():
    middle = FRAMES.mean(axis=(2, 3), keepdims=True)
    strong = (middle + 1.3 * (FRAMES - middle)).clip(0, 255).round().astype(np.uint8)
    weak = (middle + 0.7 * (FRAMES - middle)).round().astype(np.uint8)
    assert vmaf(FRAMES, strong).mean > vmaf(FRAMES, weak).mean
    assert vmaf(FRAMES, strong, model="vmaf_v0.6.1neg").mean < vmaf(FRAMES, strong).mean


def test_files_and_arrays_mix_and_agree(film):
    decoded = vmaf(film, film).mean
    assert decoded == pytest.approx(vmaf(FRAMES, FRAMES).mean, abs=0.5)
    assert vmaf(FRAMES, film).mean == pytest.approx(decoded, abs=4)
    assert len(vmaf(film, FRAMES).frames) == 5


def test_frames_are_paired_by_number_whatever_their_times(tmp_path, film):
    jumpy = media.video(tmp_path / "vfr.mkv", pictures=FRAMES, fps=50, ticks=[0, 3, 40, 41, 90])
    assert vmaf(film, jumpy).frames.min() > 97
    assert vmaf(film, FRAMES[[0, 1, 1, 2, 4]]).frames.min() < 90


def test_videos_that_do_not_match_are_told(film):
    with pytest.raises(ValueError, match="5 frames of 48x32 and 4 frames of 48x32"):
        vmaf(film, FRAMES[:4])
    with pytest.raises(ValueError, match="5 frames of 48x32 and 5 frames of 32x32"):
        vmaf(FRAMES, FRAMES[:, :, :32])
    with pytest.raises(ValueError, match="17x17 or larger, but these have 48x16"):
        vmaf(FRAMES[:, :16], FRAMES[:, :16])
    assert vmaf(FRAMES[:, :17, :17], FRAMES[:, :17, :17]).mean > 90
    with pytest.raises(ValueError, match=r"`output` must have the shape \(frames"):
        vmaf(FRAMES, FRAMES[0])


def test_what_is_no_video_is_told(tmp_path):
    with pytest.raises(ValueError, match="`reference` must be .* 'gone.mp4': no file"):
        vmaf("gone.mp4", FRAMES)
    with pytest.raises(ValueError, match="must be a video file, but is .*text.mp4: ffmpeg failed"):
        vmaf(FRAMES, media.text(tmp_path / "text.mp4"))
    with pytest.raises(ValueError, match="`model` must be one of vmaf_v0.6.1, .* is 'vmaf'"):
        vmaf(FRAMES, FRAMES, model="vmaf")


def test_a_file_that_leads_to_another_is_no_video(film, tmp_path):
    leading = tmp_path / "x.mp4"
    leading.write_text("ffconcat version 1.0\nfile film.mp4\n")
    shutil.copy(film, tmp_path / "film.mp4")
    with pytest.raises(ValueError, match="must be a video file, but is .*x.mp4: ffmpeg failed"):
        vmaf(FRAMES, leading)


def test_a_missing_ffmpeg_or_libvmaf_is_told_with_its_command(tmp_path, monkeypatch):
    bare = tmp_path / "ffmpeg"
    bare.write_text(
        "#!/bin/sh\necho \"[AVFilterGraph @ 0x1] No such filter: 'libvmaf'\" >&2; exit 8\n"
    )
    bare.chmod(0o755)
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(bare))
    with pytest.raises(ValueError, match="ffmpeg with libvmaf.*pip install -U imageio-ffmpeg"):
        vmaf(FRAMES, FRAMES)
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(tmp_path / "gone"))
    with pytest.raises(ValueError, match="pip install 'tfvgan"):
        vmaf(FRAMES, FRAMES)
    monkeypatch.setitem(sys.modules, "imageio_ffmpeg", None)
    with pytest.raises(ValueError, match="pip install 'tfvgan"):
        vmaf(FRAMES, FRAMES)


def test_nothing_is_left_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    vmaf(FRAMES, FRAMES)
    broken = subprocess.CompletedProcess([], 1, "", "[libvmaf @ 0x1] out of luck.\n")
    monkeypatch.setattr("subprocess.run", lambda *args, **kwargs: broken)
    with pytest.raises(ValueError, match=r"ffmpeg failed: out of luck\.$"):
        vmaf(FRAMES, FRAMES)
    assert not list(tmp_path.iterdir())


def test_files_of_two_matrices_are_compared_by_that_of_the_reference(tmp_path):
    films = [
        media.video(tmp_path / f"{matrix}.mkv", pictures=FRAMES, colorspace=matrix)
        for matrix in (1, 5)
    ]
    told = vmaf(*films, matrices=(1, 5)).mean
    assert told > vmaf(*films).mean and told > 98.8
    assert vmaf(*films, matrices=(5, 5)).mean < 80  # The first is read as what it is not.
