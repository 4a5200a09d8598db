"""A codec for tests: frames as they are, by zlib."""

import zlib

import numpy as np


class Packing:
    """See `tfvgan.tasks.compression.Codec`.

    Args:
        stop: int, raises KeyboardInterrupt instead of the group with this number.
        **settings: that it says decide its bytes.
    """

    name = "packing"
    identity = bytes(range(32))

    def __init__(self, stop=None, **settings):
        self.left = stop
        self.settings = settings
        self.counts = []

    def _count(self):
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                raise KeyboardInterrupt

    def encode(self, frames, fps):
        self._count()
        self.counts.append(len(frames))
        return zlib.compress(np.stack(frames).tobytes())

    def decode(self, payload, count, size):
        self._count()
        try:
            frames = np.frombuffer(zlib.decompress(payload), "uint8")
        except zlib.error as error:
            raise ValueError(f"The group can't be unpacked: {error}.") from None
        yield from frames.reshape(count, *size, 3)
