"""What a stylizer learns from: the same again for the same seed, true motion, pictures that pan."""

import numpy as np
import pytest
import tensorflow as tf

from tfvgan.data.styles import styled
from tfvgan.tasks.stylization import batches, filtered, panned
from tfvgan.tasks.stylization.batches import SPEED, motion
from tfvgan.video import to_uint8

RNG = np.random.default_rng(0)


def moving(frames=3, side=48, speed=2):
    """Returns a smooth picture that moves to the left, uint8 `(frames, side, side, 3)`."""
    small = RNG.integers(0, 256, (8, 12, 3)).astype("uint8")
    large = tf.image.resize(small, (side, side + speed * frames), "bicubic")
    large = np.clip(large, 0, 255).astype("uint8")
    return np.stack([large[:, speed * n : speed * n + side] for n in range(frames)])


CLIPS = np.stack([moving(), moving()[::-1]]).astype("float32") / 127.5 - 1


def clips(count=2):
    return tf.data.Dataset.from_tensors({"video": CLIPS}).repeat(count)


def test_sources_are_squares_in_the_style_at_their_strength():
    first, second = batches(clips(), filtered("poster"), 32, seed=3)
    assert first["video"].shape == first["source"].shape == (2, 3, 32, 32, 3)
    assert first["flow"].shape == (2, 2, 32, 32, 2) and first["visible"].shape == (2, 2, 32, 32, 1)
    strengths = np.concatenate([first["strength"], second["strength"]])
    assert (strengths >= 0).all() and (strengths <= 1).all()
    for place, strength in enumerate(first["strength"].numpy()):
        wanted = styled(to_uint8(first["source"][place]).numpy(), "poster", strength)
        np.testing.assert_array_equal(to_uint8(first["video"][place]), wanted)
    again = next(iter(batches(clips(), filtered("poster"), 32, seed=3)))
    late = next(iter(batches(clips(1), filtered("poster"), 32, seed=3, start=1)))
    for name in first:
        np.testing.assert_array_equal(first[name], again[name])
        np.testing.assert_array_equal(second[name], late[name])


def test_the_motion_is_that_of_the_source():
    flow, seen = motion(moving()[None])
    inner = np.s_[0, :, 12:-12, 12:-12]
    middle = np.asarray(flow)[inner]
    # What is at x now was at x + 2 in the frame before: the picture moves to the left.
    assert np.median(middle[..., 0]) == pytest.approx(2.0, abs=0.3)
    assert np.abs(np.median(middle[..., 1])) < 0.2
    assert np.asarray(seen)[inner].mean() > 0.5


def test_a_picture_pans_within_itself():
    picture = np.arange(64 * 80, dtype=np.uint16).reshape(64, 80)
    picture = np.stack([picture // 80, picture % 80, 0 * picture], -1).astype("uint8")
    ways = set()
    for seed in range(12):
        video = panned([picture])(np.zeros((4, 16, 16, 3)), np.random.default_rng(seed), 1.0)
        places = video[:, 0, 0, :2].astype(int)
        step = places[1] - places[0]
        ways.add(tuple(step))
        np.testing.assert_array_equal(np.diff(places, axis=0), [step] * 3)
        assert np.abs(step).max() <= SPEED and video.shape == (4, 16, 16, 3)
        np.testing.assert_array_equal(video[0, -1, -1, :2], places[0] + 15)
    assert len(ways) > 4


def test_a_small_picture_is_enlarged():
    video = panned([np.full((4, 9, 3), 7, "uint8")])(
        np.zeros((3, 16, 16, 3)), np.random.default_rng(0), 1.0
    )
    assert video.shape == (3, 16, 16, 3) and (video == 7).all()


def test_a_square_that_does_not_fit():
    with pytest.raises(ValueError, match="`size` must be at most the 48x48 pixels .* is 64"):
        batches(clips(), filtered("ink"), 64)
