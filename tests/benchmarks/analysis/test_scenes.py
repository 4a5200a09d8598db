"""Scenes for the anomaly benchmark: which videos are, and what is planted where."""

import numpy as np
import pytest

from benchmarks.analysis import scenes
from tfvgan.data import write_video

FPS = 10
HEIGHT, WIDTH = scenes.SIZE


def ball(count, begin=0, pan=0):
    """Returns frames in which a ball goes right before noise, which a camera may pan over."""
    wide = np.random.default_rng(0).integers(60, 120, (HEIGHT // 20, 40, 1), np.uint8)
    ground = wide.repeat(20, 0).repeat(20, 1).repeat(3, 2)
    frames = []
    for number in range(begin, begin + count):
        picture = ground[:, pan * number :][:, :WIDTH].copy()
        left = (7 * number) % (WIDTH - 40)
        picture[70:110, left : left + 40] = 230
        frames.append(picture)
    return np.stack(frames)


def scene():
    frames = ball(240)
    return scenes.Scene("x", frames, FPS, np.arange(240) % 50 < 35)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scenes")
    write_video(folder / "stands.mp4", ball(125), FPS)
    write_video(folder / "short.mp4", ball(100), FPS)
    write_video(folder / "pans.mp4", ball(125, pan=3), FPS)
    write_video(folder / "cut.mp4", np.concatenate([ball(63), 255 - ball(63)]), FPS)
    write_video(folder / "empty.mp4", ball(1).repeat(125, 0), FPS)
    return folder


def test_scenes_are_long_and_whole_and_move_before_a_camera_that_stands(folder):
    found = scenes.scene_of(folder / "stands.mp4")
    assert found.name == "stands.mp4" and found.frames.shape == (125, *scenes.SIZE, 3)
    assert found.fps == FPS and found.half == 62 and found.moving.all()
    for name in ("short", "pans", "cut", "empty"):
        assert scenes.scene_of(folder / f"{name}.mp4") is None, name


def test_time_is_reversed_in_every_other_stretch():
    """Each frame of the second half is odd in one film, and as it was in the other."""
    films = [scenes.planted(scene(), scenes.REVERSED, turn) for turn in (0, 1)]
    for film in films:
        assert len(film.frames) == len(film.planted) == len(film.moving) == 120
        normal = film.planted == 0
        np.testing.assert_array_equal(film.frames[normal], ball(120, 120)[normal])
    np.testing.assert_array_equal(films[0].frames[:30], ball(30, 120)[::-1])
    np.testing.assert_array_equal(films[1].frames[30:60], ball(30, 150)[::-1])
    known = np.stack([film.planted for film in films])
    margin = round(scenes.MARGIN * FPS)
    inside = (np.arange(120) % 30 >= margin) & (np.arange(120) % 30 < 30 - margin)
    assert (known[:, ~inside] == -1).all() and (known[1, :30][inside[:30]] == 0).all()
    moves = films[0].moving[:30][inside[:30]]
    np.testing.assert_array_equal(known[0, :30][inside[:30]], np.where(moves, 1, -1))
    assert 0 < moves.sum() < 20
    assert ((known == 1).sum(0) <= 1).all() and ((known == 0).sum(0) <= 1).all()
    assert all(film.moving[film.planted == 1].all() for film in films)


def test_double_speed_leaves_every_other_frame_out():
    film = scenes.planted(scene(), scenes.FASTER, 0)
    np.testing.assert_array_equal(film.frames[:15], ball(30, 120)[::2])
    np.testing.assert_array_equal(film.frames[15:45], ball(30, 150))
    assert len(film.frames) == len(film.planted) == len(film.moving) == 120 - 2 * 15


def test_a_clip_and_a_cover_are_there_where_they_are_planted():
    foreign = np.full((9, *scenes.SIZE, 3), 7, "uint8")
    film = scenes.planted(scene(), scenes.FOREIGN, 1, foreign)
    shown = (film.frames == 7).all((1, 2, 3))
    np.testing.assert_array_equal(shown, np.arange(120) // 30 % 2 == 1)
    film = scenes.planted(scene(), scenes.COVERED, 1)
    half = WIDTH // 2
    odd = film.planted == 1
    assert odd.any() and (film.frames[odd][:, :, :half] == scenes.DARK).all()
    np.testing.assert_array_equal(film.frames[odd][:, :, half:], ball(120, 120)[odd][:, :, half:])


def test_a_small_thing_goes_through():
    ground = np.full((30, *scenes.SIZE, 3), 128, "uint8")
    for seed in range(2):
        frames, seen = scenes.with_thing(np.random.default_rng(seed), ground)
        changed = (frames != 128).any(-1)
        assert (changed.any((1, 2)) <= seen).all() and seen[5:-5].all()
        assert 0.0005 < changed[10:20].mean() < 0.03
        columns = [np.flatnonzero(picture.any(0)).mean() for picture in changed[5:-5]]
        assert abs(columns[-1] - columns[0]) > WIDTH / 3
    film = scenes.planted(scene(), scenes.THING, 0)
    assert (film.planted == 1).any()
    differs = (film.frames != ball(120, 120)).any((1, 2, 3))
    assert differs[film.planted == 1].all() and not differs[film.planted == 0].any()
