"""A second copy of the generator that follows the first one slowly, and is what users get.

Source: Karras et al. 2018, appendix A.1 (exponential moving average of the generator's weights).
"""

import tensorflow as tf


def copy_network(network):
    """Returns a new built network with the config and the weights of `network`."""
    copy = type(network).from_config(network.get_config())
    if not copy.built:
        copy.build(network.input_shape if hasattr(network, "input_shape") else None)
    copy.set_weights(network.get_weights())
    copy.trainable = False
    return copy


def follow(average, network, decay, step):
    """Moves the weights of `average` towards those of `network`, in place.

    `average <- decay * average + (1 - decay) * network` for what is trained; what is not (the
    statistics of batch normalisation, averages themselves) is copied. Early on the decay is at most
    `(1 + step) / (10 + step)`, so that the first weights are soon forgotten.

    Args:
        average: network made by `copy_network`.
        network: the network to follow.
        decay: float in [0, 1); 0 copies.
        step: int64 scalar tensor, the number of steps made before this one.
    """
    step = tf.cast(step, tf.float32)
    decay = tf.minimum(tf.cast(decay, tf.float32), (1.0 + step) / (10.0 + step))
    trained = {id(variable) for variable in network.trainable_variables}
    pairs = [
        (mean.value, latest.value, id(latest) in trained)
        for mean, latest in zip(average.variables, network.variables)
    ]
    context = tf.distribute.get_replica_context()
    if context is None or tf.distribute.get_strategy().num_replicas_in_sync == 1:
        for mean, latest, moving in pairs:
            _move(mean, latest, decay, moving)
        return
    # Replicas hold equal weights: each updates its own copy, nothing is sent.
    context.merge_call(_move_everywhere, args=(pairs, decay))


def _move_everywhere(strategy, pairs, decay):
    decay = strategy.experimental_local_results(decay)[0]
    for mean, latest, moving in pairs:
        strategy.extended.update(mean, _move, args=(latest, decay, moving), group=False)


def _move(mean, latest, decay, moving):
    if not moving or not mean.dtype.is_floating:
        return mean.assign(latest)
    return mean.assign_add(tf.cast(1.0 - decay, mean.dtype) * (tf.cast(latest, mean.dtype) - mean))
