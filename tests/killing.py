"""Kills processes that are at files, at random moments, as machines do that have no memory."""

import contextlib
import multiprocessing
import os
import random
import signal
import threading
from multiprocessing import forkserver

import pytest

from tfvgan.batch import pool
from tfvgan.batch.records import BEGUN, RECORDS, Records


class Killer(threading.Thread):
    """Kills processes that have begun a file, each once; it ends when it has, or with a `with`.

    Args:
        out: a folder; the records are in it, or anywhere below.
        count: int, how many to kill.
        within: seconds, the longest pause between two; each is drawn.
        seed: of what is drawn.

    Attributes:
        killed: list of the processes' numbers.
    """

    def __init__(self, out, count, within, seed=0):
        super().__init__(daemon=True)
        self.out, self.count, self.within = out, count, within
        self.draws, self.killed, self.ended = random.Random(seed), [], threading.Event()

    def run(self):
        while len(self.killed) < self.count:
            if self.ended.wait(self.draws.uniform(0, self.within)):
                return
            alive = sorted(set(self.begun()) - {os.getpid(), *self.killed})
            with contextlib.suppress(ProcessLookupError):
                if alive:
                    pid = self.draws.choice(alive)
                    os.kill(pid, signal.SIGKILL)
                    self.killed.append(pid)

    def begun(self):
        """Yields the numbers of the processes that have begun a file, and not finished it."""
        for place in self.out.rglob(RECORDS):
            for record in Records(place.parent).all():
                if record["state"] == BEGUN:
                    yield int(record["by"].split()[0])

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *error):
        self.ended.set()
        self.join()


@contextlib.contextmanager
def quick_starts():
    """Has new processes be copies of one that has imported what they need: they start at once.

    Else twenty processes that are started again import TensorFlow twenty times. A copy has but
    one thread, and what others had locked stays locked in it. So the one that is copied has no
    others: NumPy would start some when it is imported, unless it is told to use one.
    """
    import dask

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tfvgan.batch", "distributed"])
    with pool.with_threads(1):
        forkserver.ensure_running()
    with (
        pytest.MonkeyPatch.context() as patch,
        dask.config.set({"distributed.worker.multiprocessing-method": "forkserver"}),
    ):
        patch.setattr(pool.multiprocessing, "get_context", lambda method: context)
        yield


def content(folder):
    """Returns the bytes of each file below a folder, but for hidden ones, by its path there."""
    return {
        file.relative_to(folder): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not any(part[0] == "." for part in file.relative_to(folder).parts)
    }
