"""Clips on the disk: a sequence, in order, however often it is read."""

from types import SimpleNamespace

import numpy as np
import pytest

from tfvgan.data import moving_shapes
from tfvgan.evaluation import store
from tfvgan.evaluation.sampling import Sampling
from tfvgan.evaluation.sources import open_source
from tfvgan.evaluation.store import stored

VIDEOS = moving_shapes(5, 3, 8)["video"]


@pytest.fixture
def clips():
    source = open_source(VIDEOS, "real")
    sampling = Sampling().settled(source)
    source.plan(sampling)
    with stored(source, sampling, progress=False) as clips:
        yield clips


def test_a_sequence_of_clips(clips):
    assert len(clips) == 5 and clips.shape == (3, 8, 8, 3)
    np.testing.assert_array_equal(clips[3], VIDEOS[3])
    np.testing.assert_array_equal(list(clips), VIDEOS)
    with pytest.raises(IndexError):
        clips[5]


def test_batches_hold_all(clips):
    batches = list(clips.batches(2))
    assert [len(batch) for batch in batches] == [2, 2, 1]
    np.testing.assert_array_equal(np.concatenate(batches), VIDEOS)


def test_the_first_and_a_spread(clips):
    assert len(clips.first(2)) == 2 and len(clips.first(9)) == 5
    np.testing.assert_array_equal(clips.spread(3), VIDEOS[[0, 2, 4]])
    assert len(clips.spread(9)) == 5


def test_a_source_that_ends_without_a_clip_is_said():
    class Empty:
        name = "real"

        def __str__(self):
            return "the real set"

        def clips(self, sampling):
            return iter(())

    with (
        pytest.raises(ValueError, match="no clip in the real set"),
        stored(Empty(), Sampling(frames=1, size=8), progress=False),
    ):
        pass


def test_a_disk_without_room_is_said_before_anything_is_read(monkeypatch):
    monkeypatch.setattr(store.shutil, "disk_usage", lambda folder: SimpleNamespace(free=10**9))
    big = Sampling(frames=16, size=1024, videos=256)
    wanted = "take 12.9 GB for a while, but .* has 1.0 GB free: give a smaller size"
    with pytest.raises(ValueError, match=wanted), stored(None, big, progress=False):
        pass
