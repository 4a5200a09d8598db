"""What restoration is measured on: the same every time, of the sizes that tasks say."""

import films
import numpy as np
import pytest
from moving import texture

from benchmarks.restoration import rivals
from benchmarks.sets import squares

CLIP = texture(6, 64, (1.5, 0.5))[0]


@pytest.mark.parametrize("task", [name for name in squares.TASKS if "hole" not in name])
def test_tasks_degrade_to_their_size_and_are_the_same_again(task):
    first, again = (squares.TASKS[task](CLIP) for _ in range(2))
    np.testing.assert_array_equal(first.video, again.video)
    side = 64 // first.factor
    assert first.video.shape == (6, side, side, 3) and first.mask is None
    assert first.factor == {"x2": 2, "x4": 4}.get(task.split()[0], 1)


@pytest.mark.parametrize("speed", [0, 4])
def test_holes_are_square_and_move_as_fast_as_they_say(speed):
    given = squares.holed(CLIP, 16, speed)
    assert given.mask.sum((1, 2, 3)).tolist() == [256] * 6
    left = [int(np.flatnonzero(mask.any((0, 2)))[0]) for mask in given.mask]
    assert np.diff(left).tolist() == [speed] * 5
    hole = given.mask[..., 0]
    assert (given.video[hole] == 127).all()
    np.testing.assert_array_equal(given.video[~hole], CLIP[~hole])


def test_rivals_return_what_was_asked_for():
    for task in ("x2", "x2 old"):
        for rival in rivals.RIVALS[task].values():
            assert rival(squares.TASKS[task](CLIP)).shape == CLIP.shape
    given = squares.holed(CLIP, 16, 4)
    hole = given.mask[..., 0]
    for name, rival in rivals.RIVALS["moving 48x48 hole"].items():
        made = rival(given)
        np.testing.assert_array_equal(made[~hole], CLIP[~hole], name)
        before = np.abs(given.video[hole].astype(float) - CLIP[hole]).mean()
        assert np.abs(made[hole].astype(float) - CLIP[hole]).mean() < before


def test_ffmpeg_takes_noise_away():
    given = squares.noisy(CLIP, 25)
    bm3d = rivals.BM3D.format(sigma=60)
    made = rivals.by_ffmpeg(bm3d)(given)
    far = [np.square(x.astype(float) - CLIP).mean() for x in (given.video, made)]
    assert made.shape == CLIP.shape and far[1] < 0.7 * far[0]


def test_squares_to_train_on(tmp_path):
    path = films.film(tmp_path / "x.mp4", frames=3, size=(620, 640))
    found = {name: list(frames) for name, frames in squares.squares(path)}
    native, half = ([f"{times}-{n}" for n in range(3)] for times in (1, 2))
    assert {"whole", native[0], half[0]} <= set(found) <= {"whole", *native, *half[:2]}
    assert all(len(frames) == 3 and frames[0].shape == (256, 256, 3) for frames in found.values())
    small = films.film(tmp_path / "y.mp4", frames=3, size=(64, 80))
    assert not list(squares.squares(small))  # None is made larger.


def test_the_clip_is_the_middle(tmp_path):
    path = films.film(tmp_path / "x.mp4", frames=9, size=(64, 96))
    assert squares.clip(path, 4, 64).shape == (4, 64, 64, 3)
    assert squares.clip(path, 4, 80).shape == (4, 80, 80, 3)
    with pytest.raises(ValueError, match="must have 12 frames or more, but has 9"):
        squares.clip(path, 12, 64)
