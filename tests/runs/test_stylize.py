"""Stylizing by a run or a model: which is taken, what is written."""

import films
import numpy as np
import pytest

from tfvgan.networks import StylizerGenerator
from tfvgan.runs import load_restorer, load_stylizer, shipped, stylize
from tfvgan.runs import stylize as module
from tfvgan.tasks import Stylizer


@pytest.fixture
def painter(tmp_path):
    network = StylizerGenerator(8, 1)
    network.build()
    folder = tmp_path / "style_toy"
    folder.mkdir()
    Stylizer(network).save(folder / "generator.keras")
    return folder


def test_a_file_is_painted_and_compared(painter, tmp_path):
    path = films.film(tmp_path / "in.mp4", frames=3, size=(16, 16))
    out = str(tmp_path / "out.mp4")
    written = stylize(path, out, painter, compare=True, strength=0.5)
    assert written[0] == out and len(written) == 3
    with pytest.raises(ValueError, match="compare"):
        stylize("-", out, painter, compare=True)


def test_a_name_is_that_of_a_style_in_the_package(painter, monkeypatch):
    import importlib

    runs = importlib.import_module("tfvgan.runs.stylize")
    for place in (runs, shipped):
        monkeypatch.setattr(place, "shipped_folders", lambda prefix: [painter])
    assert runs.shipped_styles() == ["toy"]
    assert load_stylizer("toy", 0.3).strength == 0.3
    with pytest.raises(ValueError, match="no style in the package that is called 'cubism'.*toy"):
        load_stylizer("cubism")


def test_a_picture_is_learnt_first(tmp_path):
    (tmp_path / "monet.jpg").touch()
    with pytest.raises(ValueError, match=r"monet\.jpg`: if .* train stylizer .*monet\.jpg --out"):
        load_stylizer(tmp_path / "monet.jpg")


def test_who_paints_does_not_restore_and_who_restores_does_not_paint(painter):
    with pytest.raises(ValueError, match="is no restorer: give it to `tfvgan stylize`"):
        load_restorer(painter)
    from tfvgan.networks import RestorerGenerator
    from tfvgan.tasks import Restorer

    network = RestorerGenerator(1, 8, 1)
    network.build()
    with pytest.raises(ValueError, match="is no stylizer: give it to `tfvgan restore`"):
        load_stylizer(Restorer(network))
    assert load_stylizer(load_stylizer(painter), edge=(8, 8)).edge == (8, 8)
    assert callable(module) and np.isfinite(load_stylizer(painter).strength)
