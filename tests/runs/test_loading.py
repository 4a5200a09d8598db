"""load_run: the newest model of a run, what was published of it, or a sentence."""

from types import SimpleNamespace

import keras
import numpy as np
import pytest

from tfvgan.networks import DcganGenerator
from tfvgan.runs import Settings, load_run, load_sampler
from tfvgan.runs.loading import sampler_of
from tfvgan.tasks import Sampler, VideoGAN


def save(path, step):
    model = VideoGAN.from_preset("dcgan", frames=2, size=8, width=4)
    model.step.assign(step)
    path.parent.mkdir(exist_ok=True, parents=True)
    model.save(path)
    return path


def generator():
    network = DcganGenerator(frames=2, size=8, width=4, num_classes=2)
    network.build()
    return network


def test_a_generator_alone_is_loaded_from_its_file_and_its_folder(tmp_path):
    saved = Sampler(generator(), ["run", "walk"], fps=5.0)
    path = saved.save(tmp_path / "generator.keras")
    for loaded in (load_run(path), load_sampler(tmp_path)):
        assert (loaded.class_names, loaded.fps) == (["run", "walk"], 5.0)
        np.testing.assert_array_equal(loaded.generate(1), saved.generate(1))


def test_a_sampler_of_a_run_knows_its_classes_and_rate(tmp_path):
    model = SimpleNamespace(sampler=Sampler(generator()))
    (tmp_path / "classes.json").write_text('["run", "walk"]')
    Settings.make("videos", {"fps": 12.0}).save(tmp_path)
    assert load_sampler(model) is model.sampler and model.sampler.class_names == []
    sampler = sampler_of(model, tmp_path)
    assert (sampler.class_names, sampler.fps) == (["run", "walk"], 12.0)
    assert load_sampler(sampler) is sampler


def test_says_what_is_missing(tmp_path):
    with pytest.raises(ValueError, match=r"holds no model\.keras and no checkpoint"):
        load_run(tmp_path)
    with pytest.raises(ValueError, match="holds no model"):
        load_run(tmp_path / "nowhere")
    (tmp_path / "text.keras").write_text("no model")
    with pytest.raises(ValueError, match="is damaged, or no archive"):
        load_run(tmp_path / "text.keras")
    other = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    other.save(tmp_path / "model.keras")
    with pytest.raises(ValueError, match="must hold a VideoGAN or its generator, but holds a Seq"):
        load_run(tmp_path)
