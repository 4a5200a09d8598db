"""Keras models of one's own as players: what their shapes say is what networks here answer."""

from typing import Any, Self

import keras

from tfvgan.networks.network import Discriminator, Generator, Inputs, Network

# Layers that move values, and change none.
MOVING = (keras.layers.Reshape, keras.layers.Flatten, keras.layers.Permute, keras.layers.Cropping3D)

register = keras.saving.register_keras_serializable(package="tfvgan")


class Plain:
    """The base class of plain players: it hands its inputs on to a Keras model."""

    def call(self, inputs: Inputs, training: bool = False) -> keras.KerasTensor:
        return self.network(inputs, training=training)

    def get_config(self) -> dict:
        return {
            "name": self.name,
            "dtype": keras.saving.serialize_keras_object(self.dtype_policy),
            "network": keras.saving.serialize_keras_object(self.network),
        }

    @classmethod
    def from_config(cls, config: dict) -> Self:
        return cls(**keras.saving.deserialize_keras_object(config))


@register
class PlainGenerator(Plain, Generator):
    """A generator without classes, made of any Keras model; see `Generator`.

    Args:
        network: `keras.Model` that knows its shapes, such as a `keras.Sequential` that begins with
            `keras.Input`: from latents float32 `(batch, latent_dim)` to a video float32 `(batch,
            frames, size, size, 3)` in [-1, 1].

    Raises:
        ValueError: when its shapes are others, or it ends with a sigmoid.
    """

    def __init__(self, network: keras.Model, **kwargs: Any):
        super(Generator, self).__init__(**kwargs)  # Its sizes need not be powers of two.
        (self.latent_dim,) = _shape(network, "input", 1, "(batch, latent_dim)")
        self.frames, self.size = _video(network, "output")
        _check_end(network, "videos are in [-1, 1]: end it with tanh")
        self.num_classes = 0
        self.network = network


@register
class PlainDiscriminator(Plain, Discriminator):
    """A discriminator without classes, made of any Keras model; see `Discriminator`.

    Args:
        network: `keras.Model` that knows its shapes: from a video float32 `(batch, frames, size,
            size, 3)` to logits `(batch, ...)`, without a sigmoid.

    Raises:
        ValueError: when its shapes are others, or it ends with a sigmoid.
    """

    def __init__(self, network: keras.Model, **kwargs: Any):
        super(Discriminator, self).__init__(**kwargs)
        self.frames, self.size = _video(network, "input")
        _check_end(network, "losses read logits: leave it out")
        self.num_classes = 0
        self.network = network


def as_player(network, plain):
    """Returns the network itself when it is one of these, else a plain player that is made of it.

    Args:
        network: any `keras.Model`.
        plain: `PlainGenerator` or `PlainDiscriminator`.

    Raises:
        ValueError: when its shapes are not those of such a player.
    """
    return network if isinstance(network, Network) else plain(network)


def _video(network, end):
    """Returns how many frames a network's video has, and of what size they are."""
    frames, height, width, colours = _shape(network, end, 4, "(batch, frames, size, size, 3)")
    if height != width or colours != 3:
        raise _other(network, end, "(batch, frames, size, size, 3)")
    return frames, height


def _shape(network, end, rank, wanted):
    """Returns the extents without the batch axis of what a network reads, or of what it returns."""
    shape = getattr(network, f"{end}_shape", None)
    if not isinstance(shape, tuple) or len(shape) != rank + 1 or None in shape[1:]:
        raise _other(network, end, wanted)
    return shape[1:]


def _check_end(network, why):
    """Raises ValueError where a sigmoid is the last thing that changes values, in order."""
    steps = getattr(network, "operations", network.layers)
    steps = [step for step in steps if not isinstance(step, MOVING)]
    activation = getattr(steps[-1], "activation", None) if steps else None
    if activation is keras.activations.sigmoid:
        raise ValueError(f"`{network.name}` ends with a sigmoid, but {why}.")


def _other(network, end, wanted):
    shape = getattr(network, f"{end}_shape", "not known")
    named = getattr(network, "name", type(network).__name__)
    return ValueError(
        f"The {end} of `{named}` must be one tensor {wanted}, but is {shape}: begin a "
        "keras.Sequential with keras.Input; what reads labels or times, too, must be a "
        "tfvgan.networks.Generator or Discriminator."
    )
