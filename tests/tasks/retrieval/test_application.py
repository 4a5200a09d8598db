"""Runs of embedders: what settings become, and that they train."""

import films
import numpy as np
import pytest

from tfvgan.runs import Settings, for_edge, train
from tfvgan.runs.loading import load_model
from tfvgan.tasks import Embedder, VideoEmbedder
from tfvgan.tasks.retrieval.application import Retrieval

TINY = {
    "network": "embedder",
    "frames": 8,
    "fps": 8.0,
    "size": 24,
    "crop": "squeeze",
    "width": 6,
    "batch_size": 2,
    "decoder": "pyav",
}


def test_the_numbers_are_those_of_the_settings():
    model = Retrieval().make(Settings.make("videos", {**TINY, "adversarial": 0.0}), 0, None)
    network = model.discriminator
    assert (network.size, network.width, network.numbers) == (24, 6, 64) and not model.plays
    assert Retrieval().make(Settings.make("videos", TINY), 0, None).plays
    with pytest.raises(ValueError, match="`size` must be three times a power of two, .* is 64"):
        Retrieval().make(Settings.make("videos", {**TINY, "size": 64}), 0, None)


def test_a_run_begins_with_another_of_its_kind():
    first = VideoEmbedder.from_preset(24, width=6)
    settings = Settings.make("videos", {**TINY, "begin": "first"})
    again = Retrieval().make(settings, 0, lambda run: first)
    ours, theirs = (each.discriminator.projection.kernel for each in (again, first))
    np.testing.assert_array_equal(ours, theirs)
    with pytest.raises(ValueError, match="`begin` must be the run of a embedder, but .* a str"):
        Retrieval().make(settings, 0, lambda run: "x")


def test_a_run_embeds(tmp_path, without_pictures, eagerly):
    videos = films.folder(tmp_path / "videos", frames=(10, 10), classes=())
    run = tmp_path / "run"
    asked = {**TINY, "adversarial": 0.0}
    model = train(str(videos), run, **asked, epochs=1, steps_per_epoch=2)
    assert isinstance(model, VideoEmbedder) and model.steps_made == 2
    model.embedder.save(tmp_path / "generator.keras")
    alone = load_model(tmp_path / "generator.keras")
    assert isinstance(alone, Embedder) and alone.name == model.embedder.name
    assert alone.embed(np.zeros((1, 4, 24, 24, 3), "uint8")).shape == (1, 64)
    assert isinstance(for_edge(load_model(run)), Embedder)
    with pytest.raises(ValueError, match="`edge` .* is for models that take frames of any size"):
        for_edge(model, (8, 8))
    assert Retrieval().cool_down("embedder") == 0.5
    assert Retrieval().alone("x") is Retrieval().for_edge("x", None, None) is None
