"""What two processes gain: the commands that are timed, and the rows."""

import sys

from tfvgan_cli.main import main

from benchmarks.package import jobs
from tfvgan.data import probe
from tfvgan.data.decode import read_video


def test_films_are_as_long_as_is_said(tmp_path):
    jobs.write_films(tmp_path, 2, 0.4)
    films = [probe(tmp_path / f"{number:03d}.mp4") for number in range(2)]
    assert [(film.frames, film.height, film.width) for film in films] == [(10, 180, 320)] * 2
    first, other = (
        read_video(tmp_path / f"{number:03d}.mp4", decoder="pyav").astype(int)
        for number in range(2)
    )
    assert abs(first - other).mean() > 10, "each begins at another place"


def test_one_process_says_nothing_of_them():
    words = jobs.command("restore --task x2_fast", "in", "out", 1)
    assert words == [
        *(sys.executable, "-m", "tfvgan_cli.main"),
        *("restore", "--task", "x2_fast", "in", "-o", "out"),
    ]
    assert jobs.command("prepare", "in", "out", 2)[3:] == ["prepare", "in", "out", "--jobs", "2"]


def test_the_command_does_what_is_timed(tmp_path):
    jobs.write_films(tmp_path / "in", 2, 0.8)
    words = jobs.command("prepare", str(tmp_path / "in"), str(tmp_path / "out"), 1)[3:]
    assert main(words) == 0 and (tmp_path / "out" / "index.json").is_file()


def test_seconds_are_those_of_the_command():
    wall, worked = jobs.measured([sys.executable, "-c", "sum(range(10 ** 6))"])
    assert worked > 0 and 0 < wall < 30


def test_a_gain_is_of_the_same_round():
    one, two = [(8.0, 9.0), (9.0, 9.5), (40.0, 9.0)], [(4.0, 10.0), (6.0, 11.0), (40.0, 12.0)]
    row = jobs.row_of("prepare", 10, 60.0, one, two)
    assert (row["files"], row["seconds each"]) == (10, 60)
    assert (row["gain"], row["s"], row["s, --jobs 2"]) == (1.5, 9, 6)
    assert (row["CPU-s"], row["CPU-s, --jobs 2"]) == (9, 11)
    assert (row["files/h"], row["files/h, --jobs 2"], row["files/core-h"]) == (4000, 6000, 4000)
