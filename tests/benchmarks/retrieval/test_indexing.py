"""How fast videos are indexed: what is counted, and that the command does what is timed."""

import pytest
from drifting import Thumbnails, drifting

from benchmarks.retrieval import indexing
from tfvgan.library import update


def test_a_library_says_what_was_read(tmp_path):
    paths = [drifting(tmp_path / f"{n}.mp4", 2 + n, n) for n in range(2)]
    update(tmp_path / "library", paths, Thumbnails())
    frames, seconds, size, own = indexing.of_library(tmp_path / "library")
    assert frames == 50 and seconds == pytest.approx(5, abs=0.01)
    assert size == sum((tmp_path / f"{n}.mp4").stat().st_size for n in range(2)) and own > 640


def test_rates_are_of_the_median_round():
    row = indexing.row_of("x", [(2.0, 1.0), (4.0, 8.0), (3.0, 2.0)], 60, 6.0)
    assert (row["seconds"], row["CPU-s"]) == (3, 2)
    assert (row["frames/s"], row["frames/CPU-s"]) == (20, 30)
    assert (row["video s/s"], row["video s/CPU-s"]) == (2, 3)
    assert indexing.row_of(indexing.UNCHANGED, [(1.0, 1.0)], 60, 6.0)["frames/s"] is None


def test_seconds_are_those_of_the_call():
    wall, worked = indexing.measured(sum, range(1000))
    assert 0 < wall < 5 and 0 <= worked < 5


def test_the_command_is_the_command_line(tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(indexing.subprocess, "run", lambda words, **how: seen.append((words, how)))
    indexing.command("videos", str(tmp_path))
    words, how = seen[0]
    assert words[1:] == ["-m", "tfvgan_cli.main", "index", "videos", "-o", str(tmp_path)]
    assert how["check"]
