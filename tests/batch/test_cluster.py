"""Workers of dask.distributed at the files of a folder; some are killed."""

import builtins
import contextlib
import json
import os
from pathlib import Path

import dask
import distributed
import films
import keras
import killing
import pytest
import toy_verb

from tfvgan.batch import cluster, run_folder
from tfvgan.batch.cluster import local_workers, on_cluster
from tfvgan.batch.listed import items
from tfvgan.batch.records import DONE, FAILED, Records
from tfvgan.batch.work import FolderJob
from tfvgan.networks import RestorerGenerator
from tfvgan.tasks import Restorer


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


def test_a_killed_worker_may_take_long_to_start_again(monkeypatch):
    """Dask would leave it out for good after 15 seconds, and nobody would take the files."""
    timeout = "distributed.deploy.lost-worker-timeout"

    class Stub(contextlib.nullcontext):
        def __init__(self, *given, **how):
            super().__init__((dask.config.get(timeout), os.environ["OMP_NUM_THREADS"]))

    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.setattr(distributed, "LocalCluster", Stub)
    monkeypatch.setattr(distributed, "Client", contextlib.nullcontext)
    before = dask.config.get(timeout)
    with cluster._client(distributed, "local:99") as found:
        assert found == ("1 day", "1") == (dask.config.get(timeout), os.environ["OMP_NUM_THREADS"])
    assert dask.config.get(timeout) == before and "OMP_NUM_THREADS" not in os.environ


def test_a_cluster_has_no_jobs(tmp_path):
    with pytest.raises(ValueError, match="leave `jobs`"):
        run_folder("restore", tmp_path, tmp_path / "out", jobs=2, cluster="local:2")


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.filterwarnings("ignore")
def test_twenty_killed_workers_lose_no_file(tmp_path):
    """Each is followed by another; a file whose workers died too often is made by the next call."""
    names = [f"{number}.mp4" for number in range(60)]
    job, left = job_of(tmp_path, *names, seconds=0.3)
    ended = {}
    with killing.quick_starts(), killing.Killer(tmp_path / "out", 20, within=1) as killer:
        while left:
            for record in on_cluster(job, left, "local:2"):
                assert ended.get(record["name"], {}).get("state") != DONE, "it is made once"
                ended[record["name"]] = record
            left = [item for item in left if ended[item.name]["state"] != DONE]
            job = job._replace(run=job.run + "again")
    assert len(killer.killed) == 20 and sorted(ended) == sorted(names)
    assert killing.content(tmp_path / "out") == killing.content(tmp_path / "in")
    assert len(list(Records(job.out).all())) == 60


def restorer(folder):
    """Returns the path of a small restorer, untrained."""
    keras.utils.set_random_seed(0)
    network = RestorerGenerator(2, 8, 1)
    network.build()
    return Restorer(network).save(folder / "generator.keras")


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.filterwarnings("ignore")
def test_twenty_killed_workers_lose_no_file_and_change_none(tmp_path):
    """Others go on with their files; outputs are those of one process, to the bit."""
    videos, settings = tmp_path / "in", {"model": restorer(tmp_path), "codec": "ffv1"}
    for number in range(24):
        films.film(videos / f"{number}.mp4", 20 + number, (16, 24), seed=number)
    alone = run_folder("restore", videos, tmp_path / "one", settings, ending=".mkv")
    assert len(alone.made) == 24
    out, made = tmp_path / "many", []
    how, left = {"ending": ".mkv", "cluster": "local:2"}, True
    with killing.quick_starts(), killing.Killer(out, 20, within=0.7) as killer:
        while left:
            outcome = run_folder("restore", videos, out, settings, **how)
            made, left = made + outcome.made, outcome.left
    assert len(killer.killed) == 20
    assert sorted(made) == sorted(alone.made), "each once"
    outputs = killing.content(out)
    outputs.pop(Path("manifest.jsonl"))
    wanted = killing.content(tmp_path / "one")
    wanted.pop(Path("manifest.jsonl"))
    assert outputs == wanted
    lines = (out / "manifest.jsonl").read_text().splitlines()
    assert sorted(json.loads(line)["name"] for line in lines) == sorted(made)


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.filterwarnings("ignore")
def test_what_fails_on_a_cluster_is_told(tmp_path):
    job, found = job_of(tmp_path, "0.mp4", "bad.mp4")
    records = list(on_cluster(job, found, "local:1"))
    assert {record["name"]: record["state"] for record in records} == {
        "0.mp4": DONE,
        "bad.mp4": FAILED,
    }
