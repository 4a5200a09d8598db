"""Libraries are made, and outlast whoever is killed."""

import os
import signal
import time

import numpy as np
import pytest
from drifting import Thumbnails, drifting

from tfvgan.library import Library
from tfvgan.locks import Busy, Lock
from tfvgan.runs.index import index, load_embedder


class Slow(Thumbnails):
    """An embedder that takes its time, and notes what it has seen in a file."""

    def __init__(self, noted):
        super().__init__()
        self.noted = noted

    def embed(self, windows):
        time.sleep(0.03)
        with open(self.noted, "ab") as file:
            file.write(b".")
        return super().embed(windows)


def begun(videos, out, noted):
    """Returns the process, a copy of this one, that makes a library."""
    child = os.fork()
    if child:
        return child
    try:
        index(videos, out, Slow(noted))
    finally:
        os._exit(0)


def killed(child):
    """Kills a process; returns whether it was at work."""
    os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1] == signal.SIGKILL


def check(out, videos, count):
    """Raises where something is lost in a library, or twice."""
    library = Library(out)
    assert len(library.entries()) == count
    assert len(os.listdir(out / "vectors")) == count
    for number in range(count):
        path = str(videos / f"{number}.mp4")
        wanted = index_of(path)
        np.testing.assert_array_equal(library.entry(path).vectors.numbers, wanted)
    assert sorted(os.listdir(out)) == ["library.json", "vectors"]


def index_of(path):
    from tfvgan.library import vectors_of

    return vectors_of(path, Thumbnails()).numbers


def waited(holds):
    limit = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < limit
        time.sleep(0.005)


def test_a_killed_writer_loses_the_video_that_it_was_at(tmp_path):
    videos, out, noted = tmp_path / "videos", tmp_path / "library", tmp_path / "noted"
    videos.mkdir()
    for number in range(4):
        drifting(videos / f"{number}.mp4", 1.5, number)
    noted.touch()
    child = begun(videos, out, noted)
    waited(lambda: noted.stat().st_size >= 2)
    with pytest.raises(Busy, match="is being written by process"):
        index(videos, out, Thumbnails())
    assert killed(child)
    done = [name for name in os.listdir(out / "vectors") if name[0] != "."]
    embedder = Thumbnails()
    changes = index(videos, out, embedder)
    assert embedder.seen == 3 * (4 - len(done)) and len(changes.read) == 4 - len(done) < 4
    check(out, videos, 4)


@pytest.mark.slow
def test_twenty_killed_writers_lose_nothing_and_do_nothing_twice(tmp_path):
    videos, out, noted = tmp_path / "videos", tmp_path / "library", tmp_path / "noted"
    videos.mkdir()
    count, draws, kills = 40, np.random.default_rng(0), 0
    for number in range(count):
        drifting(videos / f"{number}.mp4", 1.5, number)
    noted.touch()
    for _ in range(20):
        before = noted.stat().st_size
        child = begun(videos, out, noted)
        waited(lambda before=before: noted.stat().st_size > before)
        time.sleep(draws.uniform(0, 0.1))
        kills += killed(child)
        if (out / "library.json").exists():
            library = Library(out)
            assert all(len(library.entry(path).vectors.times) == 3 for path in library.places)
    assert kills == 20
    index(videos, out, Slow(noted))
    check(out, videos, count)
    assert count <= noted.stat().st_size <= count + 20, "one of each, and what each was at"
    assert not index(videos, out, Slow(noted)).read


def test_bad_input_is_a_sentence_and_leaves_nothing(tmp_path):
    (tmp_path / "none").mkdir()
    with pytest.raises(ValueError, match="holds no video"):
        index(tmp_path / "none", tmp_path / "out", Thumbnails())
    assert not (tmp_path / "out").exists()
    path = drifting(tmp_path / "a.mp4", 1)
    with pytest.raises(ValueError, match="holds something else than a library: choose a new"):
        index(path, tmp_path, Thumbnails())
    with pytest.raises(ValueError, match="no embedder in the package that is called 'other'"):
        index(path, tmp_path / "out", "other")
    assert sorted(os.listdir(tmp_path)) == ["a.mp4", "none"]


def test_one_at_a_time(tmp_path):
    (tmp_path / "out").mkdir()
    with (
        Lock(tmp_path / "out" / ".lock").sign(),
        pytest.raises(Busy, match="out` is being written by process"),
    ):
        index(drifting(tmp_path / "a.mp4", 1), tmp_path / "out", Thumbnails())


def test_an_embedder_is_what_embeds_and_has_a_name():
    embedder = Thumbnails()
    assert load_embedder(embedder) is embedder
    with pytest.raises(ValueError, match="must hold an embedder, but holds a dict"):
        load_embedder({})


def test_a_bar_shows_how_far_it_is(tmp_path, capsys):
    index(drifting(tmp_path / "a.mp4", 1), tmp_path / "out", Thumbnails(), show=True)
    assert "100%" in capsys.readouterr().err
