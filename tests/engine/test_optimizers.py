import keras
import pytest
import tensorflow as tf
import toy

from tfvgan.engine.distribution import per_replica
from tfvgan.engine.optimizers import descend, make_optimizers


def players():
    return toy.generator(), toy.discriminator()


def test_each_player_gets_a_built_optimizer_of_its_own():
    networks = players()
    optimizers = make_optimizers(("adam", "sgd"), networks)
    assert all(optimizer.built for optimizer in optimizers)
    assert len(optimizers[0].variables) == 2 + 2 * len(networks[0].trainable_variables)


def test_float16_wraps_in_loss_scaling_once():
    given = keras.optimizers.LossScaleOptimizer(keras.optimizers.Adam())
    one, other = make_optimizers((given, "adam"), players(), "mixed_float16", clip_norm=2.0)
    assert one is given
    assert isinstance(other, keras.optimizers.LossScaleOptimizer)
    assert one.inner_optimizer.global_clipnorm == other.inner_optimizer.global_clipnorm == 2.0


@pytest.mark.parametrize("scaled", [False, True])
def test_a_step_goes_down_and_tells_the_norm_whatever_the_scale(scaled):
    variable = keras.Variable([3.0, 4.0])
    optimizer = keras.optimizers.SGD(0.25)
    if scaled:
        optimizer = keras.optimizers.LossScaleOptimizer(optimizer)
    optimizer.build([variable])
    with tf.GradientTape() as tape:
        loss = per_replica(tf.reduce_sum(variable.value**2), optimizer)
    assert float(descend(optimizer, tape, loss, [variable])) == pytest.approx(10.0)
    assert variable.numpy().tolist() == [1.5, 2.0]
