"""An application is a folder and a line in the table: a toy does all that the others do."""

import json
import os
import sys

import films
import numpy as np
import pytest
from tfvgan_cli.main import main

from tfvgan import applications
from tfvgan.runs import Settings, for_edge, load_model, publish, restore, train
from tfvgan.tasks.application import Application, Given

TINY = {"network": "brightener", "frames": 3, "size": 16, "batch_size": 2, "decoder": "pyav"}
TINY |= {"steps_per_epoch": 2, "darkness": 0.25}


@pytest.fixture
def toy(monkeypatch):
    """Adds a line to the table."""
    monkeypatch.setattr(applications, "TABLE", ["toy_application.options", *applications.TABLE])


def export_model(model, path, tflite, allowed, *rest):
    """Writes no more than what a card reads."""
    assert set(tflite) <= set(model.endpoints())
    (path / "1").mkdir()
    (path / "1" / "parity.json").write_text(json.dumps({"rows": [], "left_out": []}))
    return str(path / "1")


def test_a_toy_trains_resumes_restores_exports_and_is_published(
    toy, tmp_path, monkeypatch, eagerly, without_pictures
):
    videos = films.folder(tmp_path / "videos", frames=(6, 6), classes=())
    run, whole, out = tmp_path / "run", tmp_path / "whole", tmp_path / "models" / "bright"
    train(str(videos), run, epochs=1, **TINY)
    model = train(None, run, resume=True, epochs=2)
    assert type(model).__name__ == "VideoBrightener" and model.steps_made == 4
    expected = train(str(videos), whole, epochs=2, **TINY)
    for one, other in zip(model.get_weights(), expected.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
    assert Settings.load(run).darkness == 0.25
    assert for_edge(load_model(run), (8, 12)).edge == (8, 12)
    monkeypatch.setattr(sys.modules["tfvgan.runs.publish"], "export_model", export_model)
    film = films.film(tmp_path / "x.mp4", frames=4, size=(32, 32))
    day = tmp_path / "day.mkv"
    assert restore(film, day, run, codec="ffv1") == [str(day)] and day.stat().st_size
    assert publish(run, out, "films", "CC0", example=film) == str(out)
    card = (out / "README.md").read_text()
    assert "| Brightens | the night |" in card
    assert "--network brightener" in card and "--darkness 0.25" in card
    assert "generator.keras" in os.listdir(out)


def test_the_toy_is_in_the_help(toy, capsys):
    for words in (["train"], ["train", "brightener"]):
        with pytest.raises(SystemExit):
            main([*words, "--help"])
        printed = capsys.readouterr().out
        assert "--darkness SHARE" in printed and "makes dark videos bright" in printed
    with pytest.raises(ValueError, match='`darkness` is for the network "brightener" alone'):
        Settings.make("videos", {"darkness": 0.5})


def test_the_usual_answers():
    usual = Application()
    assert usual.batches(lambda start: start + 1, None, 3) == 4
    assert usual.cool_down("x") == 0
    assert usual.alone(object()) is usual.card(None) is usual.for_edge(None, None, None) is None
    with pytest.raises(ValueError, match="`sharpness` is for generators, and this is a codec"):
        Given(None, sharpness=2.0).allow("edge", what="codec")
    Given(None, sharpness=2.0, edge=(1, 2)).allow("edge", "sharpness", what="x")
