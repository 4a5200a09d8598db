"""Half of the videos choose, half report: by their names, whatever else is asked for."""

import argparse

import pytest

from benchmarks.sets.parts import add_videos, videos_of

NAMES = ["a.mp4", "b.mp4", "c.mp4", "d.mp4", "e.mp4"]


@pytest.fixture
def asked(tmp_path):
    """A function from options to the names that are measured, and the parts."""
    for name in reversed(NAMES):
        (tmp_path / name).touch()
    parser = argparse.ArgumentParser()
    add_videos(parser)

    def of(*options):
        paths, parts = videos_of(parser.parse_args([str(tmp_path), *options]))
        return [path.name for path in paths], parts

    return of


def test_every_other_one_chooses_and_the_first_one_does(asked):
    measured, parts = asked()
    assert measured == NAMES
    assert parts == {"choosing": ["a.mp4", "c.mp4", "e.mp4"], "reporting": ["b.mp4", "d.mp4"]}


def test_a_part_alone_is_as_it_is_of_all(asked):
    for part, names in asked()[1].items():
        assert asked("--part", part) == (names, {part: names})
    assert asked("--part", "choosing", "--count", "3") == (
        ["a.mp4", "c.mp4"],
        {"choosing": ["a.mp4", "c.mp4"]},
    )
    assert asked("--count", "1") == (["a.mp4"], {"reporting": ["a.mp4"], "choosing": []})
