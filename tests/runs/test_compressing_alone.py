"""Compressing in processes of its own: killed, and long."""

import json
import os
import signal
import subprocess
import sys
import time

import golden_tvg
import media
import numpy as np
import pytest
from moving import texture

from tfvgan.streaming import Source, unfinished

CHILD = """
import json, resource, sys
from tfvgan.runs import compress, decompress
words, how = sys.argv[1:-1], json.loads(sys.argv[-1])
{"compress": compress, "decompress": decompress}[words[0]](*words[1:], **how)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
PACK = {"base": "h264", "quality": 2, "longest": 8}
UNPACK = {"codec": "ffv1"}


def started(*words, **how):
    """Returns the process of a job."""
    words = [*map(str, words), json.dumps(how)]
    return subprocess.Popen([sys.executable, "-c", CHILD, *words], stdout=subprocess.PIPE)


def megabytes(*words, **how):
    """Returns the peak memory of a job that is done in the end."""
    said, _ = (job := started(*words, **how)).communicate()
    assert job.returncode == 0
    return float(said.split()[-1])


@pytest.fixture
def model(tmp_path):
    golden_tvg.network().save(tmp_path / "model.keras")
    return tmp_path / "model.keras"


def film(path, seconds):
    """Returns the path of a film of 25 frames a second."""
    picture = np.tile(texture(25, 128, (2.0, 1.0))[0], (seconds, 1, 1, 1))
    return media.video(path, "h264.mkv", picture)


def kill_in_the_middle(begun, *words, **how):
    """Kills a job as soon as a part of it is done."""
    job = started(*words, **how)
    while not begun() and job.poll() is None:
        time.sleep(0.01)
    assert job.poll() is None, "it was done before it could be killed"
    os.kill(job.pid, signal.SIGKILL)
    job.communicate()


@pytest.mark.slow
def test_what_was_killed_goes_on_as_if_it_had_not_been(tmp_path, model):
    path = film(tmp_path / "in", 4)
    whole, out = tmp_path / "whole.tvg", tmp_path / "out.tvg"
    megabytes("compress", path, whole, model, **PACK)
    begun = unfinished(out) / ".whole.tvg.unfinished"
    kill_in_the_middle(
        lambda: begun.exists() and begun.stat().st_size > 2000, "compress", path, out, model, **PACK
    )
    assert not out.exists()
    megabytes("compress", path, out, model, resume=True, **PACK)
    assert out.read_bytes() == whole.read_bytes()
    back, again = tmp_path / "back.mkv", tmp_path / "again.mkv"
    megabytes("decompress", whole, back, model, **UNPACK)
    parts = unfinished(again)
    kill_in_the_middle(
        lambda: len(list(parts.glob("part-*.done"))) > 2, "decompress", out, again, model, **UNPACK
    )
    assert not again.exists()
    megabytes("decompress", out, again, model, resume=True, **UNPACK)
    found = [[(frame.time, frame.rgb) for frame in Source(file).frames()] for file in (again, back)]
    for (when, frame), (wanted, same) in zip(*found, strict=True):
        assert when == wanted
        np.testing.assert_array_equal(frame, same)


@pytest.mark.slow
def test_memory_does_not_grow_with_length(tmp_path, model):
    found = {}
    for seconds in (2, 40):
        path, packed = film(tmp_path / f"{seconds}", seconds), tmp_path / f"{seconds}.tvg"
        found[seconds] = [
            megabytes("compress", path, packed, model, **PACK),
            megabytes("decompress", packed, tmp_path / f"{seconds}-back.mkv", model, **UNPACK),
        ]
        assert len(list(tmp_path.glob(".*"))) == 0
    assert np.abs(np.divide(*found.values()) - 1).max() < 0.05, found
