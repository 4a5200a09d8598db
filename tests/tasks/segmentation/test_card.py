"""What a published segmenter shows: a video, its masks, and what becomes of it with them."""

import films
import pytest
from PIL import Image

from tfvgan.networks import SegmenterGenerator
from tfvgan.runs import Settings, publish
from tfvgan.tasks import Segmenter
from tfvgan.tasks.application import Given
from tfvgan.tasks.segmentation.card import PublishedSegmenter


def segmenter():
    network = SegmenterGenerator(2, 8, 1)
    network.build()
    return Segmenter(network)


def test_a_run_is_published(tmp_path, exported, eagerly):
    run, out = tmp_path / "run", tmp_path / "models" / "segment"
    run.mkdir()
    segmenter().save(run / "generator.keras")
    Settings.make("videos", {"network": "segmenter"}).save(run)
    path = films.film(tmp_path / "x.mp4", frames=4, size=(64, 64))
    assert publish(run, out, example=path, data="shapes", licence="CC0") == str(out)
    card = (out / "README.md").read_text()
    assert "| Classes | 2 |" in card and "| Network | 8 channels, 1 blocks |" in card
    assert "segment_frame-dynamic.tflite" in card
    for name in ("strip.png", "xt.png"):
        assert f"({name})" in card and min(Image.open(out / name).size) > 100


def test_without_an_example_there_is_no_card():
    with pytest.raises(ValueError, match="name a good one as `example`"):
        PublishedSegmenter(Given(segmenter()))
    assert PublishedSegmenter(Given(segmenter(), example="x.mp4")).seen(["as it is"]) == [
        "as it is"
    ]
    asked = PublishedSegmenter(Given(segmenter(), example="x.mp4", edge=(48, 64)))
    assert asked.model.edge == (48, 64) and asked.seen(["as it is"]) == ["as it is"]
