"""Clips of a cache through a tf.data service: a dispatcher and two workers on this machine."""

import importlib
import os
import subprocess

import films
import pytest
import tensorflow as tf
import working

from benchmarks.ports import free_ports
from tfvgan.data import ClipCache, prepare, served_clips
from tfvgan.video import to_uint8

SERVICE = tf.data.experimental.service
WORKER = """
import sys, tensorflow as tf
service = tf.data.experimental.service
address, port = sys.argv[1:]
worker = service.WorkerServer(
    service.WorkerConfig(
        dispatcher_address=address,
        worker_address=f"localhost:{port}",
        port=int(port),
        heartbeat_interval_ms=100,
    )
)
print("ready", flush=True)
worker.join()
"""
READER = """
import sys
from tfvgan.data import served_clips
from tfvgan.video import to_uint8
read = iter(served_clips(sys.argv[1], sys.argv[2], 1))
tell = lambda batch: print(to_uint8(batch["video"][0]).numpy().tobytes().hex(), flush=True)
tell(next(read))
sys.stdin.readline()
for batch in read:
    tell(batch)
"""
HARD = 240  # Seconds after which a reader is taken for one that waits for ever.


def cached(tmp_path, monkeypatch, frames):
    """Prepares a cache with a shard for each file."""
    module = importlib.import_module("tfvgan.data.prepare")
    monkeypatch.setattr(module, "SHARD_BYTES", 1)
    videos = films.folder(tmp_path / "videos", frames=frames)
    return prepare(videos, tmp_path / "cache", 2, 8, decoder="pyav", progress=False)


def dispatcher():
    server = SERVICE.DispatchServer(SERVICE.DispatcherConfig(port=0))
    return server, server.target.split("://")[1]


def worker(address):
    config = SERVICE.WorkerConfig(dispatcher_address=address, heartbeat_interval_ms=100)
    return SERVICE.WorkerServer(config)


def known(batches, cache):
    """Returns the number of each clip that came, checked with its label."""
    numbers = {cache.clip(number).tobytes(): number for number in range(cache.count)}
    assert len(numbers) == cache.count
    found = []
    for batch in batches:
        for video, label in zip(batch["video"], batch["label"].numpy(), strict=True):
            found.append(numbers[to_uint8(video).numpy().tobytes()])
            assert cache.label(found[-1]) == label
    return found


@pytest.mark.slow
def test_two_workers_hand_out_each_clip_once_or_each_of_them_all(tmp_path, monkeypatch):
    cache = cached(tmp_path, monkeypatch, (6, 4, 6, 4))
    server, address = dispatcher()
    workers = [worker(address) for _ in range(2)]
    once = known(served_clips(tmp_path / "cache", server.target, 3), cache)
    assert sorted(once) == list(range(10))
    both = known(served_clips(tmp_path / "cache", server.target, 1, "off"), cache)
    assert sorted(both) == sorted([*range(10), *range(10)])
    del workers


@pytest.mark.slow
def test_a_video_that_left_the_cache_is_not_handed_out(tmp_path, monkeypatch):
    cached(tmp_path, monkeypatch, (6, 4, 6, 4))
    os.unlink(tmp_path / "videos" / "walk" / "0.mp4")
    cache = prepare(tmp_path / "videos", tmp_path / "cache", 2, 8, decoder="pyav", progress=False)
    server, address = dispatcher()
    workers = [worker(address)]
    found = known(served_clips(tmp_path / "cache", server.target, 1), cache)
    assert sorted(found) == list(range(7)) == list(range(cache.count))
    del workers


@pytest.mark.slow
def test_a_killed_worker_that_comes_back_has_lost_clips_and_nothing_says_so(tmp_path, monkeypatch):
    """What the page says of the guarantee: readers wait for it; each clip comes once at most."""
    cache = cached(tmp_path, monkeypatch, (4,) * 40)
    server, address = dispatcher()
    ports, started = free_ports(2), []

    def start(code, *words):
        started.append(working.start(["-c", code, *words]))
        return started[-1]

    def work(number):
        assert start(WORKER, address, str(ports[number])).stdout.readline() == "ready\n"

    try:
        work(0)
        reader = start(READER, str(tmp_path / "cache"), server.target)
        said = reader.stdout.readline()
        started[0].kill()
        started[0].wait()
        work(1)
        reader.stdin.write("\n")
        reader.stdin.flush()
        with pytest.raises(subprocess.TimeoutExpired):
            reader.wait(5)  # Who was killed has clips that the dispatcher has not given up.
        work(0)
        rest, errors = reader.communicate(timeout=HARD)
    finally:
        for each in started:
            each.kill()
            each.communicate()
    assert reader.returncode == 0, errors
    numbers = {cache.clip(number).tobytes().hex(): number for number in range(cache.count)}
    found = [numbers[line] for line in (said + rest).split()]
    assert len(set(found)) == len(found), "none comes twice"
    assert 0 < len(found) < cache.count == 80, "some are lost"


def test_what_is_no_cache_or_mode_is_refused(tmp_path, monkeypatch):
    with pytest.raises(ValueError, match="cache"):
        served_clips(tmp_path, "grpc://localhost:1", 1)
    for wrong in ({"mode": "static", "batch_size": 1}, {"batch_size": 0}):
        with pytest.raises(ValueError, match="must be one of off, dynamic and `batch_size` 1 or"):
            served_clips(tmp_path, "grpc://localhost:1", **wrong)
    videos = (
        films.film(tmp_path / "a.mp4", 4, (16, 24)),
        films.film(tmp_path / "b.mp4", 4, (16, 16)),
    )
    how = {"crop": "random", "decoder": "pyav", "progress": False}
    prepare(list(videos), tmp_path / "random", 2, 8, **how)
    shapes = {file.shape for file in ClipCache.open(tmp_path / "random").files}
    assert len(shapes) == 2
    with pytest.raises(ValueError, match="several sizes"):
        served_clips(tmp_path / "random", "grpc://localhost:1", 1)
