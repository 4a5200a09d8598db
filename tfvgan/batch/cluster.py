"""The files of a folder on a cluster of dask.distributed: a file a task, and no file lost."""

import contextlib
import hashlib
import os
from collections.abc import Iterator, Sequence
from typing import Any

from tfvgan.batch.listed import Item
from tfvgan.batch.pool import TRIES, given_up, with_threads
from tfvgan.batch.records import Records
from tfvgan.batch.work import FolderJob, work

LOCAL = "local:"


def on_cluster(job: FolderJob, items: Sequence[Item], address: str) -> Iterator[dict[str, Any]]:
    """Yields the record of each item, as they are done, by the workers of a cluster.

    All machines see the folders under the same paths, and have tfvgan installed. The file of a
    worker that was killed goes to another, which goes on with it. Workers may join at any time.

    Args:
        job: `FolderJob`.
        items: of the folder.
        address: of a scheduler, such as "tcp://10.0.0.1:8786"; or "local:N", N workers that are
            started here and end with this process.

    Raises:
        ValueError: when dask.distributed is not installed, or nothing answers at the address.
        WrongJob: as `work` does.
    """
    distributed = _distributed()
    from distributed.scheduler import KilledWorker

    with _client(distributed, address) as client:
        tries = dict.fromkeys((item.name for item in items), 0)

        def submit(item):
            text = f"{item.name} {job.run} {tries[item.name]}"
            key = hashlib.sha256(os.fsencode(text)).hexdigest()
            return client.submit(work, job, item, pure=False, key=f"{job.verb}-{key}")

        waiting = {submit(item): item for item in items}
        done = distributed.as_completed(list(waiting))
        for future in done:
            item = waiting.pop(future)
            try:
                record = future.result()
            except KilledWorker:
                tries[item.name] += 1
                if tries[item.name] < TRIES:
                    again = submit(item)
                    waiting[again] = item
                    done.add(again)
                    continue
                begun = Records(job.out).read(item.name) or {"name": item.name}
                record = given_up(job, begun)
            yield record


def _distributed():
    """Returns the package dask.distributed.

    Raises:
        ValueError: when it is not installed.
    """
    try:
        import distributed
    except ImportError:
        raise ValueError(
            "A cluster (--cluster) needs dask.distributed, which is not installed: run "
            "`pip install tfvgan[cluster]`."
        ) from None
    return distributed


@contextlib.contextmanager
def _client(distributed, address):
    """Gives a client of a cluster; one that was started here ends with it."""
    if not address.startswith(LOCAL):
        try:
            client = distributed.Client(address, timeout=30)
        except (OSError, ValueError, TypeError) as error:
            raise ValueError(
                f"No scheduler of dask.distributed answers at {address!r} ({error}): start one by "
                "`dask scheduler`, or use workers of this machine by local:N."
            ) from None
        with client:
            yield client
        return
    import dask

    count = local_workers(address)
    share = max(1, len(os.sched_getaffinity(0)) // count)
    how = {
        "distributed.worker.daemon": False,  # Else a worker may have no children: decoders are.
        "distributed.admin.low-level-log-length": 100,
        "distributed.deploy.lost-worker-timeout": "1 day",  # A killed one may start again slowly.
    }
    with (
        dask.config.set(how),
        with_threads(share),
        distributed.LocalCluster(
            n_workers=count,
            threads_per_worker=1,
            dashboard_address=None,
            memory_limit=0,
            silence_logs=50,
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


def local_workers(address: str) -> int:
    """Returns the number of workers of "local:N".

    Raises:
        ValueError: when it is none.
    """
    count = address.removeprefix(LOCAL)
    if not count.isdecimal() or not int(count):
        raise ValueError(f"`cluster` must be local:N, of N workers from 1, but is {address!r}.")
    return int(count)
