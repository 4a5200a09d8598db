"""What makes parts of libraries in other processes: the real thing, by an embedder that is slow."""

import sys
import time

from drifting import Thumbnails

import tfvgan.batch  # noqa: F401, whose module is looked up

module = sys.modules["tfvgan.batch.index_by_file"]
real = module.open_index


class Slow(Thumbnails):
    """An embedder that takes so many seconds for each video."""

    def __init__(self, seconds):
        super().__init__()
        self.seconds = seconds

    def embed(self, windows):
        time.sleep(self.seconds)
        return super().embed(windows)


def open_index(settings):
    """Returns what `tfvgan.batch.index_by_file.open_index` does, by such an embedder.

    Args:
        settings: as there; the model is its seconds.
    """
    module.load_embedder = lambda model: Slow(float(model))
    return real(settings)
