"""load_run: the newest model of a run, what was published of it, or a sentence."""

from types import SimpleNamespace

import keras
import numpy as np
import pytest

from tfvgan.networks import DcganGenerator, EnlargerGenerator, RestorerGenerator
from tfvgan.runs import Settings, enlarge, load_run, load_sampler, shipped
from tfvgan.runs.loading import (
    alone,
    known_at,
    load_enlarger,
    loaded,
    loaded_for,
    settings_at,
)
from tfvgan.tasks import Enhancer, Enlarger, Restorer, Sampler, VideoEnlarger, VideoGAN
from tfvgan.tasks.beside import known_beside
from tfvgan.tasks.generation.video_gan import sampler_of

VIDEOS = np.random.default_rng(0).integers(0, 256, (2, 3, 8, 8, 3), np.uint8)


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
    for one in (load_run(path), load_sampler(tmp_path)):
        assert (one.class_names, one.fps) == (["run", "walk"], 5.0)
        np.testing.assert_array_equal(one.generate(1), saved.generate(1))


@pytest.fixture
def package(tmp_path, monkeypatch):
    """The folder of the package's models."""
    monkeypatch.setattr(shipped, "__file__", str(tmp_path / "tfvgan" / "runs" / "shipped.py"))
    return tmp_path / "saved_models"


def test_a_sampler_of_a_run_knows_its_classes_and_rate(tmp_path):
    model = SimpleNamespace(sampler=Sampler(generator()))
    (tmp_path / "classes.json").write_text('["run", "walk"]')
    settings = Settings.make("videos", {"fps": 12.0})
    settings.save(tmp_path)
    (tmp_path / "model.keras").touch()
    for place in (tmp_path, str(tmp_path / "model.keras")):
        assert settings_at(place) == settings
    (tmp_path / "published").mkdir()
    assert settings_at(tmp_path / "published") is settings_at(model) is None
    assert load_sampler(model) is model.sampler and model.sampler.class_names == []
    sampler = sampler_of(model, **known_at(tmp_path, settings))
    assert (sampler.class_names, sampler.fps) == (["run", "walk"], 12.0)
    assert load_sampler(sampler) is sampler


def test_says_what_is_missing(tmp_path):
    with pytest.raises(ValueError, match=r"holds no model\.keras and no checkpoint"):
        load_run(tmp_path)
    with pytest.raises(ValueError, match="nothing at .*nowhere`, nor a model in the package"):
        load_run(tmp_path / "nowhere")
    (tmp_path / "text.keras").write_text("no model")
    with pytest.raises(ValueError, match="is damaged, or no archive"):
        load_run(tmp_path / "text.keras")
    other = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    other.save(tmp_path / "model.keras")
    with pytest.raises(ValueError, match="must hold a VideoGAN or its generator, but holds a Seq"):
        load_run(tmp_path)


@pytest.mark.parametrize(
    ("network", "kind"),
    [
        (DcganGenerator(frames=2, size=8, width=4), Sampler),
        (EnlargerGenerator(2, 8, width=8, depth=1), Enlarger),
        (RestorerGenerator(2, 8, 1), Restorer),
    ],
)
def test_each_network_is_what_it_does(network, kind):
    network.build()
    found = alone(network, fps=5.0)
    assert type(found) is kind and found.generator is network
    assert getattr(found, "fps", 5.0) == 5.0


def test_what_lies_beside_says_whether_a_restorer_is_a_codecs(tmp_path):
    network = RestorerGenerator(1, 8, 1, leveled=True)
    network.build()
    for kind in (Enhancer, Restorer):
        path = kind(network).save(tmp_path / f"{kind.__name__}.keras")
        assert type(alone(network, **known_beside(path))) is kind
    with pytest.raises(ValueError, match="A codec's network must be of factor 1"):
        alone(RestorerGenerator(2, 8, 1), codec=True)
    sampler = DcganGenerator(frames=2, size=8, width=4)
    assert type(alone(sampler, codec=True)) is Sampler


def test_what_is_asked_for_is_what_a_model_has_or_is_or_a_sentence(tmp_path):
    sampler, path = Sampler(generator()), tmp_path / "generator.keras"
    sampler.save(path)
    assert loaded(sampler) is sampler and type(loaded(path)) is Sampler

    def asked(model, **how):
        return loaded_for(model, "a sampler", lambda one: type(one) is Sampler, "train one", **how)

    assert asked(SimpleNamespace(sampler=sampler), name="sampler") is sampler
    assert asked(sampler, name="sampler") is sampler and type(asked(path)) is Sampler
    with pytest.raises(ValueError, match=r"`7` must hold a sampler, but holds a int: train one\.$"):
        asked(7)
    with pytest.raises(ValueError, match="`toy` must hold a sampler"):
        asked(7, said="toy")


def test_what_is_no_such_network_stays_what_it_is():
    other = object()
    assert alone(other) is other


@pytest.fixture(scope="module")
def enlarging():
    return VideoEnlarger.from_preset(3, 16, 2, width=8)


def test_a_model_of_the_package_is_loaded_by_its_name(enlarging, package):
    folder = package / "generate_toy"
    folder.mkdir(parents=True)
    Sampler(generator(), ["run", "walk"], fps=5.0).save(folder / "generator.keras")
    (folder / "enlarger").mkdir()
    enlarging.enlarger.save(folder / "enlarger" / "generator.keras")
    for name in ("toy", "generate_toy"):
        assert load_sampler(name).class_names == ["run", "walk"]
        assert enlarge(name, VIDEOS).shape == (2, 3, 16, 16, 3)


def test_a_run_without_an_enlarger_keeps_its_videos(tmp_path):
    for run in (tmp_path, str(tmp_path / "model.keras"), object()):
        assert enlarge(run, VIDEOS) is VIDEOS
        assert load_enlarger(run) is None


@pytest.mark.parametrize("published", [False, True])
def test_a_run_with_an_enlarger_uses_it(enlarging, tmp_path, published):
    folder = tmp_path / "enlarger"
    folder.mkdir()
    if published:
        enlarging.enlarger.save(folder / "generator.keras")
    else:
        enlarging.save(folder / "model.keras")
    expected = enlarging.enlarge(VIDEOS, seed=3)
    np.testing.assert_array_equal(enlarge(str(tmp_path), VIDEOS, seed=3), expected)


def test_says_what_is_wrong_with_an_enlarger(tmp_path):
    (tmp_path / "enlarger").mkdir()
    with pytest.raises(ValueError, match="no checkpoint"):
        enlarge(tmp_path, VIDEOS)
    other = DcganGenerator(4, 2, 8, width=4)
    other.build()
    other.save(tmp_path / "enlarger" / "model.keras")
    with pytest.raises(ValueError, match="must hold an enlarger, but holds a"):
        enlarge(tmp_path, VIDEOS)
