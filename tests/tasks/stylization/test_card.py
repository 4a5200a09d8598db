"""What a published stylizer shows: a video, the same in its style, and lines of both over time."""

import films
import numpy as np
import pytest
from PIL import Image

from tfvgan.networks import StylizerGenerator
from tfvgan.runs import Settings, load_stylizer, publish
from tfvgan.tasks import Stylizer
from tfvgan.tasks.application import Given
from tfvgan.tasks.stylization.card import PublishedStylizer


def stylizer():
    network = StylizerGenerator(8, 1)
    network.build()
    return Stylizer(network)


def test_a_run_is_published_with_the_filter_that_it_learned(tmp_path, exported):
    run, out = tmp_path / "run", tmp_path / "models" / "style_x"
    run.mkdir()
    stylizer().save(run / "generator.keras")
    Settings.make("videos", {"network": "stylizer", "filter": "ink"}).save(run)
    path = films.film(tmp_path / "x.mp4", frames=4, size=(64, 64))
    assert publish(run, out, example=path, data="shapes", licence="CC0") == str(out)
    card = (out / "README.md").read_text()
    assert '| Learnt from | the filter "ink" of `tfvgan.data.styles` |' in card
    assert "(strip.png)" in card and "(xt.png)" in card
    for name in ("strip.png", "xt.png"):
        assert min(Image.open(out / name).size) > 100
    assert load_stylizer(out).generator.width == 8


def test_without_an_example_there_is_no_card():
    with pytest.raises(ValueError, match="name a good one as `example`"):
        PublishedStylizer(Given(stylizer()))
    asked = PublishedStylizer(Given(stylizer(), example="x.mp4", edge=(48, 64)))
    (clip,) = asked.seen([np.zeros((2, 96, 96, 3), "uint8")])
    assert clip.shape == (2, 48, 64, 3)
    assert asked.model.edge == (48, 64) and "Learnt from" not in asked.facts()
    for given, said in (({"style": "x.jpg"}, "pictures"), ({"pairs": "after"}, "pairs of videos")):
        settings = Settings.make("videos", {"network": "stylizer", **given})
        learnt = PublishedStylizer(Given(stylizer(), example="x.mp4", settings=settings))
        assert learnt.facts()["Learnt from"].startswith(said)
