import keras
import pytest
import tensorflow as tf
import toy

from tfvgan.engine.distribution import per_replica
from tfvgan.engine.optimizers import descend, make_optimizers
from tfvgan.engine.rates import inside


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


def test_what_is_no_way_to_learn_is_told():
    shared = keras.optimizers.SGD()
    with pytest.raises(ValueError, match="need an optimizer each, but were given the same"):
        make_optimizers((shared, shared), players())
    for norm in (0, -1.0):
        with pytest.raises(ValueError, match=f"`clip_norm` must be positive, but is {norm}"):
            make_optimizers(("sgd", "sgd"), players(), clip_norm=norm)


def test_a_bound_and_a_precision_are_both_players_and_none_is_none():
    for norm, precision, computed in ((0.5, "mixed_float16", "float16"), (None, None, "float32")):
        networks = players()
        optimizers = make_optimizers(("sgd", "sgd"), networks, precision, norm)
        for optimizer, network in zip(optimizers, networks, strict=True):
            assert inside(optimizer).global_clipnorm == norm
            assert network.layers[0].compute_dtype == computed
            assert isinstance(optimizer, keras.optimizers.LossScaleOptimizer) == bool(precision)


@pytest.mark.filterwarnings("ignore:Gradients do not exist")
@pytest.mark.parametrize(("pace", "found"), [(None, [1.5, 2.0]), (0.5, [2.25, 3.0]), (0, [3, 4])])
def test_a_step_is_at_its_pace_and_what_the_loss_does_not_know_stays(pace, found):
    variable, other = keras.Variable([3.0, 4.0]), keras.Variable([1.0])
    optimizer = keras.optimizers.SGD(0.25)
    optimizer.build([variable, other])
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(variable.value**2)
    how = {} if pace is None else {"pace": tf.constant(pace, tf.float32)}
    norm = descend(optimizer, tape, loss, [variable, other], **how)
    assert float(norm) == pytest.approx(10.0)
    assert variable.numpy().tolist() == found and other.numpy().tolist() == [1.0]


@pytest.mark.filterwarnings("error:Gradients do not exist")
def test_what_is_not_to_learn_stands_still_without_a_warning():
    variable, other = keras.Variable([3.0, 4.0]), keras.Variable([1.0])
    optimizer = keras.optimizers.Adam(0.25)
    optimizer.build([variable, other])
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(variable.value**2)
    norm = descend(optimizer, tape, loss, [other, variable], partly=True)
    assert float(norm) == pytest.approx(10.0)
    assert (variable.numpy() != [3.0, 4.0]).all() and other.numpy().tolist() == [1.0]


def test_keras_sums_over_replicas_where_it_is_told_to_sum_nothing():
    """By another name all gradients would be summed twice, in silence."""
    network = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    (optimizer, _) = make_optimizers(("adam", "adam"), (network, network), None, None)
    asked, own = [], optimizer._all_reduce_sum_gradients
    optimizer._all_reduce_sum_gradients = lambda pairs: asked.append(1) or own(pairs)
    optimizer.apply([tf.ones((2, 1)), tf.ones((1,))], network.trainable_variables)
    assert own is list and asked == [1]
