"""A trained enlarger: parts of a video fit each other, and what is served is what it makes."""

import os

import numpy as np
import pytest
import tensorflow as tf

from tfvgan.export import export_tflite, run_tflite
from tfvgan.networks import EnlargerDiscriminator, EnlargerGenerator
from tfvgan.runs import load_model
from tfvgan.tasks import Enlarger
from tfvgan.tasks.examples import smooth_pictures
from tfvgan.tasks.generation import codes
from tfvgan.video import from_uint8, to_uint8

SIDE, FACTOR = 8, 2
VIDEOS = np.random.default_rng(0).integers(0, 256, (2, 5, SIDE, SIDE, 3), np.uint8)


@pytest.fixture(scope="module")
def model():
    """Returns one that does more than bilinear."""
    generator = EnlargerGenerator(4, SIDE, FACTOR, width=8)
    generator.build()
    kernel = generator.head.kernel
    kernel.assign(np.random.default_rng(1).normal(0.0, 0.3, kernel.shape))
    return Enlarger(generator)


def test_a_video_is_the_same_in_parts(model):
    whole = model.enlarge(VIDEOS)
    assert whole.shape == (2, 5, SIDE * FACTOR, SIDE * FACTOR, 3) and whole.dtype == np.uint8
    np.testing.assert_array_equal(model.enlarge(VIDEOS[:1]), whole[:1])
    parts = (model.enlarge(VIDEOS, chunk=2), model.enlarge(VIDEOS[:, 3:]))
    for part, expected in zip(parts, (whole, whole[:, 3:])):
        assert np.abs(part.astype(int) - expected).max() <= 1  # Rounding differs by batch size.
    assert (model.enlarge(VIDEOS, seed=1) != whole).any()
    assert model.enlarge(VIDEOS[:0]).shape == (0, *whole.shape[1:])


def test_videos_of_another_size_are_refused(model):
    with pytest.raises(ValueError, match="must be of 8x8 pixels .* are of 16x16"):
        model.enlarge(VIDEOS.repeat(2, axis=2).repeat(2, axis=3))


def test_before_and_after_are_of_one_size(model):
    real = model.enlarge(VIDEOS)
    shown = model.before_and_after(real)
    assert list(shown) == ["small", "enlarged", "real"]
    assert {videos.shape for videos in shown.values()} == {real.shape}
    means = real.reshape(2, 5, SIDE, FACTOR, SIDE, FACTOR, 3).mean((3, 5))
    assert np.abs(shown["small"][:, :, ::FACTOR, ::FACTOR] - means).max() <= 0.5001
    np.testing.assert_array_equal(shown["enlarged"], model.enlarge(shown["small"][:, :, ::2, ::2]))


def test_the_endpoints_serve_the_average(model):
    endpoints = model.endpoints()
    assert list(endpoints) == ["enlarge", "enlarge_encoded", "enlarge_frame"]
    assert [name for name, endpoint in endpoints.items() if endpoint.edge] == ["enlarge_frame"]
    latents = codes.latents(model.generator, tf.range(2), 0, "enlarging")
    video = endpoints["enlarge"].function(tf.constant(VIDEOS), latents)["video"]
    assert np.abs(video.numpy().astype(int) - model.enlarge(VIDEOS)).max() <= 1
    frame = endpoints["enlarge_frame"].function(tf.constant(VIDEOS[:, 3]), latents)["frame"]
    assert np.abs(frame.numpy().astype(int) - video[:, 3]).max() <= 1
    example = endpoints["enlarge_frame"].edge.examples(2, 0)[1]
    assert {name: value.shape for name, value in example.items()} == {
        "frame": (1, SIDE, SIDE, 3), "latents": (1, model.generator.latent_dim)
    }  # fmt: skip
    floats = endpoints["enlarge_frame"].edge.function(*example.values())["frame"]
    served = endpoints["enlarge_frame"].function(*example.values())["frame"]
    np.testing.assert_array_equal(to_uint8(floats), served)


@pytest.mark.parametrize(
    "quantization, allowed",
    [
        ("float32", 1e-4),
        pytest.param("dynamic", 0.02, marks=pytest.mark.slow),
        pytest.param("int8", 0.05, marks=pytest.mark.slow),
    ],
)
def test_a_tflite_file_gives_the_models_frames(model, tmp_path, quantization, allowed):
    path = export_tflite(model, tmp_path / "frame.tflite", quantization)
    frames, latents = (
        smooth_pictures(2, SIDE, 5).numpy(),
        codes.latents(model.generator, tf.range(2), 5, "enlarging").numpy(),
    )
    found = run_tflite(path, {"frame": frames, "latents": latents})["frame"]
    expected = model._enlarged(frames[:, None], latents)[:, 0]
    assert found.dtype == np.float32 and np.std(expected) > 0.2
    off = np.abs(found - expected)
    assert (off.max() if quantization == "float32" else off.mean()) <= allowed


def test_examples_are_pictures_with_contrast():
    found = smooth_pictures(3, 16, 0).numpy()
    assert found.shape == (3, 16, 16, 3) and found.dtype == np.uint8
    assert from_uint8(found).numpy().std() > 0.3 and len(np.unique(found[:, 0, 0])) > 1


def test_it_is_saved_without_what_trained_it(model, tmp_path):
    path = model.save(tmp_path / "generator.keras")
    assert sorted(os.listdir(tmp_path)) == ["generator.json", "generator.keras"]
    for place in (path, tmp_path):
        np.testing.assert_array_equal(load_model(place).enlarge(VIDEOS), model.enlarge(VIDEOS))


def test_details_are_drawn_apart_from_what_is_shown_unless_the_file_is_old(model, tmp_path):
    """Before, the latents of both stages were the same numbers."""
    path = model.save(tmp_path / "generator.keras")
    (tmp_path / "generator.json").unlink()
    older = load_model(path)
    assert (older.draws, model.draws) == (1, 2)
    assert (older.enlarge(VIDEOS) != model.enlarge(VIDEOS)).any()
    np.testing.assert_array_equal(
        older.enlarge(VIDEOS), Enlarger(model.generator, 1).enlarge(VIDEOS)
    )


def test_other_networks_are_refused():
    with pytest.raises(ValueError, match="networks.EnlargerGenerator, but is a EnlargerDis"):
        Enlarger(EnlargerDiscriminator(size=8))
