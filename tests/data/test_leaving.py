import collections
import itertools
import json
import os
import pathlib
import subprocess
import sys

import films
import pytest

from tfvgan.data import prepare
from tfvgan.data.leaving import Leaving, unless_leaving, until_exit

SCRIPT = pathlib.Path(__file__).with_name("leavers.py")
CODES = {"asked": 3, "failed": 1, "interrupted": -2, "fitted": -2, "mirrored": -2}
FEW = ["two", "between", "paired", "failed", "interrupted"]
MORE = ["traced", "deleted", "asked", "fitted", "mirrored", "decoded"]

copies = pytest.mark.skipif(not hasattr(os, "fork"), reason="no copies of processes")


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    place = tmp_path_factory.mktemp("leaving")
    films.folder(place / "videos")
    prepare(place / "videos", place / "cache", 4, 16, decoder="pyav", progress=False)
    return place / "cache"


def leave(cache, ways):
    """Returns how each way to leave ended: the exit code, and what was said on stderr."""
    command = [sys.executable, str(SCRIPT), str(cache), *ways]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def check(ways, ends):
    for way, (code, said) in zip(ways, ends, strict=True):
        assert code == CODES.get(way, 0), f"{way}: {said}"
        assert "finalizing" not in said, f"{way}: {said}"  # as TensorFlow says of a late end


def test_every_item_comes_until_the_end():
    assert list(until_exit(iter(range(3)))) == [0, 1, 2]
    assert list(itertools.islice(until_exit(itertools.count()), 3)) == [0, 1, 2]


def test_who_waits_can_end_them():
    def waiting():
        yield 1
        raise Leaving

    assert list(until_exit(waiting())) == [1]


def test_who_works_can_end_a_data_set():
    def work(number):
        if number:
            return number
        raise Leaving

    assert unless_leaving(work)(7) == 7
    with pytest.raises(StopIteration):
        unless_leaving(work)(0)


@pytest.mark.slow
@copies
def test_a_process_ends_whatever_its_data_sets_do(cache):
    *ends, (code, said) = leave(cache, [*FEW, "stuck"])
    check(FEW, ends)
    assert code == 0
    assert "is not done after 1 seconds, and is left behind" in said


@copies
@pytest.mark.slow
def test_a_process_ends_in_every_other_way(cache):
    check(MORE, leave(cache, MORE))


@copies
@pytest.mark.slow
def test_a_process_ends_on_a_machine_with_other_work(cache):
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2)]
    try:
        ends = [leave(cache, ["two", "between", "paired"] * 2) for _ in range(5)]
    finally:
        for process in busy:
            process.kill()
            process.wait()
    assert collections.Counter(code for end in ends for code, _ in end) == {0: 30}
