import itertools
import subprocess
import sys

import films

from tfvgan.data.leaving import Leaving, until_exit

LEFT = """
import sys
import tensorflow as tf
import tfvgan
from tfvgan.data import clips

iterators = []
for _ in range(4):
    for cache in (None, sys.argv[2]):
        given = {"batch_size": 8, "repeat": True, "cache": cache, "decoder": "pyav"}
        iterators.append(iter(clips(sys.argv[1], 4, 16, **given)))
        next(iterators[-1])
print("done")
"""


def test_every_item_comes_until_the_end():
    assert list(until_exit(iter(range(3)))) == [0, 1, 2]
    assert list(itertools.islice(until_exit(itertools.count()), 3)) == [0, 1, 2]


def test_who_waits_can_end_them():
    def waiting():
        yield 1
        raise Leaving

    assert list(until_exit(waiting())) == [1]


def test_a_process_ends_though_data_sets_are_in_full_swing(tmp_path):
    videos = films.folder(tmp_path / "videos")
    command = [sys.executable, "-c", LEFT, str(videos), str(tmp_path / "cache")]
    process = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert (process.returncode, process.stdout) == (0, "done\n"), process.stderr
