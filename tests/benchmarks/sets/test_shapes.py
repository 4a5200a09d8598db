"""Moving shapes: parts that share no clip, and batches that a seed repeats."""

import itertools

import numpy as np

from benchmarks.sets import shapes


def test_parts_share_no_clip():
    parts = [shapes.clips(part, 8, 8) for part in shapes.SEEDS]
    clips = [clip.tobytes() for part in parts for clip in part]
    assert len(set(clips)) == 24
    assert parts[0].shape == (8, shapes.FRAMES, 8, 8, 3) and parts[0].dtype == np.uint8


def test_batches_are_of_whole_clips_in_the_range_of_videos():
    videos = shapes.clips("train", 8, 8)
    first, again = (next(iter(shapes.batches(videos, 4, seed=3)))["video"] for _ in range(2))
    assert first.shape == (4, shapes.FRAMES, 8, 8, 3)
    np.testing.assert_array_equal(first, again)
    levels = {clip.tobytes() for clip in np.round((first.numpy() + 1) * 127.5).astype(np.uint8)}
    assert len(levels) == 4 and levels <= {clip.tobytes() for clip in videos}


def test_moments_are_frames_at_their_times():
    videos = shapes.clips("train", 2, 8)
    batches = shapes.batches(videos, 4, seed=0, moments=3)
    for batch in itertools.islice(batches, 3):
        assert batch["video"].shape == (4, 3, 8, 8, 3) and batch["times"].shape == (4, 3)
        for clip, times in zip(batch["video"].numpy(), batch["times"].numpy().astype(int)):
            assert (np.diff(times) > 0).all()
            seen = np.round((clip + 1) * 127.5).astype(np.uint8)
            assert any((seen == whole[times]).all() for whole in videos)
