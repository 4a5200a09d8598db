"""What a steadier learns from: there and back, the same again for the same seed."""

import moving
import numpy as np
import pytest
import tensorflow as tf

from tfvgan.data.flicker import flickering
from tfvgan.data.order import generator
from tfvgan.tasks.motion import motion_and_back
from tfvgan.tasks.steadying import batches
from tfvgan.video import to_uint8

CLIPS = np.concatenate([moving.texture(3, 24, (1, 0), seed) for seed in range(2)])


def clips(count=2):
    video = CLIPS.astype("float32") / 127.5 - 1
    return tf.data.Dataset.from_tensors({"video": video}).repeat(count)


def test_frames_come_there_and_back_beside_what_flickers_and_what_does_not():
    first, second = batches(clips(), 16, seed=3)
    for name in ("video", "source", "processed"):
        assert first[name].shape == (2, 5, 16, 16, 3)
    source = to_uint8(first["source"]).numpy()
    np.testing.assert_array_equal(source, source[:, ::-1])
    draws = generator("flicker", 3, 0, 1)
    top, left = (draws.integers(24 - 16 + 1) for _ in range(2))
    np.testing.assert_array_equal(source[1, :3], CLIPS[1, :, top : top + 16, left : left + 16])
    flickers, steady = flickering(source[1], draws)
    np.testing.assert_array_equal(to_uint8(first["processed"][1]), flickers)
    np.testing.assert_array_equal(to_uint8(first["video"][1]), steady)
    flow, seen = motion_and_back(tf.constant(source[:, :3]))
    np.testing.assert_array_equal(first["flow"], flow)
    np.testing.assert_array_equal(first["visible"], seen)
    late = next(iter(batches(clips(1), 16, seed=3, start=1)))
    for name in second:
        np.testing.assert_array_equal(second[name], late[name])


def test_a_square_that_does_not_fit():
    with pytest.raises(ValueError, match="`size` must be at most the 24x24 pixels .* is 32"):
        batches(clips(), 32)
