"""What takes the files of a folder one after the other: this process, several, or a cluster."""

import functools

from tfvgan.batch.cluster import on_cluster
from tfvgan.batch.pool import Runner, in_processes, one_by_one


def runner_of(jobs: int = 1, cluster: str | None = None) -> Runner:
    """Returns what has a job done to items, and yields their records as they are done.

    Args:
        jobs: int, processes at once; 1 for this one alone.
        cluster: the address of a scheduler of dask.distributed, or "local:N"; None for no cluster.

    Raises:
        ValueError: when `jobs` is below 1, or both are given.
    """
    if jobs < 1:
        raise ValueError(f"`jobs` (--jobs) must be a number of processes from 1, but is {jobs}.")
    if cluster is not None and jobs != 1:
        raise ValueError("A `cluster` has workers of its own: leave `jobs` (--jobs) out.")
    if cluster is not None:
        return functools.partial(on_cluster, address=cluster)
    return one_by_one if jobs == 1 else functools.partial(in_processes, jobs=jobs)
