"""Workers of dask.distributed at the files of a folder; some are killed."""

import builtins
import os
import random
import signal
import threading
import time

import pytest
import toy_verb

from tfvgan.batch import run_folder
from tfvgan.batch.cluster import local_workers, on_cluster
from tfvgan.batch.listed import items
from tfvgan.batch.records import BEGUN, DONE, Records
from tfvgan.batch.work import FolderJob


def job_of(tmp_path, *names, **settings):
    folder = toy_verb.films(tmp_path / "in", *names)
    job = FolderJob(toy_verb.opened, "copy", settings, str(tmp_path / "out"), run="run")
    Records(job.out).begin(job.noted)
    return job, items(folder, job.out)


@pytest.mark.parametrize("wrong", ["local:0", "local:x", "local:", "local:-1"])
def test_workers_of_this_machine_are_counted(wrong, tmp_path):
    assert local_workers("local:3") == 3
    with pytest.raises(ValueError, match="local:N, of N workers from 1"):
        local_workers(wrong)


def test_without_the_package_a_sentence_says_how_to_get_it(tmp_path, monkeypatch):
    job, found = job_of(tmp_path, "a.mp4")
    imported = builtins.__import__

    def without(name, *rest):
        if name == "distributed":
            raise ImportError(name)
        return imported(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ValueError, match=r"pip install tfvgan\[cluster\]"):
        list(on_cluster(job, found, "local:1"))


def test_a_cluster_has_no_jobs(tmp_path):
    with pytest.raises(ValueError, match="leave `jobs`"):
        run_folder("restore", tmp_path, tmp_path / "out", jobs=2, cluster="local:2")


def kill_some(out, names, count, killed):
    """Kills the process that is at a file, again and again, at random moments."""
    draws, records = random.Random(0), Records(out)
    while len(killed) < count:
        time.sleep(draws.uniform(0.1, 0.6))
        found = [records.read(name) or {} for name in names]
        begun = [record["by"] for record in found if record.get("state") == BEGUN]
        if sum(record.get("state") == DONE for record in found) == len(names):
            return
        pids = {int(by.split()[0]) for by in begun} - {pid for pid, _ in killed} - {os.getpid()}
        for pid in sorted(pids)[:1]:
            os.kill(pid, signal.SIGKILL)
            killed.append((pid, time.monotonic()))


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.filterwarnings("ignore")
def test_killed_workers_lose_no_file(tmp_path):
    """Each is followed by another; outputs are those of one machine, and each is listed once."""
    names = [f"{number}.mp4" for number in range(8)]
    job, found = job_of(tmp_path, *names, "bad.mp4", seconds=1)
    killed = []
    killer = threading.Thread(target=kill_some, args=(job.out, names, 3, killed), daemon=True)
    killer.start()
    records = list(on_cluster(job, found, "local:2"))
    killer.join(10)
    assert killed
    assert sorted(record["name"] for record in records) == sorted([*names, "bad.mp4"])
    states = {record["name"]: record["state"] for record in records}
    assert states.pop("bad.mp4") == "failed" and set(states.values()) == {DONE}
    assert [(tmp_path / "out" / name).read_text() for name in names] == names
    assert len(list(Records(job.out).all())) == 9
