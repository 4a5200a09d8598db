import json

import numpy as np
import pytest

from tfvgan.data.cache import ClipCache, check_settings, is_cache, read_index, write_index
from tfvgan.data.files import VideoFile
from tfvgan.data.settings import ClipSettings
from tfvgan.data.shards import ShardWriter

SETTINGS = ClipSettings(frames=2, size=4)
COUNTS = {"b.mp4": 3, "a.mp4": 1, "c.mp4": 2}


def level(path, number):
    return 10 * ord(path[0]) % 200 + number


def make(folder, complete=True):
    """Makes a cache of three files in two shards; each clip has an even grey of its own."""
    entries = {}
    for shard, paths in enumerate([["b.mp4"], ["a.mp4", "c.mp4"]]):
        writer = ShardWriter(str(folder), f"clips-0000{shard}.tfrecord")
        for path in paths:
            file = VideoFile(path, 0, "x" if path == "c.mp4" else "w")
            for number in range(COUNTS[path]):
                writer.add(file, (1, 2), np.full((2, 4, 4, 3), level(path, number), np.uint8))
        entries.update(writer.commit())
    files = [entries[path] for path in sorted(entries)]
    write_index(str(folder), SETTINGS, ["w", "x"], files, complete)


def test_clips_come_in_the_order_of_the_files(tmp_path):
    make(tmp_path)
    cache = ClipCache.open(tmp_path)
    assert (cache.count, cache.frames, cache.size, cache.class_names) == (6, 2, 4, ["w", "x"])
    levels = [level(path, number) for path in sorted(COUNTS) for number in range(COUNTS[path])]
    assert [int(cache.clip(i)[0, 0, 0, 0]) for i in range(6)] == levels
    assert [cache.label(i) for i in range(6)] == [0, 0, 0, 0, 1, 1]
    for i in range(6):
        assert cache.clip(i).shape == SETTINGS.shape
        assert (cache.clip(i) == levels[i]).all()
        assert isinstance(cache.clip(i)[::2], np.memmap)  # not read until it is touched


def test_a_part_of_the_files(tmp_path):
    make(tmp_path)
    cache = ClipCache.open(tmp_path)
    part = cache.only([cache.files[0], cache.files[2]])
    assert part.count == 3
    assert [part.label(i) for i in range(3)] == [0, 1, 1]
    assert int(part.clip(2)[0, 0, 0, 0]) == level("c.mp4", 1)
    assert cache.only([]).count == 0


def test_no_or_an_unfinished_cache_is_said(tmp_path):
    with pytest.raises(ValueError, match="no cache of clips"):
        ClipCache.open(tmp_path)
    assert not is_cache(tmp_path) and not is_cache([tmp_path])
    make(tmp_path, complete=False)
    assert is_cache(tmp_path)
    with pytest.raises(ValueError, match="unfinished"):
        ClipCache.open(tmp_path)


def test_a_missing_shard_is_said(tmp_path):
    make(tmp_path)
    (tmp_path / "clips-00001.tfrecord").unlink()
    with pytest.raises(ValueError, match=r"clips-00001\.tfrecord"):
        ClipCache.open(tmp_path)


@pytest.mark.parametrize("content", ["", "[]", "{}", json.dumps({"format": "other"})])
def test_a_foreign_index_is_refused(tmp_path, content):
    (tmp_path / "index.json").write_text(content)
    with pytest.raises(ValueError, match="not the index of a cache"):
        read_index(str(tmp_path))


def test_an_index_that_says_the_same_is_left_alone(tmp_path):
    make(tmp_path)
    before = (tmp_path / "index.json").stat()
    make(tmp_path)
    assert (tmp_path / "index.json").stat().st_ino == before.st_ino
    assert not list(tmp_path.glob(".*.writing"))


def test_other_settings_are_named():
    check_settings("here", SETTINGS, ClipSettings(frames=2, size=4))
    with pytest.raises(ValueError, match=r"`here` was made with frames=2, size=4, but frames=3, s"):
        check_settings("here", SETTINGS, ClipSettings(frames=3, size=(4, 8)))
