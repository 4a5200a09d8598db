"""An optimizer for each player: mixed precision with loss scaling, and gradient clipping."""

import os

import keras
import tensorflow as tf

from tfvgan.engine.distribution import per_replica

POLICIES = ("float32", "mixed_float16", "mixed_bfloat16")


def set_policy(network, name):
    """Lets a built network compute in a lower precision; its weights stay float32.

    Args:
        network: `keras.Model`.
        name: "float32", "mixed_float16" or "mixed_bfloat16".

    Raises:
        ValueError: when the name is another one, or asks for bfloat16 where it gives NaN.
    """
    if name not in POLICIES:
        raise ValueError(f"`mixed_precision` must be one of {', '.join(POLICIES)}, not {name!r}.")
    if name == "mixed_bfloat16" and not _computes_bfloat16():
        raise ValueError(
            '`mixed_precision` must not be "mixed_bfloat16" on a CPU with oneDNN, whose '
            'convolutions then give NaN: leave it out, or set TF_ENABLE_ONEDNN_OPTS="0".'
        )
    policy = keras.DTypePolicy(name)
    for layer in network._flatten_layers():
        layer.dtype_policy = policy


def _computes_bfloat16():
    accelerated = any(device.device_type != "CPU" for device in tf.config.list_logical_devices())
    return accelerated or os.environ.get("TF_ENABLE_ONEDNN_OPTS") == "0"


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
    return [_make(*pair, clip_norm) for pair in zip(optimizers, networks)]


def descend(optimizer, tape, loss, variables):
    """Takes a step down the loss; returns the gradient's global norm, a float32 scalar.

    The norm is that of this replica's part of the batch, before clipping and loss scaling.

    Args:
        optimizer: one of `make_optimizers`.
        tape: `tf.GradientTape` that has watched the loss.
        loss: float32 scalar, `per_replica`.
        variables: of the player.
    """
    gradients = tape.gradient(loss, variables)
    optimizer.apply(gradients, variables)
    unit = per_replica(tf.ones(()), optimizer)
    parts = [tf.cast(g, tf.float32) / unit for g in gradients if g is not None]
    return tf.linalg.global_norm(parts)


def _make(optimizer, network, clip_norm):
    scaled = isinstance(optimizer, keras.optimizers.LossScaleOptimizer)
    if clip_norm is not None:
        inner = optimizer.inner_optimizer if scaled else optimizer
        inner.global_clipnorm = float(clip_norm)
    if network.dtype_policy.name == "mixed_float16" and not scaled:
        optimizer = keras.optimizers.LossScaleOptimizer(optimizer)
    optimizer.build(network.trainable_variables)
    return optimizer
