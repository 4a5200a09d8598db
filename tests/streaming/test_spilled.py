"""Frames that wait in a file come back as they were, and memory holds none of them."""

import os
import tracemalloc

import numpy as np
import pytest

from tfvgan.streaming import Spilled, kept

FRAMES = np.random.default_rng(0).integers(0, 256, (5, 6, 7, 3), np.uint8)


@pytest.mark.parametrize("most", [1, 2 * FRAMES[0].size, 10**6])
def test_frames_come_back_in_any_order_and_more_may_follow(tmp_path, most):
    with Spilled(tmp_path, most) as frames:
        for frame in FRAMES[:3]:
            frames.append(frame[:, ::-1])  # Not as they lie in memory.
        np.testing.assert_array_equal(frames[1], FRAMES[1, :, ::-1])
        for frame in FRAMES[3:]:
            frames.append(frame[:, ::-1])
        assert len(frames) == 5 and os.listdir(tmp_path) == []
        for _ in range(2):
            np.testing.assert_array_equal(list(frames), FRAMES[:, :, ::-1])
        np.testing.assert_array_equal(frames[-1], FRAMES[4, :, ::-1])
        with pytest.raises(IndexError):
            frames[5]


@pytest.mark.parametrize("spilled", [True, False])
def test_others_are_kept_as_these_are(tmp_path, spilled):
    like = Spilled(tmp_path, 1) if spilled else list(FRAMES)
    with kept(iter(FRAMES), like) as found:
        np.testing.assert_array_equal(list(found), FRAMES)
        assert (found._how[0] == tmp_path) == spilled


def test_memory_holds_few_of_them(tmp_path):
    frame = np.zeros((100, 100, 3), np.uint8)
    with Spilled(tmp_path, 4 * frame.size) as frames:
        tracemalloc.start()
        for _ in range(100):
            frames.append(frame)
        assert sum(each.sum() for each in frames) == 0
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 16 * frame.size
