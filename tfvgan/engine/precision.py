"""Lower precision: which layers compute in it, and which stay in float32."""

import os
from pathlib import Path

import keras
import tensorflow as tf

# What Linux calls the instructions of CPUs that multiply numbers of bfloat16 themselves.
NATIVE = {"amx_bf16", "avx512_bf16"}
PRECISIONS = ("float32", "mixed_float16", "mixed_bfloat16")


def set_policy(network, name):
    """Lets a built network compute in a lower precision; its weights stay float32.

    Layers that its constructor holds in float32 whatever the network is told, such as heads and
    what reads times, stay so. Of a plain Keras model, which says nothing of that, all layers
    follow.

    Args:
        network: `keras.Model`.
        name: "float32", "mixed_float16" or "mixed_bfloat16".

    Raises:
        ValueError: when the name is another one, or asks for bfloat16 where it gives NaN.
    """
    if name not in PRECISIONS:
        raise ValueError(f"`mixed_precision` must be one of {', '.join(PRECISIONS)}, not {name!r}.")
    if name == "mixed_bfloat16" and not _computes_bfloat16():
        raise ValueError(
            '`mixed_precision` must not be "mixed_bfloat16" on a CPU with oneDNN, whose '
            'convolutions then give NaN: leave it out, or set TF_ENABLE_ONEDNN_OPTS="0".'
        )
    layers = network._flatten_layers()
    for layer, its_name in zip(layers, _names(network, name), strict=True):
        layer.dtype_policy = keras.DTypePolicy(its_name)


def has_bfloat16(cpus="/proc/cpuinfo"):
    """Returns whether TensorFlow convolves in bfloat16 here much faster than in float32.

    That is so on CPUs with instructions for it; others do it by way of float32.

    Args:
        cpus: path of what Linux says of its CPUs; elsewhere nobody knows, which is no.
    """
    try:
        lines = Path(cpus).read_text().splitlines()
    except OSError:
        return False
    flags = [set(line.split()) for line in lines if line.startswith("flags")]
    return bool(flags) and all(NATIVE & each for each in flags)


def in_bfloat16(network):
    """Returns a copy of a built network that computes in bfloat16, and does not learn.

    Its weights are equal, and so, nearly, is what it returns: bfloat16 has 8 bits of a fraction.

    Args:
        network: `tfvgan.networks.Network`.
    """
    copied = type(network).from_config({**network.get_config(), "dtype": "mixed_bfloat16"})
    copied.build()
    copied.set_weights(network.get_weights())
    copied.trainable = False
    return copied


def in_float16(optimizer):
    """Returns whether an optimizer's player computes in float16, so that its loss is scaled.

    A scaled gradient may overflow: such a step is left out, the scale is halved, and no more.
    """
    return isinstance(optimizer, keras.optimizers.LossScaleOptimizer)


def _names(network, name):
    """Returns the policy of each layer: that which the network's constructor would give it."""
    if name == "float32" or not hasattr(network, "signature"):
        return [name for _ in network._flatten_layers()]
    like = type(network).from_config({**network.get_config(), "dtype": name})
    like.build()
    return [layer.dtype_policy.name for layer in like._flatten_layers()]


def _computes_bfloat16():
    accelerated = any(device.device_type != "CPU" for device in tf.config.list_logical_devices())
    return accelerated or os.environ.get("TF_ENABLE_ONEDNN_OPTS") == "0"
