"""A second copy of the generator that follows the first one slowly, and is what users get.

Source: Karras et al. 2018, appendix A.1 (exponential moving average of the generator's weights).
"""

import tensorflow as tf

from tfvgan.engine.precision import set_policy


def built_anew(network, weights):
    """Returns a new built network with the config of `network`, and these weights.

    Args:
        network: `keras.Model`.
        weights: as of its `get_weights`.
    """
    copy = type(network).from_config(network.get_config())
    if not copy.built:
        copy.build(network.input_shape if hasattr(network, "input_shape") else None)
    copy.set_weights(weights)
    return copy


def copy_network(network):
    """Returns a new built network with the config and the weights of `network`, in float32.

    Whatever precision trains, what is shown, measured and exported is computed in float32.
    """
    copy = built_anew(network, network.get_weights())
    set_policy(copy, "float32")
    copy.trainable = False
    return copy


def follow(average, network, decay, step):
    """Moves the variables of `average` towards those of `network`, in place.

    `average <- decay * average + (1 - decay) * network`. That holds for the statistics of batch
    normalisation too, which belong to the weights they were gathered with. Where replicas have
    gathered statistics of different batches, their mean is taken. Early on the decay is at most
    `(1 + step) / (10 + step)`, so that the first weights are soon forgotten. What is no float is
    copied.

    Args:
        average: network made by `copy_network`.
        network: the network to follow.
        decay: float in [0, 1); 0 copies.
        step: int64 scalar tensor, the number of steps made before this one.
    """
    step = tf.cast(step, tf.float32)
    decay = tf.minimum(tf.cast(decay, tf.float32), (1.0 + step) / (10.0 + step))
    context = tf.distribute.get_replica_context()
    several = context is not None and context.num_replicas_in_sync > 1
    values = [tf.convert_to_tensor(variable.value) for variable in network.variables]
    gathered = _gathered(network) if several else []
    if gathered:
        own = [tf.identity(values[n]) for n in gathered]
        means = context.all_reduce(tf.distribute.ReduceOp.MEAN, own)
        values = [dict(zip(gathered, means)).get(n, value) for n, value in enumerate(values)]
    targets, followed = [variable.value for variable in average.variables], []
    for target, value in zip(targets, values, strict=True):
        if target.dtype.is_floating:
            # By the difference: where both are equal, rounding does not move the average.
            value = target + tf.cast(1.0 - decay, target.dtype) * (value - target)
        followed.append(value)
    if not several:
        for target, value in zip(targets, followed, strict=True):
            target.assign(value)
        return
    targets += [network.variables[n].value for n in gathered]
    # Once for all of them: at each merge all replicas wait for one another.
    context.merge_call(_assign, args=(targets, followed + [values[n] for n in gathered]))


def _gathered(network):
    """Returns the places of the variables that each replica has gathered by itself."""
    trained = {id(variable) for variable in network.trainable_variables}
    return [
        place
        for place, variable in enumerate(network.variables)
        if id(variable) not in trained and tf.as_dtype(variable.dtype).is_floating
    ]


def _assign(strategy, targets, values):
    for target, value in zip(targets, values, strict=True):
        # Every replica holds the same value now and updates its own copy.
        strategy.extended.update(target, lambda own, new: own.assign(new), args=(value,))
