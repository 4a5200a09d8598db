"""tfvgan.data.worker: processes that decode, crash or hang for us."""

import os
import threading
import time

import media
import numpy as np
import pytest

from tfvgan.data import worker
from tfvgan.data.leaving import Leaving
from tfvgan.data.pyav import probe
from tfvgan.data.worker import Pool, Refused, Unavailable, Worker

HOW = (None, "center", None, 1)


@pytest.fixture(scope="module")
def pool():
    pool = Pool()
    try:
        pool.ffmpeg()
    except Unavailable as error:
        pytest.skip(f"tensorflow-io doesn't work here: {error}")
    yield pool
    pool.close()


def test_a_pool_decodes_in_workers_that_it_keeps(tmp_path, pool):
    info = probe(media.video(tmp_path / "a"))
    first = pool.decode(info, *HOW)
    assert first.shape == (12, 48, 64, 3)
    kept = list(pool._idle)
    assert (pool.decode(info, *HOW) == first).all()
    assert np.array_equal(pool.decode(info, (16, 20), "center", 5.0, 1).shape, (6, 16, 20, 3))
    assert pool._idle == kept and pool.ffmpeg().startswith("FFmpeg 4")


def test_ctrl_c_is_for_who_asks_alone(pool):
    """A terminal sends it to all processes of a group, and a worker would end in its midst."""
    pool.ffmpeg()
    worker = pool._idle[-1]._process.pid
    assert os.getsid(worker) == worker != os.getsid(0) and os.getpgid(worker) != os.getpgid(0)


def test_a_refused_file_costs_no_worker(tmp_path, pool):
    info = probe(media.video(tmp_path / "a"))
    with pytest.raises(Refused, match="unable to open"):
        pool.decode(info._replace(path=media.text(tmp_path / "b.mp4")), *HOW)
    assert pool._idle[-1].alive


def test_a_crash_ends_the_worker_alone_and_the_next_file_is_read(tmp_path, pool):
    info = probe(media.video(tmp_path / "a"))
    crashing = pool._idle.pop()
    crashing._process.kill()
    with pytest.raises(Refused, match="ended with code -9"):
        crashing.decode(info, *HOW)
    assert not crashing.alive
    crashing.close()
    pool._idle.append(crashing)  # as one that died while nobody asked it
    assert pool.decode(info, *HOW).shape == (12, 48, 64, 3)
    assert crashing not in pool._idle


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_hang_is_ended_in_time(tmp_path, pool):
    info = probe(media.video(tmp_path / "a"))
    os.mkfifo(tmp_path / "endless")  # who reads it waits until someone writes
    hanging = pool._idle.pop()
    started = time.monotonic()
    with pytest.raises(Refused, match="ended with code"):
        hanging.decode(info._replace(path=str(tmp_path / "endless")), *HOW, seconds=1)
    assert time.monotonic() - started < 10 and not hanging.alive
    hanging.close()


def test_what_does_not_start_is_said_and_not_tried_again(monkeypatch):
    monkeypatch.setattr(worker, "installed", lambda: True)
    monkeypatch.setattr(worker, "PROGRAM", "raise SystemExit(3)  # {}")
    with pytest.raises(Unavailable, match="ended with code 3"):
        Worker()
    tried = Pool()
    for _ in range(2):
        with pytest.raises(Unavailable, match="ended with code 3"):
            tried.decode(None)
        monkeypatch.setattr(worker, "PROGRAM", None)


def test_its_own_reason_is_passed_on(monkeypatch):
    said = """import json; print(json.dumps({{"error": "no FFmpeg 4"}}))  # {}"""
    monkeypatch.setattr(worker, "PROGRAM", said)
    with pytest.raises(Unavailable, match="no FFmpeg 4"):
        Worker()


def test_at_the_end_a_busy_worker_is_ended_and_none_is_started(tmp_path, monkeypatch):
    info = probe(media.video(tmp_path / "a"))
    asleep = """import time; print('{{"ffmpeg": "one"}}', flush=True); time.sleep(60)  # {}"""
    monkeypatch.setattr(worker, "PROGRAM", asleep)
    monkeypatch.setattr(worker, "installed", lambda: True)
    monkeypatch.setattr(Worker, "running", set())
    monkeypatch.setattr(worker, "LEAVING", threading.Event())
    pool, ends = Pool(), []

    def ask():
        with pytest.raises(Leaving):
            pool.decode(info, *HOW)
        ends.append(1)

    asking = threading.Thread(target=ask)
    asking.start()
    while asking.is_alive() and not Worker.running:
        time.sleep(0.01)
    worker.LEAVING.set()
    worker._kill_all()
    asking.join()
    assert ends and not Worker.running
    with pytest.raises(Leaving):
        Worker()
    assert not Worker.running
