"""The sets of the generation benchmark: clips to train on, in a cache, and clips held out.

A clip is 16 frames, every second one of its strip. Of the shapes, whose strips are of 32 frames,
each strip gives two clips, its even frames and its odd ones; 512 strips are held out, one half to
measure against and one to be measured against it. Of the people there are 72 strips, too few to
hold any out: each is cut into overlapping clips, and those that do not overlap, halved, are what
is measured against.
"""

import io
import json
import os
import tarfile

import numpy as np

FRAMES, STRIDE, SIZE, HELD_OUT = 16, 2, 64, 256
SPAN = FRAMES * STRIDE
SETTINGS = {"frames": FRAMES, "size": SIZE, "stride": STRIDE}


class Clips:
    """The clips of a cache, read without TensorFlow: uint8 `(16, 64, 64, 3)` each.

    Args:
        folder: of the cache.
    """

    def __init__(self, folder):
        with open(os.path.join(folder, "index.json"), encoding="utf-8") as file:
            files = json.load(file)["files"]
        names = sorted({file["shard"] for file in files})
        self._shards = {name: np.memmap(os.path.join(folder, name), np.uint8) for name in names}
        self._places = [
            (file["shard"], file["first"] + number * file["step"])
            for file in files
            for number in range(file["clips"])
        ]

    def __len__(self):
        return len(self._places)

    def __getitem__(self, number):
        shard, start = self._places[number]
        shape = (FRAMES, SIZE, SIZE, 3)
        return self._shards[shard][start : start + np.prod(shape)].reshape(shape)


def prepare(name, archive, folder):
    """Makes `folder/cache` and `folder/real.npz`, unless they are there.

    Args:
        name: "shapes" or "actions".
        archive: path of the .tar.gz.
        folder: path, made if it is missing.
    """
    done = os.path.join(folder, "real.npz")
    if os.path.exists(done):
        return
    cache = os.path.join(folder, "cache")
    os.makedirs(cache, exist_ok=True)
    with tarfile.open(archive) as tar:
        names = sorted(member.name for member in tar if member.isfile())
    order = np.random.default_rng(0).permutation(len(names))
    held_out = {names[n] for n in order[: 2 * HELD_OUT]} if name == "shapes" else ()
    real, training = {}, _Cache(cache, 0 if name == "shapes" else FRAMES - 2)
    for path, video in _strips(archive):
        windows = 1 + (len(video) - SPAN) // SPAN
        real[path] = [video[n * SPAN : n * SPAN + SPAN : STRIDE] for n in range(windows)]
        if path not in held_out:
            shift = 1 if name == "shapes" else 4
            starts = range(0, len(video) - SPAN + STRIDE, shift)
            training.add(path, [video[n : n + SPAN - 1 : STRIDE] for n in starts])
    training.close()
    halves = [[names[n] for n in half] for half in _halved(order, name)]
    halves = [np.stack([clip for path in half for clip in real[path]]) for half in halves]
    save(done, reference=halves[0][:HELD_OUT], floor=halves[1][:HELD_OUT])


def real(folder):
    """Returns the two halves of real clips, uint8 `(256 or less, 16, 64, 64, 3)` each."""
    with np.load(os.path.join(folder, "real.npz")) as file:
        return file["reference"], file["floor"]


def save(path, **arrays):
    """Writes a .npz file, which appears whole."""
    part = f"{path}.part"
    with open(part, "wb") as file:
        np.savez_compressed(file, **arrays)
    os.replace(part, path)


def _halved(order, name):
    if name == "shapes":
        return order[:HELD_OUT], order[HELD_OUT : 2 * HELD_OUT]
    return order[::2], order[1::2]


def _strips(archive):
    """Yields the path and the frames, uint8 `(frames, 64, 64, 3)`, of each strip."""
    from PIL import Image

    with tarfile.open(archive) as tar:
        for member in tar:
            if member.isfile():
                strip = Image.open(io.BytesIO(tar.extractfile(member).read())).convert("RGB")
                strip = np.asarray(strip)
                yield member.name, np.stack(np.split(strip, strip.shape[1] // SIZE, axis=1))


class _Cache:
    """Writes clips as `tfvgan.data.prepare` does those of video files."""

    def __init__(self, folder, overlap):
        from tfvgan.data.settings import ClipSettings

        self.folder = folder
        self.settings = ClipSettings(**SETTINGS, overlap=overlap)
        self.files, self.writer, self.number = {}, None, 0

    def add(self, path, clips):
        """Appends the clips of a strip."""
        from tfvgan.data.files import VideoFile
        from tfvgan.data.prepare import SHARD_BYTES
        from tfvgan.data.shards import ShardWriter

        if self.writer is None:
            self.writer = ShardWriter(self.folder, f"clips-{self.number:05d}.tfrecord")
        file = VideoFile(path, class_name=os.path.basename(os.path.dirname(path)))
        for clip in clips:
            self.writer.add(file, (0, 0), np.ascontiguousarray(clip))
        if self.writer.bytes >= SHARD_BYTES:
            self._commit()

    def _commit(self):
        self.files.update(self.writer.commit())
        self.writer, self.number = None, self.number + 1

    def close(self):
        """Completes the cache."""
        from tfvgan.data.cache import write_index

        if self.writer:
            self._commit()
        names = sorted({file.class_name for file in self.files.values()})
        write_index(self.folder, self.settings, names, list(self.files.values()), complete=True)
