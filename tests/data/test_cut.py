import numpy as np
import pytest

from tfvgan.data.cut import ShortVideo, cut


def chunks(count, length):
    frames = np.arange(count, dtype=np.uint8)[:, None, None, None] * np.ones((1, 2, 2, 3), np.uint8)
    return (frames[i : i + length] for i in range(0, count, length))


def numbers(count, frames, overlap=0, length=3, loop=False):
    clips = list(cut(chunks(count, length), frames, overlap, "a.mp4", loop))
    return [clip[:, 0, 0, 0].tolist() for clip in clips]


@pytest.mark.parametrize("length", [1, 3, 4, 100])
def test_clips_follow_each_other_and_the_rest_is_dropped(length):
    assert numbers(10, 4, length=length) == [[0, 1, 2, 3], [4, 5, 6, 7]]


@pytest.mark.parametrize("length", [1, 3, 100])
def test_clips_overlap(length):
    assert numbers(6, 3, 2, length) == [[0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5]]
    assert numbers(7, 3, 1, length) == [[0, 1, 2], [2, 3, 4], [4, 5, 6]]


def test_a_short_file_is_looped_or_refused():
    assert numbers(3, 8, loop=True) == [[0, 1, 2, 0, 1, 2, 0, 1]]
    with pytest.raises(ShortVideo, match=r"`a\.mp4` is too short \(3 frames"):
        numbers(3, 8)
    with pytest.raises(ShortVideo, match="0 frames"):
        numbers(0, 8, loop=True)


def test_a_clip_owns_its_pixels():
    assert all(clip.base is None for clip in cut(chunks(8, 8), 4, 0, "a.mp4"))
