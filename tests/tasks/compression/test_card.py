"""What a published codec shows and says: a real video, compressed, and how to do the like."""

import json

import films
import numpy as np
import pytest
from PIL import Image

from tfvgan.networks import RestorerGenerator
from tfvgan.runs import Settings, for_edge, load_model, load_restorer, publish
from tfvgan.streaming.compare import CAPTION, GAP, LEAST
from tfvgan.tasks import EnhancedCodec, Enhancer, Restorer
from tfvgan.tasks.application import Given
from tfvgan.tasks.compression.card import PublishedCodec
from tfvgan.tasks.restoration.card import SIDE

SAID = {"data": "moving shapes", "licence": "CC0"}


def restorer(width=8, **arguments):
    network = RestorerGenerator(**{"factor": 1, "leveled": True, **arguments}, width=width)
    network.build()
    return Restorer(network)


@pytest.fixture
def run(tmp_path):
    """Returns the folder of a run whose restorer learned to mend base layers."""
    folder = tmp_path / "run"
    folder.mkdir()
    restorer().save(folder / "generator.keras")
    Settings.make("videos", {"network": "restorer", "factor": 1, "recipes": "coded"}).save(folder)
    return folder


def test_a_run_is_published_as_the_codec_that_it_is(run, tmp_path, exported):
    out, path = tmp_path / "models" / "codec_x", films.film(tmp_path / "x.mp4", 4, (64, 64))
    notes = "| codec | LPIPS |\n|---|---|\n| ours | 0.03 |"
    assert publish(run, out, example=path, notes=notes, **SAID) == str(out)
    [(model, tflite)] = exported
    assert tflite == {"enhance": ("float32", "dynamic", "int8")} and "enhance" in model.endpoints()
    card, network = (out / "README.md").read_text(), load_restorer(out).generator
    assert "| Base layers | av1, hevc, h264, of any quantiser |" in card
    assert EnhancedCodec(network, quality=4).identity[:8].hex() in card
    assert "| ours | 0.03 |" in card and "(before_after.png)" in card
    assert "tfvgan compress in.mp4 -o out.tvg --model models/codec_x" in card
    assert "tfvgan decompress out.tvg -o back.mp4 --model models/codec_x" in card
    for wrong in ("noisy", "Scale factor", "tfvgan restore"):
        assert wrong not in card
    assert json.loads((out / "generator.json").read_text()) == {"codec": True}
    assert type(load_model(out)) is Enhancer
    assert next(iter(for_edge(load_model(out)).endpoints())) == "enhance"


def test_the_picture_is_of_the_example(tmp_path):
    path = films.film(tmp_path / "x.mp4", frames=4, size=(SIDE, SIDE))
    PublishedCodec(Given(restorer(), example=path)).draw(tmp_path)
    picture = np.asarray(Image.open(tmp_path / "before_after.png")).astype(float)
    side = SIDE * -(-LEAST // SIDE)
    assert picture.shape == (2 * (CAPTION + side), 3 * side + 2 * GAP, 3)
    before, after, real = (picture[CAPTION:][:side, n * (side + GAP) :][:, :side] for n in range(3))
    assert np.abs(before - after).mean() < 1  # Untrained, it makes it a little sharper.
    assert 0 < np.abs(after - real).mean() < 20


def test_a_large_one_has_no_tflite_file_in_float32():
    large = PublishedCodec(Given(restorer(64, depth=6), example="x.mp4"))
    assert large.tflite() == {"enhance": ("float16", "dynamic", "int8")}
    assert "enhance-dynamic.tflite" in large.uses("models/x")[-1]
