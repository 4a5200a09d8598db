"""Processes at the files of a folder; some are killed."""

import multiprocessing
import os

import killing
import pytest
import toy_verb

from tfvgan.batch.listed import items
from tfvgan.batch.pool import THREADS, TRIES, given_up, in_processes, one_by_one, with_threads
from tfvgan.batch.records import Records
from tfvgan.batch.work import FolderJob, WrongJob


def job_of(tmp_path, *names, **settings):
    folder = toy_verb.films(tmp_path / "in", *names)
    job = FolderJob(toy_verb.opened, "copy", settings, str(tmp_path / "out"), run="run")
    Records(job.out).begin(job.noted)
    return job, items(folder, job.out)


def states(records):
    return {record["name"]: record["state"] for record in records}


def test_alone_they_are_made_in_order(tmp_path):
    job, found = job_of(tmp_path, "b.mp4", "bad.mp4", "a.mp4")
    made = states(one_by_one(job, found))
    assert made == {"a.mp4": "done", "b.mp4": "done", "bad.mp4": "failed"}
    assert list(made) == ["a.mp4", "b.mp4", "bad.mp4"]


@pytest.mark.slow
def test_a_killed_process_loses_no_file(tmp_path):
    """One file kills a process once and is done then; another always does, and is given up."""
    (tmp_path / "once").touch()
    (tmp_path / "log").mkdir()
    names = [f"{number}.mp4" for number in range(4)]
    job, found = job_of(
        *(tmp_path, *names, "dies-once.mp4", "dies-always.mp4"),
        once=str(tmp_path / "once"),
        log=str(tmp_path / "log"),
    )
    records = list(in_processes(job, found, 2))
    made = states(records)
    assert len(records) == len(made) == len(found)
    assert made.pop("dies-always.mp4") == "failed" and set(made.values()) == {"done"}
    assert "each process at it was killed" in Records(job.out).read("dies-always.mp4")["error"]
    assert len(list((tmp_path / "log").glob("dies-always-*"))) == TRIES
    assert len({record.get("by") for record in records}) > 1
    assert not multiprocessing.active_children()


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_twenty_killed_processes_lose_no_file(tmp_path):
    """A file whose processes were killed too often is named, and made by the next call."""
    names = [f"{number}.mp4" for number in range(80)]
    job, found = job_of(tmp_path, *names, seconds=0.3)
    ended = {}
    with killing.quick_starts(), killing.Killer(tmp_path / "out", 20, within=1.5) as killer:
        left = found
        while left:
            for record in in_processes(job, left, 2):
                assert ended.get(record["name"], {}).get("state") != "done", "it is made once"
                ended[record["name"]] = record
            left = [item for item in found if ended[item.name]["state"] != "done"]
            job = job._replace(run=job.run + "again")
    assert len(killer.killed) == 20 and sorted(ended) == sorted(names)
    assert killing.content(tmp_path / "out") == killing.content(tmp_path / "in")
    assert len(list(Records(job.out).all())) == 80


@pytest.mark.slow
def test_files_of_others_are_not_blamed(tmp_path):
    """Where one process is killed all end; only the file that it was at comes nearer its end."""
    names = ["slow.mp4", "dies-always.mp4"]
    job, found = job_of(tmp_path, *names, seconds=4)
    with killing.quick_starts():
        made = states(in_processes(job, found, 2))
    assert made == {"slow.mp4": "done", "dies-always.mp4": "failed"}


@pytest.mark.slow
def test_settings_that_suit_no_file_stop_all_processes(tmp_path):
    job, found = job_of(tmp_path, "a.mp4", "b.mp4", wrong="model")
    with pytest.raises(WrongJob, match="there is no 'model'"):
        list(in_processes(job, found, 2))
    assert not multiprocessing.active_children()


def test_what_is_given_up_has_a_record(tmp_path):
    job, _ = job_of(tmp_path, "a.mp4")
    record = given_up(job, {"name": "a.mp4", "state": "begun", "run": "run"})
    assert Records(job.out).read("a.mp4") == record
    assert (record["state"], record["again"], record["run"]) == ("failed", False, "run")


def test_threads_are_shared_unless_they_are_said(monkeypatch):
    for name in THREADS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    with with_threads(3):
        assert [os.environ[name] for name in THREADS] == ["3", "3", "7"]
    assert [name for name in THREADS if name in os.environ] == ["OMP_NUM_THREADS"]
