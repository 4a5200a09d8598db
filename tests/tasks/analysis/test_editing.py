"""Chapters and edit lists: the shots, at their times, as other programs count them."""

from fractions import Fraction
from types import SimpleNamespace

import av
import pytest

from tfvgan.tasks.analysis.editing import chapters, edit_list, timecode
from tfvgan.tasks.analysis.shots import Shot

ANALYSIS = SimpleNamespace(
    video="x/in.mp4",
    fps=Fraction(25),
    shots=[Shot(0, 30), Shot(30, 100)],
    time=lambda frame: frame / 25,
)


def test_chapters_begin_where_shots_do():
    lines = chapters(ANALYSIS).splitlines()
    assert lines[0] == ";FFMETADATA1" and lines.count("[CHAPTER]") == 2
    assert [line for line in lines if line.startswith(("START", "END"))] == [
        "START=0",
        "END=1200",
        "START=1200",
        "END=4000",
    ]


def test_chapters_are_read_by_ffmpeg(tmp_path):
    path = tmp_path / "chapters.txt"
    path.write_text(chapters(ANALYSIS))
    with av.open(str(path), format="ffmetadata") as found:
        assert [each["metadata"]["title"] for each in found.chapters()] == ["Shot 1", "Shot 2"]


def test_events_are_cuts_in_frames():
    first, *_, event, name = edit_list(ANALYSIS).splitlines()
    assert first == "TITLE: in.mp4" and name == "* FROM CLIP NAME: in.mp4"
    times = "00:00:01:05 00:00:04:00"
    assert event == f"002  AX       V     C        {times} {times}"


def test_a_list_ends_where_its_numbers_do(caplog):
    many = SimpleNamespace(**{**vars(ANALYSIS), "shots": [Shot(n, n + 1) for n in range(1200)]})
    assert edit_list(many).splitlines()[-2].startswith("999 ")
    assert "the first 999 of 1200 shots" in caplog.text


@pytest.mark.parametrize(
    ("frame", "rate", "wanted"),
    [(0, 25, "00:00:00:00"), (49, 24, "00:00:02:01"), (30 * 3661 + 7, 30, "01:01:01:07")],
)
def test_time_codes(frame, rate, wanted):
    assert timecode(frame, rate) == wanted
