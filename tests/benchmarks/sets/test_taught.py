"""What a student learns from: footage without detail beside a teacher's frames, made steady."""

import films
import numpy as np
import pytest
from moving import texture

from benchmarks.sets import taught
from tfvgan.data.degrade import resize
from tfvgan.layers import bicubic
from tfvgan.tasks.restoration.halved import halved

DRAWS = np.random.default_rng


@pytest.fixture
def small(monkeypatch):
    """Small and short sequences of short clips."""
    for name, value in {"SIDE": 32, "FRAMES": 3, "CODED": 5, "LINES": (64, 64)}.items():
        monkeypatch.setattr(taught, name, value)


def teacher(frames):
    """Returns frames four times as large and half as far from black."""
    return 0.5 * np.asarray(frames).repeat(4, 1).repeat(4, 2)


def detail(video):
    return np.abs(np.diff(video.astype(float), axis=2)).mean()


def test_what_is_spoilt_has_less_detail_and_is_drawn(small):
    clip = texture(5, 64, (1.5, 0.5))[0]
    plain = resize(clip, (32, 32), "bicubic")
    for seed in range(3):
        worn = taught.spoilt(clip, DRAWS(seed))
        assert worn.shape == (5, 32, 32, 3) and worn.dtype == np.uint8
        np.testing.assert_array_equal(worn, taught.spoilt(clip, DRAWS(seed)))
        far = np.abs(worn.astype(float) - plain).mean()
        assert 1 < far < 60
    assert not np.array_equal(worn, taught.spoilt(clip, DRAWS(3)))
    assert all(taught.hard_past(DRAWS(seed)).kind == "hard" for seed in range(20))


def test_the_teacher_sees_frames_of_half_the_size():
    worn = DRAWS(0).integers(0, 256, (2, 8, 12, 3)).astype("uint8")
    made = taught.taught_by(teacher, worn)
    wanted = np.stack([halved(frame) for frame in worn]).repeat(4, 1).repeat(4, 2)
    np.testing.assert_allclose(made, wanted / 2, atol=1e-4)
    over = taught.taught_by(lambda frames: 4 * teacher(frames) - 0.5, worn)
    assert over.min() == 0 and over.max() == 255


def test_what_is_coarse_is_an_average_of_all_around():
    even = np.full((1, 40, 40, 3), 7, "float32")
    np.testing.assert_allclose(taught.coarse(even), even, rtol=1e-5)
    points = np.zeros((1, 61, 61, 1), "float32")
    points[0, 30, 30] = 1
    made = taught.coarse(points)[0, :, :, 0]
    np.testing.assert_allclose(made[30, 36] / made[30, 30], np.exp(-0.5), rtol=1e-5)
    np.testing.assert_allclose(made, made.T, rtol=1e-5)


def test_flicker_is_averaged_away_where_the_footage_agrees_and_light_is_the_footages():
    worn = np.repeat(100 + texture(1, 32)[0] // 4, 4, axis=0).astype("uint8")
    plain = np.array(bicubic(worn.astype("float32"), 2))
    # A teacher who makes all lighter, and draws a fine pattern on every second frame.
    pattern = np.zeros((64, 64, 1), "float32")
    pattern[::2, ::2], pattern[1::2, 1::2] = 24, -24
    strengths = np.array([1.0, 0.0, 1.0, 0.0], "float32")[:, None, None, None]
    made = plain + 30 + strengths * pattern
    inner = np.s_[:, 8:-8, 8:-8]
    shares = np.array([1 / 2, 2 / 3, 1 / 3, 1 / 2])[:, None, None, None]
    steady = taught.steadied(made, worn)
    np.testing.assert_allclose(steady[inner], (plain + shares * pattern)[inner], atol=1.5)
    # Behind a cut each half is averaged alone.
    cut = worn.copy()
    cut[2:] += 60
    plain[2:] += 60
    made = plain + strengths * pattern
    steady = taught.steadied(made, cut)
    np.testing.assert_allclose(steady[inner], (plain + 0.5 * pattern)[inner], atol=1.5)


def test_what_moves_is_fetched_along_its_motion():
    """The middle of three frames: the average of all is as sharp as each."""
    large = texture(3, 128, (4.0, 0.0))[0]
    worn = resize(large, (64, 64), "bicubic")
    steady = taught.steadied(large.astype("float32"), worn)
    inner = np.s_[1, 24:-24, 24:-24]
    moved = large[[0, 1, 2]].astype(float).mean(0)
    far = np.abs(steady.astype(float) - large)[inner].mean()
    assert far < 0.5 * np.abs(moved - large[1])[inner[1:]].mean()


def test_sequences_are_made_once_and_the_same_again(small, tmp_path):
    path = films.film(tmp_path / "a.mp4", frames=9, size=(70, 90))
    one, other = tmp_path / "one", tmp_path / "other"
    for out in (one, other):
        out.mkdir()
        files = list(taught.make(path, "a-0", 2, [0, 0, 1], teacher, out))
        assert [file.name for file in files] == ["a-0-0.npz", "a-0-1.npz"]
    with np.load(one / "a-0-1.npz") as made:
        assert made["worn"].shape == (3, 32, 32, 3) and made["taught"].shape == (3, 64, 64, 3)
        assert {each.dtype for each in made.values()} == {np.dtype("uint8")}
        worn = made["worn"]
    (other / "a-0-1.npz").unlink()
    kept = (other / "a-0-0.npz").stat().st_mtime_ns
    list(taught.make(path, "a-0", 2, [0, 0, 1], teacher, other))
    assert (other / "a-0-0.npz").stat().st_mtime_ns == kept
    with np.load(other / "a-0-1.npz") as again:
        np.testing.assert_array_equal(again["worn"], worn)
    with np.load(one / "a-0-0.npz") as first:
        assert not np.array_equal(first["worn"], worn)
    again = taught.make(tmp_path / "nothing.mp4", "a-0", 2, [0, 0, 1], teacher, one)
    assert len(list(again)) == 2, "what is there is not read again"
