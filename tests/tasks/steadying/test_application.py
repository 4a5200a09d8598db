"""Runs of steadiers: what settings become, and that they train."""

import films
import numpy as np
import pytest

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


def test_more_is_learnt_from_where_another_stood(tmp_path):
    """Its average's weights, and what judged it; a published one has no judge."""
    known = Steadying().make(Settings.make("videos", TINY), 0, None)
    known.average.head.kernel.assign(0.1 + known.average.head.kernel)
    known.discriminator.set_weights([0.5 + each for each in known.discriminator.get_weights()])

    def begun(held, **more):
        given = {"network": "steadier", "begin": str(tmp_path), "square": 16, **more}
        return Steadying().make(Settings.make("videos", given), 0, {str(tmp_path): held}.get)

    for held in (known, known.steadier):
        model = begun(held)
        wanted = known.average.get_weights()
        for network in (model.generator, model.average):
            assert all(map(np.array_equal, network.get_weights(), wanted))
        assert model.generator.trainable_weights and int(model.step) == 0
        judges = [each.discriminator.get_weights()[0] for each in (model, known)]
        assert np.array_equal(*judges) == (held is known)
    with pytest.raises(ValueError, match=r"begins with has width=8 \(asked for: 16\): to go on"):
        begun(known, width=16)
    with pytest.raises(ValueError, match="`begin` must be the run of a steadier, but .* a str"):
        begun("text")
