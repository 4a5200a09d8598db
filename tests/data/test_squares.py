"""Squares of clips: where they lie is drawn, of all videos beside each other alike."""

import numpy as np
import pytest
import tensorflow as tf

from tfvgan.data.leaving import LEAVING
from tfvgan.data.squares import of_squares
from tfvgan.video import from_uint8

RNG = np.random.default_rng(0)
CLIPS = RNG.integers(0, 256, (6, 2, 12, 10, 3), np.uint8)


def squares(size=8, start=0, beside=(), seed=0, rows=(0, 1)):
    """Returns a list of batches of two: squares, and those beside them, in grey levels.

    With one row it is said where in the batch it lies, as of one of two workers.
    """
    videos = {"video": from_uint8(CLIPS), "other": from_uint8(255 - CLIPS)}
    clips = tf.data.Dataset.from_tensor_slices(videos).batch(2).skip(start)
    if len(rows) == 1:
        place = tf.constant(rows, tf.int64)
        (row,) = rows
        clips = clips.map(
            lambda named: (
                {name: each[row : row + 1] for name, each in named.items()} | {"place": place}
            )
        )
    made = of_squares(
        clips,
        size,
        lambda draws, *squares: (np.stack(squares), np.int64(draws.integers(100))),
        (tf.uint8, tf.int64),
        lambda video, number: {"video": video, "number": number},
        "style",
        seed,
        start,
        beside,
    )
    return [{name: value.numpy() for name, value in batch.items()} for batch in made]


def test_squares_lie_in_their_clips_and_alike_in_those_beside():
    made = squares(beside=["other"])
    assert len(made) == 3 and made[0]["video"].shape == (2, 2, 2, 8, 8, 3)
    for batch, clips in zip(made, CLIPS.reshape(3, 2, *CLIPS.shape[1:]), strict=True):
        for (square, other), clip in zip(batch["video"], clips, strict=True):
            np.testing.assert_array_equal(square, 255 - other)
            windows = np.lib.stride_tricks.sliding_window_view(clip, (8, 8), axis=(1, 2))
            found = np.moveaxis(windows, (1, 2), (0, 1)).transpose(0, 1, 2, 4, 5, 3)
            assert (found == square).all((-4, -3, -2, -1)).sum() == 1


def test_what_is_drawn_is_a_function_of_seed_and_batch_alone():
    whole, rest, others = squares(), squares(start=1), squares(seed=1)
    for batch, again in zip(whole[1:], rest, strict=True):
        np.testing.assert_array_equal(batch["video"], again["video"])
        np.testing.assert_array_equal(batch["number"], again["number"])
    assert len({n for batch in whole for n in batch["number"]}) > 1
    assert any((a["number"] != b["number"]).any() for a, b in zip(whole, others, strict=True))


def test_workers_make_of_their_rows_what_one_makes_of_all():
    whole, parts = squares(), [squares(rows=(row,)) for row in (0, 1)]
    for batch, *both in zip(whole, *parts, strict=True):
        for name in batch:
            joined = np.concatenate([part[name] for part in both])
            np.testing.assert_array_equal(joined, batch[name])


def test_a_square_is_no_larger_than_its_clip():
    with pytest.raises(ValueError, match="`size` must be at most the 12x10 pixels .* but is 11"):
        squares(size=11)


def test_nothing_is_cut_when_python_is_about_to_end():
    LEAVING.set()
    try:
        with pytest.raises(tf.errors.OpError, match="StopIteration"):
            squares()
    finally:
        LEAVING.clear()
