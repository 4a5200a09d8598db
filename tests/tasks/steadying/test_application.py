"""Runs of steadiers: what settings become, and that they train."""

import films
import numpy as np

from tfvgan.runs import Settings, train
from tfvgan.runs.loading import load_model
from tfvgan.tasks import Steadier, VideoSteadier
from tfvgan.tasks.steadying.application import Steadying

TINY = {
    "network": "steadier",
    "frames": 3,
    "size": 16,
    "square": 16,
    "width": 8,
    "depth": 1,
    "batch_size": 2,
    "decoder": "pyav",
}


def test_the_numbers_are_those_of_the_settings():
    settings = Settings.make("videos", {**TINY, "steady": 3.0, "perceptual": 0.0, "adversarial": 0})
    model = Steadying().make(settings, 0, None)
    assert (model.generator.width, model.generator.depth) == (8, 1) and not model.plays
    assert model.loss_weights["steady"] == 3 and model.loss_weights["perceptual"] == 0
    assert model.discriminator.size == 16


def test_a_run_steadies(tmp_path, without_pictures, eagerly):
    videos = films.folder(tmp_path / "videos", frames=(6, 6), classes=())
    given = {"perceptual": 0.0, "adversarial": 0.0, "epochs": 1, "steps_per_epoch": 1}
    model = train(str(videos), tmp_path / "run", **TINY, **given)
    assert isinstance(model, VideoSteadier)
    model.average.save(tmp_path / "generator.keras")
    alone = load_model(tmp_path / "generator.keras")
    assert isinstance(alone, Steadier)
    video = np.zeros((2, 8, 8, 3), "uint8")
    assert alone.steady(video, video).shape == video.shape
