"""Two optimizers as what callbacks know one of."""

import keras
import numpy as np
import pytest
import tensorflow as tf
import toy

from tfvgan.engine.rates import Rates, slowed


def built(rate, **arguments):
    optimizer = keras.optimizers.SGD(rate, **arguments)
    optimizer.build([keras.Variable(np.float32([1.0, 2.0]))])
    return optimizer


def rates_of(rates):
    return [player.learning_rate.numpy().item() for player in rates._players]


def test_the_rate_is_the_generators_and_scales_both():
    rates = Rates(built(0.5), keras.optimizers.LossScaleOptimizer(built(2.0)))
    assert rates.learning_rate == 0.5 and type(rates.learning_rate) is float
    rates.learning_rate = 0.25
    assert rates_of(rates) == [0.25, 1.0]
    rates.learning_rate = 0.0  # As a warm-up begins: the ratio is not forgotten.
    rates.learning_rate = 0.125
    assert rates_of(rates) == [0.125, 0.5]
    rates._players[1].learning_rate = 0.125  # One player's rate may still be set alone.
    rates.learning_rate = np.float32(0.25)
    assert rates_of(rates) == [0.25, 0.25]


def test_a_schedule_is_read_and_cannot_be_set():
    rates = Rates(built(keras.optimizers.schedules.ExponentialDecay(0.5, 1, 0.5)), built(1.0))
    assert rates.learning_rate == 0.5
    rates._players[0]._iterations.assign(1)
    assert rates.learning_rate == 0.25 and rates.iterations == 1
    with pytest.raises(ValueError, match="is a schedule can't be set"):
        rates.learning_rate = 0.1


def test_a_generator_at_rest_gives_no_scale():
    rates = Rates(built(0.0), built(1.0))
    with pytest.raises(ValueError, match="generator's learning rate is 0"):
        rates.learning_rate = 0.1


def test_a_slowed_step_leaves_the_rate_as_it_was():
    optimizer = built(0.1)
    weights = optimizer._trainable_variables

    @tf.function
    def step(pace):
        with slowed(optimizer, pace):
            optimizer.apply([tf.ones((2,))], weights)

    step(tf.constant(0.5))
    np.testing.assert_allclose(weights[0].numpy(), [0.95, 1.95])
    assert optimizer.learning_rate.numpy() == np.float32(0.1)


def test_the_model_has_one_and_takes_no_other():
    model = toy.Toy(toy.generator(), toy.discriminator())
    assert model.optimizer is None
    model.compile()
    assert model.optimizer.learning_rate == pytest.approx(1e-3)
    with pytest.raises(ValueError, match="has an optimizer of its own"):
        model.optimizer = keras.optimizers.SGD()


def test_both_optimizers_average_their_own_weights_where_asked():
    """With `use_ema`, Keras hands out the averages at the end of training."""
    ema = {"use_ema": True, "ema_momentum": 0.5}
    model = toy.model(
        generator_optimizer=keras.optimizers.SGD(0.1, **ema),
        discriminator_optimizer=keras.optimizers.SGD(0.1, **ema),
    )
    model.fit(toy.dataset(), verbose=0)
    for player in ("generator", "discriminator"):
        averages = getattr(model, f"{player}_optimizer")._model_variables_moving_average
        weights = getattr(model, player).trainable_variables
        for average, weight in zip(averages, weights, strict=True):
            np.testing.assert_array_equal(average.numpy(), weight.numpy())
