"""The state of a game, and what Keras asks of any model."""

import keras
import numpy as np
import toy


def test_the_average_begins_as_the_generator_and_all_is_built():
    model = toy.Toy(toy.generator(), toy.discriminator(), seed=3)
    assert model.built and model.steps_made == 0
    for one, other in zip(model.average.get_weights(), model.generator.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)


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


def test_the_steps_are_a_plain_int():
    model = toy.model()
    model.fit(toy.dataset(), verbose=0)
    assert model.steps_made == 4 and type(model.steps_made) is int
