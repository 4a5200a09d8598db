"""What makes parts of libraries in other processes: the real thing, by an embedder that is slow."""

import os
import sys
import time

from drifting import Thumbnails

import tfvgan.batch  # noqa: F401, whose module is looked up

SECONDS = "TFVGAN_TEST_SECONDS"  # That each video takes, in the environment.
module = sys.modules["tfvgan.batch.index_by_file"]
real = module.open_index


class Slow(Thumbnails):
    """An embedder that takes its time."""

    def embed(self, windows):
        time.sleep(float(os.environ.get(SECONDS, "0")))
        return super().embed(windows)


def open_index(settings):
    """Returns what `tfvgan.batch.index_by_file.open_index` does, by such an embedder."""
    module.load_embedder = lambda model: Slow()
    return real(settings)
