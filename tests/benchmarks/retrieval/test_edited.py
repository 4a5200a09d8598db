"""Copies are files of what each edit makes of the middle of a video, by draws of their own."""

import dataclasses

import films
import numpy as np

from benchmarks.retrieval import edited
from tfvgan.data.decode import read_frames
from tfvgan.data.edits import KINDS, Strengths


def test_ten_edits_and_two_at_once_are_written_once(tmp_path, monkeypatch):
    assert (*KINDS, edited.TWO) == edited.NAMES and len(KINDS) == 10
    monkeypatch.setattr(edited, "SHORTER", 96)
    few = ("re-encoded", "faster", "mirrored")
    monkeypatch.setattr(edited, "NAMES", few)
    path = tmp_path / "x.mp4"
    films.film(path, frames=10, size=(96, 128))  # A second.
    places = edited.copies(path, tmp_path / "copies", 0.5)
    assert tuple(places) == few
    written = {kind: place.stat().st_mtime_ns for kind, place in places.items()}
    shapes = {kind: next(read_frames(place)).shape for kind, place in places.items()}
    assert shapes["mirrored"] == (12, 96, 128, 3)
    assert shapes["re-encoded"] == (12, 48, 64, 3) and shapes["faster"][0] < 12
    again = edited.copies(path, tmp_path / "copies", 0.5)
    assert {kind: place.stat().st_mtime_ns for kind, place in again.items()} == written
    place, begin = edited.located(path, tmp_path / "copies", 0.25)
    assert begin == 9 / edited.FPS and place.is_file()


def test_draws_are_of_the_name_and_the_edit():
    part = np.random.default_rng(0).integers(0, 256, (3, 96, 96, 3), "uint8")
    one, again, other = (edited.copy_of(part, name, "cropped") for name in ("a", "a", "b"))
    np.testing.assert_array_equal(one, again)
    assert one.shape != other.shape or (one != other).any()


def test_strengths_lie_within_those_of_training_and_are_not_the_same():
    ours, theirs = (dataclasses.asdict(each) for each in (edited.MEASURED, Strengths()))
    apart = {name for name in ours if name not in ("half", "quality", "texts")}
    for name in apart:
        assert theirs[name][0] <= ours[name][0] < ours[name][1] <= theirs[name][1], name
        assert ours[name] != theirs[name]
    assert theirs["texts"] is None and len(ours["texts"]) > 3
