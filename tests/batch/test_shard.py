"""Shares of a folder: each file in one of them, whatever else is there."""

import pytest

from tfvgan.batch import Shard
from tfvgan.batch.shard import shard_by

NAMES = [f"walk/{number}.mp4" for number in range(1000)]


def test_each_file_is_of_one_share_and_shares_are_about_equal():
    shares = [[name for name in NAMES if Shard(index, 8).holds(name)] for index in range(8)]
    assert sorted(name for share in shares for name in share) == sorted(NAMES)
    assert all(90 < len(share) < 160 for share in shares)
    assert all(Shard().holds(name) for name in NAMES)


def test_the_share_of_a_file_never_changes():
    """Machines of today and of next year take the same files."""
    assert [Shard(index, 5).holds("a.mp4") for index in range(5)].index(True) == 3
    assert Shard(0, 2).holds("\udcff.mp4") != Shard(1, 2).holds("\udcff.mp4")


def test_it_is_read_from_what_was_typed():
    assert shard_by(None, {}) == (Shard(0, 1), "")
    assert shard_by("3/8", {"SLURM_ARRAY_TASK_ID": "1"}) == (Shard(3, 8), "")
    assert str(Shard(3, 8)) == "3/8"


def test_job_arrays_say_it():
    name = "SLURM_ARRAY_TASK_ID"
    slurm = {name: "7", "SLURM_ARRAY_TASK_COUNT": "4", "SLURM_ARRAY_TASK_MIN": "1"}
    slurm["SLURM_ARRAY_TASK_STEP"] = "2"
    assert shard_by(None, slurm) == (Shard(3, 4), name)
    assert shard_by("5", {name: "4"}) == (Shard(4, 5), name)
    index = {"JOB_COMPLETION_INDEX": "0"}
    assert shard_by("6", index) == (Shard(0, 6), "JOB_COMPLETION_INDEX")
    with pytest.raises(ValueError, match="nothing says of how many: give .*--shard N"):
        shard_by(None, index)
    with pytest.raises(ValueError, match="Nothing says which of 6 .* 0/6"):
        shard_by("6", {})


@pytest.mark.parametrize("wrong", ["4/4", "-1/4", "a/b", "1/", "/4", "0/0", "1/2/3"])
def test_no_share_is_refused(wrong):
    with pytest.raises(ValueError, match="from 0 to N - 1"):
        shard_by(wrong, {})


@pytest.mark.parametrize("wrong", [("x", "4"), ("4", "4"), ("3", "x")])
def test_variables_that_say_none_are_refused(wrong):
    index, count = wrong
    variables = {"SLURM_ARRAY_TASK_ID": index, "SLURM_ARRAY_TASK_COUNT": count}
    with pytest.raises(ValueError, match="by SLURM_ARRAY_TASK_ID"):
        shard_by(None, variables)
