"""Answers to a player: closed forms of the Dirac game, and a model that is left as it was."""

import keras
import numpy as np
import pytest
import toy
from keras import layers

from tfvgan import losses
from tfvgan.engine import GameValues, Responses

EVEN = -2 * np.log(2)  # What the game is worth where nobody can tell.


def dirac(place, slope, loss="non_saturating"):
    """Returns the game of Mescheder et al. 2018, section 2: videos of one value, a linear D."""
    constant = keras.initializers.Constant
    generator = keras.Sequential(
        [
            keras.Input((toy.LATENT_DIM,)),
            layers.Rescaling(0.0),
            layers.Dense(3, kernel_initializer="zeros", bias_initializer=constant(place)),
            layers.Reshape((1, 1, 1, 3)),
            layers.UpSampling3D((toy.FRAMES, toy.SIZE, toy.SIZE)),
        ]
    )
    judge = layers.Dense(1, use_bias=False, kernel_initializer=constant(slope))
    discriminator = keras.Sequential(
        [keras.Input((toy.FRAMES, toy.SIZE, toy.SIZE, 3)), layers.GlobalAveragePooling3D(), judge]
    )
    model = toy.Toy(generator, discriminator)
    rates = {
        f"{who}_optimizer": keras.optimizers.SGD(0.1) for who in ("generator", "discriminator")
    }
    model.compile(
        **rates,
        adversarial_loss=loss,
        loss_weights={"brightness": 0.0},
        moving_average=0.0,
    )
    return model


def batches(count=2):
    zeros = np.zeros((2, toy.FRAMES, toy.SIZE, toy.SIZE, 3), "float32")
    return [{"video": zeros}] * count


def sigmoid(logit):
    return 1 / (1 + np.exp(-logit))


def worth(place, slope):
    """Returns V of real zeros."""
    return -np.log(2) - np.logaddexp(0, 3 * place * slope)


def test_at_the_equilibrium_nobody_gains():
    found = Responses(dirac(0.0, 0.0))(batches(), batches(), steps=20)
    np.testing.assert_allclose(found, (EVEN,) * 3, atol=1e-6)
    assert found.gap == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("loss", ["minimax", "non_saturating"])
def test_answers_are_those_of_descent_by_hand(loss):
    place, slope, rate, steps = 0.5, 0.3, 0.1, 3
    found = Responses(dirac(place, slope, loss))(batches(), batches(), steps)
    steep, moved = slope, place
    for _ in range(steps):
        steep -= rate * sigmoid(3 * place * steep) * place
        logit = 3 * moved * slope
        moved += rate * sigmoid(logit if loss == "minimax" else -logit) * slope
    assert found.value == pytest.approx(worth(place, slope), abs=1e-6)
    assert found.by_discriminator == pytest.approx(worth(place, steep), abs=1e-6)
    assert found.by_generator == pytest.approx(worth(moved, slope), abs=1e-6)
    assert found.by_generator < found.value < found.by_discriminator


def test_a_gap_is_what_lies_between_the_answers():
    assert GameValues(-1.5, -1.0, -2.5).gap == 1.5


def test_the_model_is_left_as_it_was_and_a_gap_is_the_same_again():
    model = toy.model(penalty=losses.R1(every=2))
    model.fit(toy.dataset(), epochs=1, verbose=0)
    before = [variable.numpy() for variable in model.variables]
    responses, clips = Responses(model), list(toy.dataset())
    first = responses(clips[:2], clips[2:], steps=4)
    assert first == responses(clips[:2], clips[2:], steps=4)
    assert first != responses(clips[:2], clips[2:], steps=4, average=False)
    for variable, value in zip(model.variables, before, strict=True):
        np.testing.assert_array_equal(variable.numpy(), value)
    model.fit(toy.dataset(), epochs=1, verbose=0)
    assert first != responses(clips[:2], clips[2:], steps=4)


def test_what_has_no_gap_is_refused():
    with pytest.raises(ValueError, match="plays none"):
        Responses(toy.model(loss_weights={"adversarial": 0.0}))
    with pytest.raises(ValueError, match="not compiled"):
        Responses(toy.Toy(toy.generator(), toy.discriminator()))
