"""Clips in a temporary file, read once for each metric, in constant memory."""

import contextlib
import os
import shutil
import tempfile

import numpy as np


class StoredClips:
    """Clips of one set: a sequence of uint8 `(frames, height, width, 3)`, read when asked for.

    Args:
        file: binary file with the clips' pixels, one clip after the other.
        shape: of a clip.
        count: how many to take of those in the file.
    """

    def __init__(self, file, shape, count):
        self.shape = tuple(shape)
        self._file = file
        self._count = count

    def __len__(self):
        return self._count

    def __getitem__(self, number):
        if not 0 <= number < self._count:
            raise IndexError(number)
        pixels = int(np.prod(self.shape))
        data = os.pread(self._file.fileno(), pixels, number * pixels)
        return np.frombuffer(data, np.uint8).reshape(self.shape)

    def first(self, count):
        """Returns the first `count` clips alone."""
        return StoredClips(self._file, self.shape, min(count, self._count))

    def batches(self, size, order=None):
        """Yields videos, uint8 `(n, t, h, w, 3)` of `size` clips; the last may hold fewer.

        Args:
            size: clips of a batch.
            order: the clips' numbers in the order to read them; theirs unless given.
        """
        order = range(self._count) if order is None else order
        for start in range(0, self._count, size):
            yield np.stack([self[int(number)] for number in order[start : start + size]])

    def spread(self, count):
        """Returns `count` clips at most, evenly spread over the set: uint8 `(n, t, h, w, 3)`."""
        places = np.linspace(0, self._count - 1, min(count, self._count)).round().astype(int)
        return np.stack([self[int(place)] for place in places])


@contextlib.contextmanager
def stored(source, sampling, progress=True):
    """Gives the `StoredClips` of a planned `VideoSet`, in a temporary file that is gone afterwards.

    Args:
        source: `tfvgan.evaluation.sources.VideoSet`.
        sampling: the settled `Sampling`.
        progress: whether to show a bar.

    Raises:
        ValueError: when the source gives no clip after all, or the disk has no room for them.
    """
    from tqdm import tqdm

    shape = (sampling.frames, *sampling.size, 3)
    _check_room(sampling.videos * int(np.prod(shape)))
    with tempfile.TemporaryFile() as file:
        count = 0
        bar = tqdm(
            source.clips(sampling),
            desc=f"read {source.name}",
            total=sampling.videos,
            unit="clip",
            disable=not progress,
            leave=False,
        )
        for clip in bar:
            file.write(np.ascontiguousarray(clip).tobytes())
            count += 1
        file.flush()
        if not count:
            raise ValueError(f"There is no clip in {source}: look at it with `tfvgan doctor`.")
        yield StoredClips(file, shape, count)


def _check_room(needed):
    """Raises a ValueError when the folder of temporary files has no room for so many bytes."""
    folder = tempfile.gettempdir()
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise ValueError(
            f"The clips take {needed / 1e9:.1f} GB for a while, but {folder} has "
            f"{free / 1e9:.1f} GB free: give a smaller size, fewer videos, or another folder in "
            "the variable TMPDIR."
        )
