import numpy as np
import pytest
from drifting import Thumbnails, drift, drifting

from tfvgan.data.write import write_video
from tfvgan.library.embedding import vectors_of


def test_each_half_second_has_a_vector_but_what_is_flat(tmp_path):
    film = drift(4)
    film[10:25] = 0
    told, embedder = [], Thumbnails()
    path = write_video(tmp_path / "a.mp4", film, fps=10)
    times, numbers = vectors_of(path, embedder, tell=told.append)
    assert times.tolist() == [0, 0.5, 2.5, 3, 3.5] and times.dtype == np.float32
    assert numbers.shape == (5, 64) and numbers.dtype == np.int8 and embedder.seen == 5
    assert told == [3.5]
    halves = vectors_of(path, embedder, hop=2)
    assert len(halves.times) > 8
    np.testing.assert_array_equal(halves.numbers[np.isin(halves.times, times)], numbers)


def test_what_shows_nothing_has_no_vectors(tmp_path):
    path = write_video(tmp_path / "a.mp4", np.zeros((20, 32, 32, 3), np.uint8), fps=10)
    times, numbers = vectors_of(path, Thumbnails())
    assert times.shape == (0,) and numbers.shape == (0, 64)


def test_an_embedder_that_makes_something_else_is_refused(tmp_path):
    embedder = Thumbnails("other")
    embedder.embed = lambda windows: np.zeros((len(windows), 32), np.int8)
    with pytest.raises(ValueError, match=r"'other' should make int8 \(4, 64\) of 4 windows, but"):
        vectors_of(drifting(tmp_path / "a.mp4", 2), embedder)
