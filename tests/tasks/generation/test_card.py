"""Which exports and pictures a published generator gets."""

import numpy as np

from tfvgan.networks import ContinuousGenerator, DcganGenerator
from tfvgan.tasks import Sampler
from tfvgan.tasks.application import Given
from tfvgan.tasks.generation import card
from tfvgan.tasks.generation.card import PublishedSampler


def published(network=DcganGenerator, **arguments):
    generator = network(8, frames=4, size=8, width=8, **arguments)
    generator.build()
    return PublishedSampler(Given(Sampler(generator)))


def test_networks_that_know_time_have_their_moments_converted():
    assert set(published().tflite()) == {"generate"}
    assert set(published(ContinuousGenerator).tflite()) == {"generate", "moment"}


def test_facts_are_those_of_the_network():
    assert published().facts() == {"Videos": "8x8 pixels, 4 frames"}
    assert "any number in generated videos" in published(ContinuousGenerator).facts()["Videos"]


def test_pictures_are_of_videos_of_the_seed(monkeypatch, tmp_path):
    drawn = {}
    for name in ("film_strip", "time_slice"):
        monkeypatch.setattr(
            card.plots, name, lambda videos, path: drawn.update({path.name: videos})
        )
    model = published(ContinuousGenerator, num_classes=2)
    model.draw(tmp_path)
    assert set(drawn) == set(model.shown)
    expected = model.model.generate(8, labels=np.arange(8) % 2)
    np.testing.assert_array_equal(drawn["strip.png"], expected)
    assert drawn["xt.png"].shape == (2, card.LENGTH, 8, 8, 3)
