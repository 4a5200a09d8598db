"""Runs of restorers: what settings become, and that they train, stop and go on for detail."""

import films
import numpy as np
import pytest
from same import assert_same_weights

from tfvgan.runs import Settings, load_model, load_restorer, train
from tfvgan.tasks import VideoRestorer
from tfvgan.tasks.restoration import application
from tfvgan.tasks.restoration.application import Restoration, restorer_batches, shown_side
from tfvgan.tasks.restoration.recipes import recipes

TINY = {
    "network": "restorer",
    "frames": 3,
    "size": 16,
    "square": 16,
    "width": 8,
    "depth": 1,
    "batch_size": 2,
    "decoder": "pyav",
}


def settings(**more):
    return Settings.make("videos", {**TINY, **more})


def make_restorer(settings):
    return application.make_restorer(settings, load_model)


def test_the_numbers_are_those_of_the_settings():
    model = make_restorer(settings(recipes=["noisy", "old"], factor=1))
    config = model.generator.get_config()
    assert (config["width"], config["depth"], config["factor"], config["folds"]) == (8, 1, 1, 2)
    assert config["leveled"] and not config["masked"] and not model.plays
    holes = make_restorer(settings(recipes="holes", factor=1)).generator
    assert holes.masked and not holes.leveled
    for size, shown in ((64, 64), (256, 128)):
        assert shown_side(settings(size=size, square=None)) == shown
    assert shown_side(settings(size=256, square=64)) == 64
    plain = make_restorer(settings())
    assert plain.generator.factor == 2 and plain.generator.folds == 1
    assert not plain.generator.masked and not plain.generator.leveled
    assert recipes(settings()) == ["clean"] and recipes(settings(recipes="old")) == ["old"]


def found(tmp_path, frames):
    from tfvgan.data import clips

    videos = films.folder(tmp_path / "videos", frames=(6, 6), classes=())
    how = {"batch_size": 2, "repeat": True, "decoder": "pyav"}
    return lambda left: clips(str(videos), frames, 16, start=2 * left, **how)


def test_batches_are_pairs(tmp_path):
    clips_from = found(tmp_path, 3)
    batches = [iter(restorer_batches(clips_from, settings(), start)) for start in (0, 1)]
    first, second = (next(each) for each in batches)
    assert first["video"].shape == (2, 3, 16, 16, 3) and first["degraded"].shape == (2, 3, 8, 8, 3)
    assert set(first) == set(second) == {"video", "degraded", "mask", "level"}


def test_a_later_start_goes_on_within_the_windows_of_a_clip(tmp_path):
    clips_from, asked = found(tmp_path, 6), settings(frames=6, window=2)
    whole = [batch["video"].numpy() for batch in restorer_batches(clips_from, asked, 0).take(6)]
    later = [batch["video"].numpy() for batch in restorer_batches(clips_from, asked, 4).take(2)]
    assert whole[0].shape == (2, 2, 16, 16, 3)
    np.testing.assert_array_equal(whole[4:], later)


def test_a_run_and_one_that_goes_on_from_it_for_detail(tmp_path):
    videos = films.folder(tmp_path / "videos", frames=(6, 6), classes=())
    lasting = {"epochs": 1, "steps_per_epoch": 2}
    first = train(str(videos), tmp_path / "first", **TINY, **lasting)
    assert isinstance(first, VideoRestorer) and not first.plays
    assert (tmp_path / "first" / "previews" / "epoch-0001.png").is_file()
    detail = {"detail": str(tmp_path / "first")}
    model = make_restorer(settings(**detail))
    assert model.plays and model.loss_weights["perceptual"] == 0.2 and int(model.step) == 0
    more = make_restorer(settings(**detail, perceptual=1.5))
    assert more.loss_weights == {**model.loss_weights, "perceptual": 1.5}
    assert_same_weights(model.generator, first.average)
    begun = make_restorer(settings(begin=str(tmp_path / "first"), recipes="old"))
    assert not begun.plays
    np.testing.assert_array_equal(begun.generator.get_weights()[0], first.average.get_weights()[0])
    assert all(weight.trainable for weight in model.generator.trainable_weights)
    assert model.generator.trainable_weights
    restored = load_restorer(tmp_path / "first").restore(np.zeros((2, 8, 8, 3), "uint8"))
    assert restored.shape == (2, 16, 16, 3)
    with pytest.raises(ValueError, match=r"has factor=2 \(asked for: 4\): to go on from it"):
        make_restorer(settings(detail=str(tmp_path / "first"), factor=4))


