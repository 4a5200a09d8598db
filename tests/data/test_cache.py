import json
import random

import numpy as np
import pytest
from mutations import changed

from tfvgan.data.cache import ClipCache, check_settings, is_cache, read_cache_index, write_index
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
    with pytest.raises(ValueError, match="should be the index of a cache that this version reads"):
        read_cache_index(str(tmp_path))


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


def index_of(folder):
    return json.loads((folder / "index.json").read_text())


def test_a_rotten_clip_is_named_and_others_are_read(tmp_path):
    make(tmp_path)
    cache = ClipCache.open(tmp_path)
    path, file = tmp_path / "clips-00000.tfrecord", cache.files[1]
    data = bytearray(path.read_bytes())
    data[file.first + file.step + 7] ^= 1
    path.write_bytes(data)
    cache = ClipCache.open(tmp_path)
    for number in (0, 1, 3, 4, 5):
        cache.clip(number)
    for _ in range(2):
        with pytest.raises(ValueError, match=r"Clip 1 of `b.mp4` in `.*clips-00000.* is damaged"):
            cache.clip(2)


def test_a_cache_from_before_there_were_checksums_is_read(tmp_path):
    make(tmp_path)
    index = index_of(tmp_path) | {"format": "tfvgan clips 1"}
    for file in index["files"]:
        del file["sums"]
    del index["reading"]
    (tmp_path / "index.json").write_text(json.dumps(index))
    cache = ClipCache.open(tmp_path)
    assert cache.count == 6 and int(cache.clip(2)[0, 0, 0, 0]) == level("b.mp4", 1)


@pytest.mark.parametrize(
    "change",
    [
        {"shard": "../../etc/passwd"},
        {"shard": "/etc/passwd"},
        {"first": -1},
        {"clips": 0},
        {"clips": 10**9},
        {"step": 1},
        {"frames": 3},
        {"height": 2},
        {"width": 10**12},
        {"class_name": "y"},
        {"sums": [1, 2]},
        {"sums": ["1"]},
        {"more": 1},
        {"path": None},
    ],
)
def test_an_index_that_cannot_be_is_refused(change, tmp_path):
    make(tmp_path)
    index = index_of(tmp_path)
    index["files"][0] |= change
    (tmp_path / "index.json").write_text(json.dumps(index))
    with pytest.raises(ValueError, match=r"index\.json` should be the index of a cache") as caught:
        ClipCache.open(tmp_path)
    assert str(caught.value).count("\n") == 0


def tried(folder, count):
    """Returns how many of so many changed indices were refused; others give whole clips."""
    good, draw, refused = (folder / "index.json").read_bytes(), random.Random(0), 0
    for _ in range(count):
        (folder / "index.json").write_bytes(changed(good, draw))
        try:
            cache = ClipCache.open(folder)
            shapes = {cache.clip(number).shape[1:] for number in range(cache.count)}
            assert all(min(shape) >= 1 for shape in shapes)
        except ValueError as error:
            assert str(error).count("\n") == 0
            refused += 1
    return refused


def test_whatever_an_index_says_it_is_read_or_refused_in_a_sentence(tmp_path):
    make(tmp_path)
    assert 100 < tried(tmp_path, 200) < 200


@pytest.mark.slow
def test_whatever_an_index_says_for_long(tmp_path):
    make(tmp_path)
    assert tried(tmp_path, 5000) > 2500
