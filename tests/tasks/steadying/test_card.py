"""What a published steadier shows: a video, the same with flicker and without, over time."""

import films
import pytest
from PIL import Image

from tfvgan.networks import SteadierGenerator
from tfvgan.runs import Settings, publish
from tfvgan.tasks import Steadier
from tfvgan.tasks.application import Given
from tfvgan.tasks.steadying.card import PublishedSteadier


def steadier():
    network = SteadierGenerator(8, 1)
    network.build()
    return Steadier(network)


def test_a_run_is_published(tmp_path, exported, eagerly):
    run, out = tmp_path / "run", tmp_path / "models" / "steady"
    run.mkdir()
    steadier().save(run / "generator.keras")
    Settings.make("videos", {"network": "steadier"}).save(run)
    path = films.film(tmp_path / "x.mp4", frames=4, size=(64, 64))
    assert publish(run, out, example=path, data="shapes", licence="CC0") == str(out)
    card = (out / "README.md").read_text()
    assert "| Network | 8 channels, 1 blocks |" in card
    assert "(strip.png)" in card and "(xt.png)" in card
    for name in ("strip.png", "xt.png"):
        assert min(Image.open(out / name).size) > 100


def test_without_an_example_there_is_no_card():
    with pytest.raises(ValueError, match="name a good one as `example`"):
        PublishedSteadier(Given(steadier()))
    asked = PublishedSteadier(Given(steadier(), example="x.mp4", edge=(48, 64)))
    assert asked.model.edge == (48, 64) and asked.seen(["as it is"]) == ["as it is"]
