"""What a segmenter learns from: masks in step with their squares, of files and of composites."""

import sys

import moving
import numpy as np
import pytest
import tensorflow as tf

from tfvgan.data.composites import Cutout, Staging, composite
from tfvgan.data.masks import one_hot
from tfvgan.data.order import generator
from tfvgan.tasks.motion import motion
from tfvgan.tasks.segmentation import batches
from tfvgan.video import from_uint8, to_uint8

CLIPS = np.concatenate([moving.texture(3, 24, (1, 0), seed) for seed in range(2)])
MASKS = np.repeat(CLIPS[..., :1] // 86, 3, axis=-1)  # Classes 0 to 2, a function of red.


def clips(count=2, **more):
    named = {"video": CLIPS, **more}
    named = {name: from_uint8(videos) for name, videos in named.items()}
    return tf.data.Dataset.from_tensors(named).repeat(count)


@pytest.fixture
def without_motion(monkeypatch):
    """Leaves out the search for motion, which takes most of the time."""
    places = sys.modules["tfvgan.tasks.segmentation.batches"]
    monkeypatch.setattr(
        places, "motion", lambda video: (video[:, 1:, ..., :2], video[:, 1:, ..., :1])
    )


def same(one, other):
    for name in one:
        np.testing.assert_array_equal(one[name], other[name])


def test_motion_is_that_of_the_squares():
    (batch,) = batches(clips(1, masks=MASKS), 16, 3)
    flow, seen = motion(to_uint8(batch["video"]))
    np.testing.assert_allclose(batch["flow"], flow, atol=1e-4)
    np.testing.assert_array_equal(batch["visible"], seen)
    assert flow.shape == (2, 2, 16, 16, 2) and seen.shape == (2, 2, 16, 16, 1)


def test_motion_is_not_looked_for_where_nothing_needs_it(monkeypatch):
    (known,) = batches(clips(1), 16)
    places = sys.modules["tfvgan.tasks.segmentation.batches"]
    monkeypatch.setattr(places, "motion", None)
    (batch,) = without = batches(clips(1), 16, moves=False)
    assert without.element_spec["flow"].shape == (None, 2, 16, 16, 2)
    for name in ("flow", "visible"):
        assert batch[name].shape == known[name].shape and not batch[name].numpy().any()
        assert batch[name].dtype == tf.float32
    for name in ("video", "mask"):
        np.testing.assert_array_equal(batch[name], known[name])


def test_masks_of_files_lie_where_their_squares_do_to_the_pixel(without_motion):
    first, second = batches(clips(masks=MASKS), 16, 3, seed=3)
    assert first["mask"].shape == (2, 3, 16, 16, 3) and first["mask"].dtype == tf.float32
    for batch in (first, second):
        video = to_uint8(batch["video"]).numpy()
        np.testing.assert_array_equal(batch["mask"], one_hot(video[..., 0] // 86, 3))
    same(second, next(iter(batches(clips(1, masks=MASKS), 16, 3, seed=3, start=1))))
    assert (first["video"] != second["video"]).numpy().any()


def test_without_masks_things_are_put_over_the_clips(without_motion):
    staging = Staging(camera="moving")
    cutout = Cutout(CLIPS[0], np.full((3, 24, 24), 255, "uint8"), 2)
    how = {"classes": 3, "seed": 3, "staging": staging, "cutouts": [cutout]}
    first, second = batches(clips(), 16, **how)
    draws = generator("composite", 3, 0, 1)
    assert [draws.integers(24 - 24 + 1) for _ in range(2)] == [0, 0]  # All of a clip is ground.
    wanted = composite(draws, CLIPS[1], 16, 3, staging, [cutout], 3)
    np.testing.assert_array_equal(to_uint8(first["video"][1]), wanted.video)
    np.testing.assert_array_equal(first["mask"][1], wanted.shares)
    same(second, next(iter(batches(clips(1), 16, start=1, **how))))


def test_cutouts_are_put_over_half_of_the_clips_that_have_masks(without_motion):
    cutout = Cutout(np.full((3, 24, 24, 3), 255, "uint8"), np.full((3, 24, 24), 255, "uint8"), 2)
    how = {"classes": 3, "seed": 3, "cutouts": [cutout], "staging": Staging(camera="moving")}
    found = list(batches(clips(8, masks=MASKS), 16, **how))
    plain = 0
    for number, batch in enumerate(found):
        for place, ground in enumerate(CLIPS):
            video, mask = to_uint8(batch["video"][place]).numpy(), batch["mask"][place].numpy()
            as_it_is = (mask == one_hot(video[..., 0] // 86, 3)).all()
            draws = generator("composite", 3, number, place)
            assert [draws.integers(24 - 24 + 1) for _ in range(2)] == [0, 0]
            if draws.random() < 0.5:
                known = MASKS[place, ..., 0]
                made = composite(draws, ground, 16, 3, how["staging"], [cutout], 3, known)
                np.testing.assert_array_equal(mask, made.shares)
            else:
                assert as_it_is
                plain += 1
    assert 3 < plain < 13
    same(found[5], next(iter(batches(clips(1, masks=MASKS), 16, start=5, **how))))


def test_shares_sum_to_one(without_motion):
    for batch in batches(clips(), 16):
        np.testing.assert_allclose(tf.reduce_sum(batch["mask"], -1), 1, atol=1e-5)


def test_a_class_too_many_is_said(without_motion):
    with pytest.raises(tf.errors.OpError, match="Masks of 2 classes"):
        next(iter(batches(clips(masks=MASKS), 16, 2)))


@pytest.mark.parametrize("more", [{}, {"masks": MASKS}])
def test_a_square_that_does_not_fit(more):
    with pytest.raises(ValueError, match="`size` must be at most the 24x24 pixels .* is 32"):
        batches(clips(**more), 32)
