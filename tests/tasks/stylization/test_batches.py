"""What a stylizer learns from: the same again for the same seed, true motion, pictures that pan."""

import inspect
import re

import films
import numpy as np
import pytest
import tensorflow as tf

from tfvgan.data.styles import styled
from tfvgan.tasks.stylization import batches, blended, filtered, panned, video_stylizer
from tfvgan.tasks.stylization.batches import SPEED
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


def test_pairs_are_blended_by_their_strength():
    before = RNG.integers(0, 256, (3, 8, 8, 3)).astype("uint8")
    after = RNG.integers(0, 256, (3, 8, 8, 3)).astype("uint8")
    for strength in (0.0, 0.25, 1.0):
        made = blended(before, None, np.float32(strength), after)
        wanted = (1 - strength) * before + strength * after
        assert made.dtype == np.uint8 and np.abs(made - wanted).max() <= 0.5
    np.testing.assert_array_equal(made, after)


def test_the_squares_of_pairs_lie_in_one_place():
    named = {"video": CLIPS, "pairs": -CLIPS}
    (batch,) = batches(tf.data.Dataset.from_tensors(named), blended, 32, seed=1)
    strength = batch["strength"].numpy()[:, None, None, None, None]
    wanted = (1 - 2 * strength) * batch["source"]
    np.testing.assert_allclose(batch["video"], wanted, atol=1.1 / 255)
    plain = next(iter(batches(clips(1), filtered("ink"), 32, seed=1)))
    assert sorted(batch) == sorted(plain), "what a stylizer reads, and no more"
    np.testing.assert_array_equal(batch["source"], plain["source"])


def test_the_teacher_may_be_a_function_of_ones_own(tmp_path, monkeypatch, eagerly):
    """The example of `batches` runs, on smaller videos and for a step."""
    (example,) = re.findall(r"```python\n(.*?)```", inspect.getdoc(batches), re.S)
    for said, small in (
        ("frames=6, size=256, batch_size=8", "frames=3, size=16, batch_size=1"),
        ("from_preset(size=128", "from_preset(size=16, width=8, depth=1"),
        ("size=128), epochs=20, steps_per_epoch=250", "size=16), epochs=1, steps_per_epoch=1"),
    ):
        assert said in example
        example = example.replace(said, small)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(video_stylizer.PAIRED, "perceptual", 0.0)  # It may not have been fetched.
    films.folder(tmp_path / "videos", frames=(6, 6), classes=())
    names = {}
    exec(example, names)
    assert int(names["model"].step) == 1 and (tmp_path / "negative.keras").is_file()
    (batch,) = batches(clips(1), names["negative"], 32)
    strength = batch["strength"].numpy()[:, None, None, None, None]
    np.testing.assert_allclose(batch["video"], (1 - 2 * strength) * batch["source"], atol=1.1 / 255)
