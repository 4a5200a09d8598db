"""Steadying by a run or a model: which is taken, what is written."""

import importlib

import media
import numpy as np
import pytest

from tfvgan.networks import RestorerGenerator, SteadierGenerator
from tfvgan.runs import load_restorer, load_steadier, steady
from tfvgan.streaming import Source
from tfvgan.tasks import Restorer, Steadier


@pytest.fixture(scope="module")
def steadier():
    network = SteadierGenerator(8, 1)
    network.build()
    draws = np.random.default_rng(0)
    network.head.kernel.assign(0.02 * draws.normal(size=network.head.kernel.shape))
    return Steadier(network)


def test_two_files_become_one_and_it_is_compared_with_the_processed_one(
    steadier, tmp_path, eagerly
):
    frames = media.frames(3, 32, 40)
    original = media.images(tmp_path / "o", frames)
    processed = media.images(tmp_path / "p", 255 - frames)
    out = tmp_path / "out"
    paths = steady(original, processed, out, steadier, compare=True, fps=5, cuts=False)
    assert paths == [
        str(tmp_path / name) for name in ("out", "out-compared.mp4", "out-compared.png")
    ]
    made = np.stack([frame.rgb for frame in Source(out).frames()])
    np.testing.assert_array_equal(made, steadier.steady(frames, 255 - frames))
    shown = Source(paths[1])
    left = next(shown.frames()).rgb[4:28, 4:36].mean((0, 1))
    assert np.abs(left - (255 - frames[0])[4:28, 4:36].mean((0, 1))).max() < 4
    assert shown.fps == 5 and shown.count == 3


def test_images_of_a_film_are_compared_at_its_rate(steadier, tmp_path, eagerly):
    frames = media.frames(2, 32, 40)
    original = media.video(tmp_path / "o", "h264.mkv", frames, fps=10)
    processed = media.images(tmp_path / "p", frames)
    paths = steady(original, processed, tmp_path / "out", steadier, compare=True)
    assert Source(paths[1]).fps == 10
    with pytest.raises(ValueError, match="compare"):
        steady(original, "-", tmp_path / "x.mkv", steadier, compare=True)


def test_the_model_of_the_package_is_taken_where_none_is_named(steadier, tmp_path, monkeypatch):
    runs = importlib.import_module("tfvgan.runs.steady")
    monkeypatch.setattr(runs, "shipped_folders", lambda prefix: [tmp_path / "steady_more"])
    with pytest.raises(ValueError, match="There is no steadier in the package: give a `model`"):
        load_steadier()
    folder = tmp_path / "steady"
    folder.mkdir()
    steadier.save(folder / "generator.keras")
    monkeypatch.setattr(runs, "shipped_folders", lambda prefix: [tmp_path / "steady_more", folder])
    assert load_steadier().identity == load_steadier(folder).identity == steadier.identity
    assert load_steadier(steadier) is steadier and load_steadier(steadier, (8, 8)).edge == (8, 8)


def test_who_restores_does_not_steady_and_who_steadies_does_not_restore(steadier):
    with pytest.raises(ValueError, match="is no restorer: give it to `tfvgan steady`"):
        load_restorer(steadier)
    network = RestorerGenerator(1, 8, 1)
    network.build()
    with pytest.raises(ValueError, match="is no steadier: give it to `tfvgan restore`"):
        load_steadier(Restorer(network))
