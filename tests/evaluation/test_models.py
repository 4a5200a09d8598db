"""Models to sample from: run, file and SavedModel give the same videos."""

import json

import keras
import numpy as np
import pytest
import tensorflow as tf

from tfvgan.evaluation.models import find_model_videos
from tfvgan.export import export_saved_model
from tfvgan.runs import Settings
from tfvgan.tasks import VideoGAN


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A run's folder: model and settings."""
    folder = tmp_path_factory.mktemp("run")
    VideoGAN.from_preset("dcgan", frames=2, size=8, width=4).save(folder / "model.keras")
    Settings.make("videos", {"frames": 2, "size": 8, "stride": 3}).save(folder)
    return folder


def first(sampler, count, seed=0):
    return np.stack(list(sampler.videos(count, seed)))


def test_a_run_and_its_file_give_the_same_videos(run):
    sampler = find_model_videos(run)
    assert sampler.shape == (2, 8, 8, 3) and str(run) in sampler.place
    assert sampler.trained_on == {"stride": 3, "fps": None}
    file = find_model_videos(str(run / "model.keras"))
    assert file.trained_on == {}
    videos = first(sampler, 10)
    assert videos.dtype == np.uint8 and len(np.unique(videos, axis=0)) == 10
    np.testing.assert_array_equal(videos, first(file, 10))
    np.testing.assert_array_equal(videos[:3], first(sampler, 3))
    assert (first(sampler, 3, seed=1) != videos[:3]).any()


def test_a_published_folder_without_exports_does_too(run, tmp_path):
    model = keras.models.load_model(run / "model.keras")
    model.sampler.save(tmp_path / "generator.keras")
    np.testing.assert_array_equal(
        first(find_model_videos(tmp_path), 3), first(find_model_videos(run), 3)
    )


def test_a_saved_model_gives_them_too_and_the_newest_version_is_taken(run, tmp_path):
    model = keras.models.load_model(run / "model.keras")
    version = export_saved_model(model, tmp_path)
    (tmp_path / "0").mkdir()
    for path in (tmp_path, version):
        sampler = find_model_videos(path)
        assert sampler.place.endswith("/1")
        made = first(sampler, 3)
        drawn = int(np.random.SeedSequence((0, 0)).generate_state(1)[0] >> 1)
        seeds = np.random.SeedSequence(drawn).generate_state(8) >> 1  # One for each of a batch.
        for video, seed in zip(made, seeds[:3], strict=True):
            difference = model.generate(1, seed=int(seed))[0].astype(int) - video
            assert np.abs(difference).max() <= 1
        assert (made[0] != made[1]).any()


def test_a_saved_model_that_counts_its_videos_is_read_as_ever(tmp_path):
    """So it was exported once: `sample(count, seed)`, of scalars."""
    scalars = [tf.TensorSpec((), tf.int32, name=name) for name in ("count", "seed")]

    def sample(count, seed):
        numbers = tf.cast(tf.range(count) + seed % 2, tf.uint8)
        return {"video": tf.tile(numbers[:, None, None, None, None], (1, 2, 4, 4, 3))}

    module = tf.Module()
    module.f = tf.function(sample, scalars)
    tf.saved_model.save(module, str(tmp_path / "m"), signatures={"sample": module.f})
    made = first(find_model_videos(tmp_path / "m"), 3)
    assert made.shape == (3, 2, 4, 4, 3) and np.ptp(made, axis=0).max() == 2


def test_a_saved_model_without_sample_is_said(tmp_path):
    module = tf.Module()
    module.f = tf.function(lambda x: x, [tf.TensorSpec((), tf.float32)])
    tf.saved_model.save(module, str(tmp_path / "m"), signatures={"f": module.f})
    with pytest.raises(ValueError, match=r"signature sample\(seed\).* but has f: export"):
        find_model_videos(tmp_path / "m")


@pytest.mark.parametrize("data", [b"", b"text", bytes(range(256)) * 4])
def test_a_damaged_saved_model_is_one_sentence(data, tmp_path):
    (tmp_path / "saved_model.pb").write_bytes(data)
    with pytest.raises(ValueError) as caught:
        find_model_videos(tmp_path)
    assert str(caught.value).count("\n") == 0 and str(tmp_path) in str(caught.value)


def test_what_is_no_model_is_none(tmp_path):
    assert find_model_videos(tmp_path) is None
    assert find_model_videos(str(tmp_path / "none.mp4")) is None
    assert find_model_videos(["a.mp4"]) is None
    assert find_model_videos(np.zeros((1, 2, 8, 8, 3), np.uint8)) is None


def test_an_untrained_run_is_an_error(tmp_path):
    (tmp_path / "settings.json").write_text(json.dumps({"videos": "x"}))
    with pytest.raises(ValueError, match="holds no model.keras"):
        find_model_videos(tmp_path)
