"""What a published embedder shows: half a second, its edits, and how near each is."""

import films
import pytest
from PIL import Image

from tfvgan.networks import EmbedderDiscriminator
from tfvgan.runs import Settings, publish
from tfvgan.tasks import Embedder
from tfvgan.tasks.application import Given
from tfvgan.tasks.retrieval.card import PublishedEmbedder


def embedder():
    network = EmbedderDiscriminator(24, 6, 8)
    network.build()
    return Embedder(network)


def test_a_run_is_published(tmp_path, exported, eagerly):
    run, out = tmp_path / "run", tmp_path / "models" / "find"
    run.mkdir()
    embedder().save(run / "generator.keras")
    Settings.make("videos", {"network": "embedder", "fps": 16.0, "size": 24}).save(run)
    path = films.film(tmp_path / "x.mp4", frames=8, size=(64, 64))
    assert publish(run, out, example=path, data="shapes", licence="CC0") == str(out)
    card = (out / "README.md").read_text()
    assert "| Vectors | 8 numbers of 8 bits for each window of half a second |" in card
    name = Embedder.load(out / "generator.keras").name
    assert f"| Name | `{name}` |" in card and "embed-dynamic.tflite" in card
    assert "(edits.png)" in card and min(Image.open(out / "edits.png").size) > 100


def test_what_a_card_takes():
    with pytest.raises(ValueError, match="name a good one as `example`"):
        PublishedEmbedder(Given(embedder()), embedder())
    with pytest.raises(ValueError, match="`edge` is for .*, and this is a embedder"):
        PublishedEmbedder(Given(embedder(), example="x.mp4", edge=(8, 8)), embedder())
