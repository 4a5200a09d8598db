"""What a published restorer shows: a real video, degraded as it learned to undo, and restored."""

import films
import numpy as np
import pytest
from PIL import Image

from tfvgan.networks import CompactGenerator, RestorerGenerator
from tfvgan.runs import Settings, load_restorer, publish
from tfvgan.runs.loading import settings_at
from tfvgan.streaming.compare import CAPTION, GAP, LEAST
from tfvgan.tasks import Restorer
from tfvgan.tasks.application import Given
from tfvgan.tasks.restoration.card import SIDE, PublishedRestorer, as_large

SAID = {"data": "moving shapes", "licence": "CC0"}


def restorer(**arguments):
    network = RestorerGenerator(2, 8, 1, **arguments)
    network.build()
    return Restorer(network)


@pytest.mark.parametrize("told", [{}, {"masked": True}, {"leveled": True}])
def test_the_picture_is_of_the_example(tmp_path, told):
    path = films.film(tmp_path / "x.mp4", frames=4, size=(SIDE, SIDE))
    PublishedRestorer(Given(restorer(**told), example=path)).draw(tmp_path)
    picture = np.asarray(Image.open(tmp_path / "before_after.png"))
    side = SIDE * -(-LEAST // SIDE)
    assert picture.shape == (2 * (CAPTION + side), 3 * side + 2 * GAP, 3)
    before, after, real = (
        picture[CAPTION:][:side, n * (side + GAP) :][:, :side].astype(float) for n in range(3)
    )
    assert 0 < np.abs(after - real).mean() < np.abs(before - real).mean()  # Bicubic: untrained.


def test_a_run_is_published_with_what_it_learned_to_undo(tmp_path, exported):
    run, out = tmp_path / "run", tmp_path / "models" / "restore_x"
    run.mkdir()
    restorer().save(run / "generator.keras")
    Settings.make("videos", {"network": "restorer", "recipes": ["clean", "old"]}).save(run)
    path = films.film(tmp_path / "x.mp4", frames=4, size=(64, 64))
    assert publish(run, out, example=path, **SAID) == str(out)
    card = (out / "README.md").read_text()
    assert "| Recipes | clean, old (see `tfvgan.data.degrade`) |" in card
    assert "| Scale factor | 2 |" in card and "(before_after.png)" in card
    assert "tfvgan train videos --out runs/run --network restorer --recipes clean old" in card
    video = np.zeros((2, 8, 8, 3), "uint8")
    np.testing.assert_array_equal(load_restorer(out).restore(video), restorer().restore(video))


def test_what_it_learned_is_said_where_it_is_known(tmp_path):
    Settings.make("videos", {"network": "restorer", "recipes": "old"}).save(tmp_path)
    (tmp_path / "model.keras").touch()
    for run in (tmp_path, tmp_path / "model.keras"):
        given = Given(restorer(), run, settings_at(run), example="x.mp4")
        assert PublishedRestorer(given).facts()["Recipes"].startswith("old ")
    assert "Recipes" not in PublishedRestorer(Given(restorer(), example="x.mp4")).facts()


def test_a_large_one_has_16_bits_in_place_of_32():
    large = RestorerGenerator(1, 48, 4, folds=2, masked=True)
    large.build()
    found = PublishedRestorer(Given(Restorer(large), example="x.mp4"))
    assert found.tflite() == {"restore_frame": ("float16", "dynamic", "int8")}
    assert "restore_frame-dynamic.tflite" in found.uses("models/x")[-1]
    small = PublishedRestorer(Given(restorer(), example="x.mp4"))
    assert small.tflite() == {"restore_frame": ("float32", "dynamic", "int8")}
    assert "restore_frame-float32.tflite" in small.uses("models/x")[-1]


def test_the_network_is_told_in_words():
    network = CompactGenerator()
    network.build()
    found = PublishedRestorer(Given(Restorer(network), example="x.mp4"))
    assert found.facts()["Network"] == "64 channels, 18 convolutions, on halved frames"
    found = PublishedRestorer(Given(restorer(), example="x.mp4"))
    assert found.facts()["Network"] == "8 channels, 1 blocks, 1 fold"


def test_exports_are_measured_on_what_it_learned_to_undo():
    given = Given(restorer(leveled=True), example="x.mp4", edge=(24, 32))
    grey = np.full((4, 96, 128, 3), 100, "uint8")
    (noisy,) = PublishedRestorer(given).seen([grey])
    assert noisy.shape == (4, 24, 32, 3) and noisy.std() > 1
    (clean,) = PublishedRestorer(Given(restorer(), example="x.mp4", edge=(24, 32))).seen([grey])
    np.testing.assert_array_equal(clean, 100)


def test_small_clips_keep_their_grain():
    clip = np.random.default_rng(0).integers(0, 256, (2, 4, 6, 3)).astype("uint8")
    large = as_large(clip, (7, 9))
    np.testing.assert_array_equal(large[:, :4, :6], clip)
    np.testing.assert_array_equal(large[:, 4:, 6:], clip[:, :0:-1, :2:-1])
    assert as_large(clip, (2, 3)).shape == (2, 2, 3, 3)
    assert as_large(clip, (2, 9)).shape == (2, 2, 9, 3)


def test_without_an_example_there_is_no_card():
    with pytest.raises(ValueError, match="name a good one as `example`"):
        PublishedRestorer(Given(restorer()))
    asked = PublishedRestorer(Given(restorer(), example="x.mp4", edge=(480, 854))).uses("models/x")
    assert "uint8 (1, 480, 854, 3)" in asked[-1]
