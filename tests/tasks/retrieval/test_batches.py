"""What an embedder learns from: edits of the same half second, and what is not told apart."""

import sys

import numpy as np
import pytest
import tensorflow as tf

from tfvgan.data.edits import Strengths
from tfvgan.tasks.retrieval import batches
from tfvgan.tasks.retrieval.batches import ALIKE, sources

SIZE = 24
# Frame n of each clip is 10 n bright in all, so that what is seen tells which frames were taken.
CLIPS = np.zeros((4, 16, SIZE, SIZE, 3), "float32") + np.arange(16).reshape(1, 16, 1, 1, 1)
CLIPS = CLIPS * 10 / 127.5 - 1


def clips(video=CLIPS, times=3):
    return tf.data.Dataset.from_tensors({"video": tf.constant(video)}).repeat(times)


def made(start=0, seed=0, fps=16.0, **how):
    left = clips().skip(start)
    return next(iter(batches(left, SIZE, fps, seed, start, **how)))


@pytest.fixture
def undrawn(monkeypatch):
    """A function that has these edits made, whatever is drawn."""

    def always(*kinds):
        module = sys.modules["tfvgan.tasks.retrieval.batches"]  # Whose name is the function's, too.
        monkeypatch.setattr(module, "drawn_kinds", lambda draws: list(kinds))
        monkeypatch.setattr(module, "PLAIN", 1.0)

    return always


def frames(video):
    """Returns the numbers of the frames that a video of even frames is of, `(b, 4)`."""
    levels = (np.asarray(video).mean((2, 3, 4)) + 1) * 12.75
    np.testing.assert_allclose(levels, np.rint(levels), atol=0.01)
    return np.rint(levels).astype(int)


def test_all_is_a_function_of_the_seed_and_the_number_of_the_batch():
    first, again, other = made(), made(), made(seed=1)
    named = {name: tuple(tensor.shape) for name, tensor in first.items()}
    shape = (4, 4, SIZE, SIZE, 3)
    assert named == {"video": shape, "edited": shape, "source": (4,)}
    for name in named:
        np.testing.assert_array_equal(first[name], again[name])
    assert (first["edited"] != other["edited"]).numpy().any()
    second = list(batches(clips(), SIZE, 16.0))[1]
    np.testing.assert_array_equal(second["edited"], made(1)["edited"])


def test_without_edits_both_are_the_same_half_second(undrawn):
    undrawn()
    batch = made()
    np.testing.assert_array_equal(batch["video"], batch["edited"])
    numbers = frames(batch["video"])
    np.testing.assert_array_equal(np.diff(numbers), np.full((4, 3), 2))
    assert len(set(numbers[:, 0])) > 1 and numbers.max() <= 15
    np.testing.assert_array_equal(np.diff(frames(made(fps=8.0)["video"])), np.ones((4, 3)))


def test_trimmed_it_begins_within_a_quarter_of_a_second(undrawn):
    undrawn("trimmed")
    moved = []
    for start in range(3):
        batch = made(start)
        ours, theirs = frames(batch["video"]), frames(batch["edited"])
        np.testing.assert_array_equal(np.diff(theirs), np.diff(ours))
        moved.extend(theirs[:, 0] - ours[:, 0])
    assert np.abs(moved).max() <= 4 and len(set(moved)) > 3


def test_faster_it_takes_frames_that_are_further_apart(undrawn):
    undrawn("faster")
    batch = made(strengths=Strengths(rate=(1.5, 1.5)))
    begin = frames(batch["video"])[:, :1]
    found = frames(batch["edited"])
    np.testing.assert_array_equal(found - found[:, :1], np.tile([0, 3, 6, 9], (4, 1)))
    np.testing.assert_array_equal(found[:, :1], np.minimum(begin, 15 - 9))


def test_clips_that_look_alike_are_of_one_source():
    pictures = np.zeros((4, 12, 12, 3), "uint8")
    pictures[1] += np.uint8(ALIKE - 1)
    pictures[2] += np.uint8(2 * ALIKE)
    np.testing.assert_array_equal(sources(tf.constant(pictures)), [0, 0, 2, 0])
    np.testing.assert_array_equal(made()["source"], [0, 0, 0, 0])
