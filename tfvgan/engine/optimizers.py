"""An optimizer for each player: mixed precision with loss scaling, and gradient clipping."""

import keras
import tensorflow as tf

from tfvgan.engine.distribution import over_replicas
from tfvgan.engine.precision import in_float16, set_policy
from tfvgan.engine.rates import inside, slowed


def make_optimizers(identifiers, networks, mixed_precision=None, clip_norm=None):
    """Returns a built optimizer for each player, with loss scaling where it computes in float16.

    Slots exist before the first step is traced: resuming and tf.distribute need them.

    Args:
        identifiers: two of `keras.optimizers.Optimizer`, name or config.
        networks: the two built players.
        mixed_precision: None to leave the networks as they are, or a name for `set_policy`.
        clip_norm: float or None, the largest global norm of a player's gradient.

    Raises:
        ValueError: when the players share an optimizer, or a value is out of range.
    """
    optimizers = [keras.optimizers.get(identifier) for identifier in identifiers]
    if optimizers[0] is optimizers[1]:
        raise ValueError("The players need an optimizer each, but were given the same object.")
    if clip_norm is not None and clip_norm <= 0:
        raise ValueError(f"`clip_norm` must be positive, but is {clip_norm!r}.")
    if mixed_precision is not None:
        for network in networks:
            set_policy(network, mixed_precision)
    return [_make_optimizer(*pair, clip_norm) for pair in zip(optimizers, networks)]


def descend(optimizer, tape, loss, variables, pace=1.0, partly=False):
    """Takes a step down the loss; returns the gradient's global norm, a float32 scalar.

    The norm is that of the whole batch's gradient, before clipping and loss scaling.

    Args:
        optimizer: one of `make_optimizers`.
        tape: `tf.GradientTape` that has watched the loss.
        loss: float32 scalar, `per_replica`.
        variables: of the player.
        pace: float32 scalar, what part of the learning rate the step is made with.
        partly: bool, whether some of the variables are not to learn: those that the loss does not
            read stand still without a word of Keras, which warns of them.
    """
    scale = optimizer.scale_loss(tf.ones(()))  # Read first: the step may change it.
    gradients, replicas = over_replicas(tape.gradient(loss, variables))
    plain = [None if g is None else tf.cast(g, tf.float32) / scale for g in gradients]
    norm = tf.linalg.global_norm([g for g in plain if g is not None])
    if replicas > 1:
        # Keras clips what each replica has and sums it then, which may exceed the bound; see
        # https://github.com/tensorflow/tensorflow/issues/33929. Its own clipping leaves what was
        # clipped as it is, and `_make_optimizer` has it sum nothing again.
        plain = inside(optimizer)._clip_gradients(plain)
        gradients = [None if g is None else g * scale for g in plain]
    if partly:
        pairs = zip(gradients, variables, strict=True)
        gradients = [tf.zeros_like(v.value) if g is None else g for g, v in pairs]
    with slowed(optimizer, pace):
        optimizer.apply(gradients, variables)
    return norm


def _make_optimizer(optimizer, network, clip_norm):
    if clip_norm is not None:
        inside(optimizer).global_clipnorm = float(clip_norm)
    if network.dtype_policy.name == "mixed_float16" and not in_float16(optimizer):
        optimizer = keras.optimizers.LossScaleOptimizer(optimizer)
    # `descend` has summed the gradients: once more would send all of them twice.
    inside(optimizer)._all_reduce_sum_gradients = list
    optimizer.build(network.trainable_variables)
    return optimizer
