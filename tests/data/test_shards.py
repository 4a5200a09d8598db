import os

import numpy as np
import pytest
import tensorflow as tf

from tfvgan.data.files import VideoFile
from tfvgan.data.shards import ShardWriter, open_shard

FEATURES = {
    "class": tf.io.FixedLenFeature((), tf.string),
    "path": tf.io.FixedLenFeature((), tf.string),
    "shape": tf.io.FixedLenFeature((4,), tf.int64),
    "video": tf.io.FixedLenFeature((), tf.string),
}


def clips(count, height, width, seed=0):
    generator = np.random.default_rng(seed)
    return generator.integers(0, 256, (count, 2, height, width, 3), np.uint8)


def written(folder):
    """Writes two files' clips into a shard; returns the writer and what was written."""
    writer = ShardWriter(str(folder), "clips-00000.tfrecord")
    films = {
        VideoFile("/videos/a.mp4", 0, "walk"): clips(3, 4, 6),
        VideoFile("/videos/a film of ö.mp4", 1, "läuft"): clips(150, 8, 8, seed=1),
    }
    for file, film in films.items():
        for clip in film:
            writer.add(file, (10, 20), clip)
    return writer, films


def test_any_tfrecord_tool_reads_the_clips(tmp_path):
    writer, films = written(tmp_path)
    writer.commit()
    records = tf.data.TFRecordDataset(str(tmp_path / "clips-00000.tfrecord"))
    parsed = [tf.io.parse_single_example(record, FEATURES) for record in records]
    wanted = [(file, clip) for file, film in films.items() for clip in film]
    assert len(parsed) == len(wanted)
    for example, (file, clip) in zip(parsed, wanted, strict=True):
        assert example["path"].numpy().decode() == file.path
        assert example["class"].numpy().decode() == file.class_name
        video = tf.reshape(tf.io.decode_raw(example["video"], tf.uint8), example["shape"])
        np.testing.assert_array_equal(video, clip)


def test_the_pixels_lie_where_the_entry_says(tmp_path):
    writer, films = written(tmp_path)
    entries = writer.commit()
    data = open_shard(str(tmp_path / "clips-00000.tfrecord"), max(e.end for e in entries.values()))
    for file, film in films.items():
        entry = entries[file.path]
        assert (entry.clips, *entry.shape) == film.shape
        assert (entry.bytes, entry.modified, entry.class_name) == (10, 20, file.class_name)
        for number, clip in enumerate(film):
            start = entry.first + number * entry.step
            np.testing.assert_array_equal(data[start : start + entry.pixels], clip.ravel())


def test_a_shard_appears_whole_or_not_at_all(tmp_path):
    writer, _ = written(tmp_path)
    assert not (tmp_path / "clips-00000.tfrecord").exists()
    writer.discard()
    assert os.listdir(tmp_path) == []
    written(tmp_path)[0].commit()
    assert os.listdir(tmp_path) == ["clips-00000.tfrecord"]


def test_a_shard_cut_short_is_refused(tmp_path):
    (tmp_path / "x").write_bytes(b"123")
    with pytest.raises(ValueError, match="should have 4 bytes"):
        open_shard(str(tmp_path / "x"), 4)
    with pytest.raises(ValueError, match="has 0"):
        open_shard(str(tmp_path / "absent"), 4)
