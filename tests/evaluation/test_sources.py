"""Sources: the same clips from whatever holds them, chosen by the seed."""

import re

import films
import media
import numpy as np
import pytest

from tfvgan.data import moving_shapes, prepare, write_video
from tfvgan.data.decode import read_video
from tfvgan.evaluation.sampling import Sampling
from tfvgan.evaluation.sources import open_source

SMALL = {"frames": 3, "size": 16, "videos": 100}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Four films of 10, 9, 4 and 13 frames: 3 + 3 + 1 + 4 clips of three."""
    return films.folder(tmp_path_factory.mktemp("films"))


def taken(what, **settings):
    """Returns how many clips were planned, their size, and the clips."""
    source = open_source(what, "real")
    sampling = Sampling(**{**SMALL, **settings}).settled(source)
    count, size = source.plan(sampling)
    return source, count, size, list(source.clips(sampling))


def test_all_clips_of_all_files_in_order(folder):
    source, count, size, clips = taken(folder)
    assert count == len(clips) == 11 and size == (16, 24) and source.rate == 10
    assert all(clip.shape == (3, 16, 16, 3) and clip.dtype == np.uint8 for clip in clips)
    whole = read_video(next(iter(source.chosen)), size=16, decoder="pyav")
    np.testing.assert_array_equal(clips[1], whole[3:6])


@pytest.mark.parametrize(("name", "pattern"), [("sample-007", "sample-*.mp4"), ("film", "*.mp4")])
def test_a_video_in_two_formats_counts_once(tmp_path, name, pattern):
    video = moving_shapes(1, frames=3, size=16)["video"][0]
    for ending in ("gif", "mp4"):
        write_video(tmp_path / f"{name}.{ending}", video)
    with pytest.raises(ValueError, match=rf"endings alone.*/{re.escape(pattern)}'"):
        open_source(str(tmp_path), "generated")


def test_each_file_has_its_say_before_any_has_two(folder):
    source, count, _, clips = taken(folder, videos=4)
    assert count == len(clips) == 4 and len(source.chosen) == 4
    assert len(taken(folder, videos=2)[0].chosen) == 2


def test_the_seed_alone_chooses(folder):
    pick = [taken(folder, videos=5, seed=seed)[3] for seed in (0, 0, 1)]
    np.testing.assert_array_equal(pick[0], pick[1])
    assert any((a != b).any() for a, b in zip(pick[0], pick[2]))


def test_stride_and_rate_make_clips_longer(folder):
    assert taken(folder, stride=3)[1] == 3
    assert taken(folder, stride=2)[1] == 1 + 1 + 0 + 2
    assert taken(folder, fps=5.0)[1] == 1 + 1 + 0 + 2
    strided = taken(folder, stride=3)
    whole = read_video(next(iter(strided[0].chosen)), size=16, decoder="pyav")
    np.testing.assert_array_equal(strided[3][0], whole[:9:3])


def test_no_clip_is_said_with_the_reason(folder):
    with pytest.raises(ValueError, match="clip of 14 frames .* ask for fewer"):
        taken(folder, frames=14)


def test_bad_files_are_left_out_and_named(folder, tmp_path, caplog):
    good = films.film(tmp_path / "good.mp4", 3)
    (tmp_path / "bad.mp4").write_bytes(b"")
    assert taken([good, str(tmp_path / "bad.mp4")])[1] == 1
    assert "1 files of the real set" in caplog.text and "empty" in caplog.text


def test_what_is_there_of_files_that_are_cut_off_is_taken_if_that_is_to_be(tmp_path, caplog):
    path = media.truncated(tmp_path / "cut.mkv", "h264.mkv", keep=0.6)
    with pytest.raises(ValueError, match=r"it is cut off, its last .* bytes"):
        taken(path, size=None)
    _, count, size, clips = taken(path, size=None, partial=True)
    assert 1 <= count == len(clips) <= 3 and size == (48, 64)
    assert "cut.mkv is cut off" in caplog.text and "what is there is taken" in caplog.text
    np.testing.assert_array_equal(
        np.concatenate(clips), read_video(path, decoder="pyav", partial=True)[: 3 * count]
    )


def test_a_cache_gives_the_clips_of_its_files(folder, tmp_path):
    prepare(folder, tmp_path, frames=3, size=16, decoder="pyav", progress=False)
    _, count, size, clips = taken(tmp_path, size=None)
    assert count == 11 and size == (16, 16)
    np.testing.assert_array_equal(clips, taken(folder)[3])
    with pytest.raises(ValueError, match="stride 2, but the real set .* has 1"):
        taken(tmp_path, stride=2)


def test_a_cache_for_random_crops_is_cut_at_the_centre(folder, tmp_path):
    prepare(folder, tmp_path, frames=3, size=16, crop="random", decoder="pyav", progress=False)
    np.testing.assert_array_equal(taken(tmp_path, size=None)[3], taken(folder)[3])


def test_an_array_is_cut_to_the_frames():
    videos = moving_shapes(5, 4, 16)["video"]
    _, count, size, clips = taken(videos, videos=3)
    assert count == 3 and size == (16, 16)
    assert all(any((clip == video[:3]).all() for video in videos) for clip in clips)
    with pytest.raises(ValueError, match="must be uint8 .* but are float32"):
        open_source(videos.astype("float32"), "real")


class Game:
    """Anything with `generate`: each video is one number."""

    def generate(self, count, seed, batch_size):
        values = np.random.default_rng(seed).integers(0, 256, count, np.uint8)
        return np.broadcast_to(values[:, None, None, None, None], (count, 4, 8, 8, 3))


def test_a_model_is_sampled_as_often_as_asked():
    _, count, size, clips = taken(Game(), size=None, videos=11)
    assert count == len(clips) == 11 and size == (8, 8) and clips[0].shape == (3, 8, 8, 3)
    fewer = taken(Game(), size=None, videos=9)[3]
    np.testing.assert_array_equal(clips[:9], fewer)


def test_nothing_there_is_one_sentence(tmp_path):
    with pytest.raises(ValueError, match="holds no video"):
        open_source(tmp_path, "real")


def test_a_video_that_is_there_twice_is_an_error_that_a_pattern_mends(tmp_path):
    for ending in ("gif", "mp4"):
        films.film(tmp_path / f"a.{ending}", 3)
    with pytest.raises(ValueError, match=r"each video once.*give a pattern, such as '.*\*\.mp4'"):
        open_source(tmp_path, "generated")
    assert taken(str(tmp_path / "*.mp4"))[1] == 1
