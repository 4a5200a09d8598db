"""Who takes the files: one process, several, or a cluster."""

import pytest

from tfvgan.batch.cluster import on_cluster
from tfvgan.batch.pool import in_processes, one_by_one
from tfvgan.batch.runner import runner_of


def test_who_takes_the_files():
    assert runner_of() is one_by_one
    several, cluster = runner_of(3), runner_of(cluster="local:2")
    assert (several.func, several.keywords) == (in_processes, {"jobs": 3})
    assert (cluster.func, cluster.keywords) == (on_cluster, {"address": "local:2"})


def test_wrong_numbers_are_refused():
    with pytest.raises(ValueError, match="from 1, but is 0"):
        runner_of(0)
    with pytest.raises(ValueError, match="leave `jobs`"):
        runner_of(2, "local:2")