@pytest.mark.parametrize("phase", ["begin", "detail"])
def test_it_goes_on_from_what_was_published(tmp_path, phase):
    model = make_restorer(settings())
    weights = model.average.get_weights()
    model.restorer.save(tmp_path / "generator.keras")
    begun = make_restorer(settings(**{phase: str(tmp_path)}))
    assert begun.plays == (phase == "detail") and begun.generator.trainable_weights
    for old, new in zip(weights, begun.generator.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)
    with pytest.raises(ValueError, match="width=8 .asked for: 12.: to go on from it"):
        make_restorer(settings(**{phase: str(tmp_path)}, width=12))


def test_what_it_goes_on_from_is_a_restorer(tmp_path):
    from tfvgan.tasks import VideoGAN

    VideoGAN.from_preset("dcgan", frames=2, size=8, width=4).save(tmp_path / "model.keras")
    with pytest.raises(ValueError, match="must be the run of a restorer, but .* holds a VideoGAN"):
        make_restorer(settings(detail=str(tmp_path)))


def test_versions_are_made_once_and_shown_in_step(tmp_path):
    from tfvgan.data import prepare

    videos = films.folder(tmp_path / "videos", frames=(6, 6), classes=())
    clips_from = found(tmp_path, 6)
    clips_from.cache = prepare(videos, tmp_path / "cache", 6, 16, decoder="pyav", progress=False)
    clips_from.share = (0, 1)
    asked = settings(frames=6, window=3, recipes="footage", versions=2, factor=1, square=8)
    Restoration().prepare(clips_from.cache, asked)
    folder = tmp_path / "cache" / "degraded" / "footage_x1_2_versions_seed0"
    written = [path.stat().st_mtime_ns for path in sorted(folder.glob("[!.]*.*"))]
    whole = [batch["degraded"].numpy() for batch in restorer_batches(clips_from, asked, 0).take(3)]
    later = next(iter(restorer_batches(clips_from, asked, 2)))["degraded"].numpy()
    assert whole[0].shape == (2, 3, 8, 8, 3)
    clips_from.share = (1, 2)
    (own,) = restorer_batches(clips_from, asked, 0).take(1)
    np.testing.assert_array_equal(own["degraded"], whole[0][1:])
    np.testing.assert_array_equal(whole[2], later)
    assert written == [path.stat().st_mtime_ns for path in sorted(folder.glob("[!.]*.*"))]


def test_without_versions_nothing_is_made_ahead(tmp_path):
    Restoration().prepare(None, settings())


@pytest.mark.slow
def test_a_run_on_versions_that_was_stopped_goes_on(tmp_path):
    videos = films.folder(tmp_path / "videos", frames=(6, 6), classes=())
    how = {**TINY, "frames": 6, "window": 3, "size": 32, "recipes": "clean", "versions": 2}
    how |= {"epochs": 1, "steps_per_epoch": 2}
    train(videos, tmp_path / "run", **how)
    made = list((tmp_path / "run" / "cache" / "degraded").iterdir())
    assert [folder.name for folder in made] == ["clean_x2_2_versions_seed0"]
    whole = train(videos, tmp_path / "whole", **{**how, "epochs": 2})
    resumed = train(None, tmp_path / "run", resume=True, epochs=2)
    assert_same_weights(whole, resumed)
