"""What is published of a finder of cuts."""

import media
import pytest

from tfvgan.networks import CutFinder
from tfvgan.tasks.analysis.card import PublishedFinder
from tfvgan.tasks.analysis.finder import Finder
from tfvgan.tasks.application import Given


def test_it_shows_a_report_of_its_example(tmp_path, eagerly):
    film = media.video(tmp_path / "a.mp4", "h264.mp4", pictures=media.frames(6))
    published = PublishedFinder(Given(Finder(CutFinder(8)), example=film))
    published.draw(tmp_path)
    published.write(tmp_path)
    assert (tmp_path / "report.png").read_bytes().startswith(b"\x89PNG")
    assert isinstance(Finder.load(tmp_path / "generator.keras"), Finder)
    assert set(published.tflite()) <= set(published.model.endpoints())
    assert "63 frames before and behind" in published.facts()["Reads"]


def test_it_wants_an_example_and_nothing_else():
    finder = Finder(CutFinder(8))
    with pytest.raises(ValueError, match="shows what it finds in a video: name one as `example`"):
        PublishedFinder(Given(finder))
    with pytest.raises(ValueError, match="`edge` is for models that take frames of any size"):
        PublishedFinder(Given(finder, example="x.mp4", edge=(8, 8)))
