"""Clips in TFRecord files, and where in them each clip's pixels lie."""

import contextlib
import math
import os
import zlib
from typing import NamedTuple

import numpy as np
import tensorflow as tf

from tfvgan.whole import put


class CachedFile(NamedTuple):
    """Where a shard keeps the clips of one video file.

    The records of a file are equally long, so clip i has its pixels at byte `first + i * step`.
    """

    path: str
    class_name: str
    bytes: int  # of the video file, when it was read
    modified: int  # its time of change, in ns
    clips: int
    shard: str
    first: int
    step: int
    frames: int
    height: int
    width: int
    sums: tuple[int, ...] = ()  # checksum of each clip's pixels; what was made before has none

    @property
    def shape(self):
        """The shape of each clip."""
        return (self.frames, self.height, self.width, 3)

    @property
    def pixels(self):
        """The bytes of a clip's pixels."""
        return math.prod(self.shape)

    @property
    def end(self):
        """Where the pixels of the last clip end."""
        return self.first + (self.clips - 1) * self.step + self.pixels


def example(clip, path, class_name):
    """Returns a clip as the bytes of a tf.train.Example that end with the clip's pixels.

    Its features: "class" and "path" (UTF-8), "shape" (frames, height, width, 3), and "video", the
    uint8 pixels in that shape's order. Sorted by name, as the serialization is, "video" is last.
    """
    texts = {"class": class_name, "path": path}
    features = {
        name: tf.train.Feature(bytes_list=tf.train.BytesList(value=[os.fsencode(text)]))
        for name, text in texts.items()
    }
    features["shape"] = tf.train.Feature(int64_list=tf.train.Int64List(value=clip.shape))
    features["video"] = tf.train.Feature(bytes_list=tf.train.BytesList(value=[clip.tobytes()]))
    message = tf.train.Example(features=tf.train.Features(feature=features))
    return message.SerializeToString(deterministic=True)


class ShardWriter:
    """Writes one shard under a temporary name; `commit` makes it appear, `discard` takes it back.

    Args:
        folder: of the cache.
        name: of the shard.
    """

    def __init__(self, folder, name):
        self.name = name
        self.bytes = 0
        self.files = {}
        self._path = os.path.join(folder, name)
        self._temporary = os.path.join(folder, f".{name}.writing")
        with _as_os_error(self._path):
            self._writer = tf.io.TFRecordWriter(os.fsencode(self._temporary))

    def add(self, file, signature, clip):
        """Appends a clip of a `VideoFile` whose (bytes, modified) are `signature`."""
        record = example(clip, file.path, file.class_name)
        with _as_os_error(self._path):
            self._writer.write(record)
        header, footer = 12, 4  # a record's length and checksum before it, a checksum after it
        step = header + len(record) + footer
        first = self.bytes + step - footer - clip.nbytes
        new = CachedFile(
            *(file.path, file.class_name, *signature, 0, self.name, first, step, *clip.shape[:3])
        )
        entry = self.files.get(file.path, new)
        sums = (*entry.sums, zlib.crc32(np.ascontiguousarray(clip)))
        self.files[file.path] = entry._replace(clips=entry.clips + 1, sums=sums)
        self.bytes += step

    def commit(self):
        """Returns the `CachedFile`s of the shard by path, now that it is in its place."""
        with _as_os_error(self._path):
            self._writer.close()
        put(self._temporary, self._path)
        return self.files

    def discard(self):
        """Removes what was written."""
        with contextlib.suppress(tf.errors.OpError):
            self._writer.close()
        with contextlib.suppress(FileNotFoundError):
            os.remove(self._temporary)


@contextlib.contextmanager
def _as_os_error(path):
    """Makes what TensorFlow raises of a file that it can't write, as on a full disk, an OSError."""
    try:
        yield
    except tf.errors.OpError as error:
        reason = error.message.rpartition("; ")[2] or "it can't be written"
        raise OSError(f"`{path}` can't be written: {reason}.") from None


def open_shard(path, need):
    """Returns the bytes of a shard, uint8, mapped into memory and read when touched.

    Raises:
        ValueError: when the file is missing or has less than `need` bytes.
    """
    have = os.path.getsize(path) if os.path.isfile(path) else 0
    if have < need:
        raise ValueError(
            f"`{path}` should have {need} bytes or more, but has {have}: "
            "delete the cache's folder and prepare it again."
        )
    return np.memmap(path, np.uint8, mode="r")
