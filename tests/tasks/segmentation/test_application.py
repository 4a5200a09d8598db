"""Runs of segmenters: what settings become, and that they train."""

import films
import media
import numpy as np
import pytest
import tensorflow as tf

from tfvgan.runs import Settings, train
from tfvgan.runs.loading import load_model
from tfvgan.tasks import Segmenter, VideoSegmenter
from tfvgan.tasks.segmentation.application import Segmentation

TINY = {
    "network": "segmenter",
    "frames": 3,
    "size": 16,
    "square": 16,
    "width": 8,
    "depth": 1,
    "batch_size": 2,
    "decoder": "pyav",
}


def test_the_numbers_are_those_of_the_settings():
    masks = {"masks": "masks", "palette": "black,red,blue"}
    given = {**TINY, **masks, "steady": 3.0, "adversarial": 0.0}
    model = Segmentation().make(Settings.make("videos", given), 0, None)
    generator = model.generator
    assert (generator.classes, generator.width, generator.depth) == (3, 8, 1) and not model.plays
    assert model.loss_weights["steady"] == 3
    assert (model.discriminator.size, model.discriminator.channels) == (16, 3)
    with pytest.raises(ValueError, match="`palette` is of use with `masks` alone"):
        Settings.make("videos", {**TINY, "palette": "black,red"})


def test_a_run_begins_with_another_of_its_kind():
    first = VideoSegmenter.from_preset(16, width=8, depth=1)
    settings = Settings.make("videos", {**TINY, "begin": "first"})
    again = Segmentation().make(settings, 0, lambda run: first)
    np.testing.assert_array_equal(again.generator.stem.kernel, first.average.stem.kernel)
    with pytest.raises(ValueError, match="`begin` must be the run of a segmenter, but .* a str"):
        Segmentation().make(settings, 0, lambda run: "x")


def test_a_run_segments(tmp_path, without_pictures, eagerly):
    videos = films.folder(tmp_path / "videos", frames=(6, 6), classes=())
    model = train(str(videos), tmp_path / "run", **TINY, epochs=1, steps_per_epoch=1)
    assert isinstance(model, VideoSegmenter)
    model.average.save(tmp_path / "generator.keras")
    alone = load_model(tmp_path / "generator.keras")
    assert isinstance(alone, Segmenter)
    assert alone.masks(np.zeros((2, 8, 8, 3), "uint8")).shape == (2, 8, 8, 2)
    assert Segmentation().for_edge(model, (8, 12), None).edge == (8, 12)
    assert Segmentation().for_edge(model, None, None) is model


def test_cutouts_are_put_over_the_clips_among_things_that_are_none(tmp_path):
    bright, alpha = np.full((3, 16, 16, 3), 250, "uint8"), np.zeros((3, 16, 16, 3), "uint8")
    alpha[:, 4:12, 4:12] = 255
    for name, video in (("videos", bright), ("alphas", alpha)):
        media.images(tmp_path / "people" / name / "a", video)
    settings = Settings.make("videos", {**TINY, "cutouts": str(tmp_path / "people")})
    dark = tf.data.Dataset.from_tensors({"video": np.full((8, 3, 16, 16, 3), -0.9, "float32")})

    def batch(start=0):
        return next(iter(Segmentation().batches(dark.repeat(3).skip, settings, start)))

    first, second = batch(), batch(1)
    shares = first["mask"].numpy()[..., 1]
    np.testing.assert_array_equal(first["mask"], batch()["mask"])
    assert (first["video"] != second["video"]).numpy().any()
    some = shares.max((1, 2, 3)) > 0.5
    assert some.any() and not some.all(), "frames without it stay black"
    still = Settings.make("videos", {**TINY, "cutouts": str(tmp_path / "people"), "steady": 0.0})
    batch_of_it = next(iter(Segmentation().batches(dark.repeat(3).skip, still, 0)))
    np.testing.assert_array_equal(first["video"], batch_of_it["video"])
    assert first["visible"].numpy().any() and not batch_of_it["visible"].numpy().any()


def test_a_folder_without_cutouts(tmp_path):
    settings = Settings.make("videos", {**TINY, "cutouts": str(tmp_path)})
    with pytest.raises(ValueError, match="`cutouts` must be a folder with videos/ and alphas/"):
        Segmentation().batches(None, settings, 0)
    for name in ("videos", "alphas"):
        media.images(tmp_path / name / "a", np.zeros((3, 16, 16, 3), "uint8"))
    with pytest.raises(ValueError, match="`cutouts` must hold something to cut out"):
        Segmentation().batches(lambda start: None, settings, 0)
