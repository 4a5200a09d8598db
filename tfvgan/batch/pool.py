"""Several processes at the files of a folder; where one is killed, others go on with its file."""

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection
from typing import Any

from tfvgan.batch.listed import Item
from tfvgan.batch.records import BEGUN, FAILED, Records
from tfvgan.batch.work import FolderJob, work

TRIES = 3  # How many processes may be killed at one file before it is given up.
THREADS = ("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS", "OMP_NUM_THREADS")


def one_by_one(job: FolderJob, items: Sequence[Item]) -> Iterator[dict[str, Any]]:
    """Yields the record of each item, which this process makes one after the other."""
    for item in items:
        yield work(job, item)


def in_processes(
    job: FolderJob, items: Sequence[Item], jobs: int, cores: int | None = None
) -> Iterator[dict[str, Any]]:
    """Yields the record of each item, as they are done, by processes of their own.

    Each has its share of the cores for TensorFlow's threads. They end with this process.

    Args:
        job: `FolderJob`.
        items: of the folder.
        jobs: int, how many processes.
        cores: of this machine; None to look.

    Raises:
        WrongJob: as `work` does.
    """
    left, tries = {item.name: item for item in items}, dict.fromkeys((i.name for i in items), 0)
    while left:
        killed = set()
        for record in _round(job, list(left.values()), min(jobs, len(left)), cores, killed):
            left.pop(record["name"])
            yield record
        for name in list(left):
            record = Records(job.out).read(name) or {}
            begun = record.get("state") == BEGUN and record.get("run") == job.run
            if begun and int(record["by"].split()[0]) in killed:
                tries[name] += 1
            if tries[name] >= TRIES:
                left.pop(name)
                yield given_up(job, record)


def given_up(job: FolderJob, record: dict[str, Any]) -> dict[str, Any]:
    """Returns the record, which is written, of a file whose processes were killed too often.

    Args:
        job: `FolderJob`.
        record: of the file, which was begun.
    """
    said = (
        "each process at it was killed, as where memory runs out: give each more of it, by fewer "
        "processes or less --memory"
    )
    new = {**record, "state": FAILED, "error": said, "again": False}
    return Records(job.out).write(record["name"], new)


def _round(job, items, jobs, cores, killed):
    """Yields records until all items are done, or a process is killed: its number is added."""
    share = max(1, (cores or len(os.sched_getaffinity(0))) // jobs)
    others = set(multiprocessing.active_children())
    with with_threads(share):
        pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), _begin)
        futures = [pool.submit(work, job, item) for item in items]  # Which starts them.
    ours = set(multiprocessing.active_children()) - others
    try:
        for future in as_completed(futures):
            yield future.result()
    except BrokenProcessPool:
        pool.shutdown()  # The others are told to end.
        killed |= {each.pid for each in ours if each.exitcode not in (0, -signal.SIGTERM)}
    except BaseException:  # Such as a stop: what they are at is gone on with later.
        for process in ours:
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


@contextlib.contextmanager
def with_threads(count):
    """Has processes that are started meanwhile use so many threads, where nothing else is said."""
    new = [name for name in THREADS if name not in os.environ]
    os.environ.update(dict.fromkeys(new, str(count)))
    try:
        yield
    finally:
        for name in new:
            del os.environ[name]


def _begin():
    """Prepares a process: Ctrl-C is for the one that asks, and when that ends this one does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def follow():
        connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


Runner = Callable[[FolderJob, Sequence[Item]], Iterator[dict[str, Any]]]
