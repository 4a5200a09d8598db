"""Half of the videos choose, half report: by their names, whatever else is asked for."""

import argparse

import pytest

from benchmarks.sets.parts import add_videos, videos_of, with_means

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


def test_means_are_of_videos_and_come_first():
    rows = [
        {"video": video, "who": who, "x": x, "PSNR": psnr}
        for video, who, x, psnr in (("a", "p", 1, 2.0), ("a", "q", 5, None), ("b", "p", 3, 4.0))
    ]
    mean, other, *rest = with_means(rows, ("who",), {"reporting": ["a", "b"]})
    assert mean == {"video": "mean", "who": "p", "x": 2.0, "PSNR": 3.0}
    assert other == {"video": "mean", "who": "q", "x": 5.0, "PSNR": None}
    assert rest == rows


def test_means_are_of_the_half_that_reports_and_then_of_the_other():
    rows = [{"video": video, "who": "p", "x": x} for video, x in (("a", 1), ("b", 9), ("c", 5))]
    parts = {"choosing": ["a", "b"], "reporting": ["c"]}
    reported, chosen, *rest = with_means(rows, ("who",), parts)
    assert reported == {"video": "mean", "who": "p", "x": 5.0}
    assert chosen == {"video": "mean, choosing", "who": "p", "x": 5.0}
    assert rest == rows
    (only,) = [row for row in with_means(rows[:2], ("who",), parts) if "mean" in row["video"]]
    assert only["video"] == "mean, choosing"


def test_what_tells_rows_of_a_video_apart_is_in_no_mean():
    rows = [{"video": "a", "scene": scene, "who": "p", "x": scene} for scene in (1, 2, 6)]
    mean, *rest = with_means(rows, ("who",), {"reporting": ["a"]}, each=("scene",))
    assert mean == {"video": "mean", "who": "p", "x": 3.0, "scene": None}
    assert rest == rows
