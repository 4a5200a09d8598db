"""The state of a game, and what Keras asks of any model."""

import io
import zipfile

import h5py
import keras
import numpy as np
import pytest
import tensorflow as tf
import toy
from same import assert_same_weights

from tfvgan.engine import Endpoint


@keras.saving.register_keras_serializable(package="tests")
class Serving(toy.Toy):
    """A toy that answers for latents."""

    def endpoints(self):
        latents = tf.TensorSpec((None, toy.LATENT_DIM), name="latents")
        return {
            "generate": Endpoint(lambda latents: {"video": self.average(latents)}, [latents]),
            "norm": Endpoint(lambda latents: {"norm": tf.norm(latents, axis=1)}, [latents]),
        }


def serving():
    model = Serving(toy.generator(), toy.discriminator())
    model.compile()
    return model


def test_the_average_begins_as_the_generator_and_all_is_built():
    model = toy.Toy(toy.generator(), toy.discriminator(), seed=3)
    assert model.built and model.steps_made == 0
    assert_same_weights(model.average, model.generator)


def test_a_model_comes_back_from_its_config():
    model = toy.Toy(toy.generator(), toy.discriminator(), seed=3)
    again = toy.Toy.from_config(model.get_config())
    assert again.get_config() == model.get_config() and again.seed == 3
    assert keras.saving.serialize_keras_object(again) == keras.saving.serialize_keras_object(model)


def test_a_model_that_was_not_compiled_is_saved_too(tmp_path):
    model = toy.Toy(toy.generator(), toy.discriminator())
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras")
    assert not again.compiled
    np.testing.assert_array_equal(again.get_weights()[0], model.get_weights()[0])


def test_what_losses_lack_is_told_before_a_batch_is_read():
    class Lacking(toy.Toy):
        def check_ready(self):
            raise ValueError("No weights: fetch them.")

    model, read = Lacking(toy.generator(), toy.discriminator()), []
    model.compile()
    watched = toy.dataset().map(lambda batch: (tf.py_function(read.append, [0], []), batch)[1])
    for run in (model.fit, model.evaluate):
        with pytest.raises(ValueError, match="^No weights: fetch them.$"):
            run(watched, verbose=0)
    assert not read and model.steps_made == 0


def test_the_steps_are_a_plain_int():
    model = toy.model()
    model.fit(toy.dataset(), verbose=0)
    assert model.steps_made == 4 and type(model.steps_made) is int


HOW = {"run_eagerly": True, "steps_per_execution": 2, "jit_compile": False}


@pytest.mark.parametrize("how", [{}, HOW, {"jit_compile": True}], ids=str)
def test_how_steps_are_run_is_saved(how, tmp_path):
    model = toy.model(**how)
    model.save(tmp_path / "model.keras")
    again = keras.models.load_model(tmp_path / "model.keras")
    for name in HOW:
        assert getattr(again, name) == getattr(model, name), name
        asked = {"run_eagerly": False, "steps_per_execution": 1, "jit_compile": None, **how}
        assert again.get_compile_config()[name] == asked[name]


def test_a_model_is_exported_with_its_endpoints(tmp_path):
    model, latents = serving(), tf.random.normal((2, toy.LATENT_DIM))
    model.export(tmp_path / "exported", verbose=False)
    served = tf.saved_model.load(tmp_path / "exported")
    np.testing.assert_allclose(served.norm(latents)["norm"], tf.norm(latents, axis=1), rtol=1e-5)
    tf.saved_model.save(model, tmp_path / "saved")
    default = tf.saved_model.load(tmp_path / "saved").signatures["serving_default"]
    expected = model.average(latents).numpy()
    for video in (default(latents=latents)["video"], served.generate(latents)["video"]):
        np.testing.assert_allclose(video, expected, atol=1e-5)


@pytest.mark.parametrize("asked", [{"format": "onnx"}, {"input_signature": []}], ids=str)
def test_what_export_does_not_write_is_told(asked, tmp_path):
    with pytest.raises(ValueError, match="SavedModel of the model's own endpoints.*export_tflite"):
        serving().export(tmp_path / "exported", **asked)


@pytest.mark.parametrize("name", ["model.h5", "model.hdf5"])
def test_legacy_files_are_refused(name, tmp_path):
    with pytest.raises(ValueError, match="saved as a .keras file, but the name is"):
        toy.model().save(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_weights_alone_are_saved_and_read(tmp_path):
    model, other = toy.model(seed=0), toy.model(seed=1)
    model.save_weights(tmp_path / "model.weights.h5")
    other.load_weights(tmp_path / "model.weights.h5")
    assert_same_weights(model, other)


def test_each_number_is_saved_once(tmp_path):
    """Weights and two of Adam for each of both networks, and the average of the generator."""
    model = toy.model()
    model.save(tmp_path / "model.keras")
    with zipfile.ZipFile(tmp_path / "model.keras") as archive:
        file = h5py.File(io.BytesIO(archive.read("model.weights.h5")))
    counts = []
    file.visititems(lambda _, each: counts.append(getattr(each, "size", 0)))
    networks = (model.generator, model.discriminator, model.average)
    least = sum(weight.numpy().size for network in networks for weight in network.weights)
    for network in networks[:2]:
        least += 2 * sum(weight.numpy().size for weight in network.trainable_weights)
    assert least <= sum(counts) < least + 40  # steps, rates and the like


def test_other_numbers_and_backends_are_refused(monkeypatch):
    players = toy.generator(), toy.discriminator()
    keras.config.set_floatx("float64")
    try:
        with pytest.raises(ValueError, match="float32.*Keras is set to float64"):
            toy.Toy(*players)
    finally:
        keras.config.set_floatx("float32")
    monkeypatch.setattr(keras.backend, "backend", lambda: "jax")
    with pytest.raises(ValueError, match="Keras runs on jax: set KERAS_BACKEND=tensorflow"):
        toy.Toy(*players)


def test_the_average_is_told_from_the_generator_in_the_summary(tmp_path):
    model, lines = toy.model(), []
    model.summary(print_fn=lambda text, **_: lines.append(text))
    text = "\n".join(lines)
    assert text.count("generator (") == text.count("average (") == 1
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    assert (loaded.generator.name, loaded.average.name) == ("generator", "average")
