"""Waves over a plane that motion shifts and stretches: motion enters a picture as place alone.

Source: Karras et al. 2021, Alias-Free Generative Adversarial Networks,
https://arxiv.org/abs/2106.12423, appendix F: Fourier features under a learned transformation. Here
the transformation is motion's, each group of waves has its own, and one group stays still.
"""

import math
from typing import Any

import keras
from keras import initializers, layers, ops

register = keras.saving.register_keras_serializable(package="tfvgan")

PART_STRENGTH = 0.25
STRETCH = 0.25
FADING = {"moving": (-1.0, 3.0), "still": (-4.0, 0.0)}  # Logarithms of a, at first.


@register
class MovingWaves(layers.Layer):
    """Maps motion to waves over the plane, `(n, side, side, channels)` in [-1, 1].

    Wave c of group g is `sin(f_c . q + phase_c) exp(-a_c |q|^2)` with `q = (1 + s_g) * p + o_g` at
    the place p in [-1, 1]^2: it fades away from its group's centre, so that what is drawn with it
    is in one place. The offset o and `s / STRETCH` are affine in the motion code `(n, d)`: things
    move more than they grow.

    The first group is the body; the next are its parts, whose motion is the body's and
    `PART_STRENGTH` times one of their own, so that what belongs together moves together. The last
    group stays.

    Args:
        side: extent of the plane in pixels.
        channels: how many waves, a multiple of `groups`.
        groups: how many transformations there are, 2 or more.
    """

    def __init__(self, side: int, channels: int, groups: int = 4, **kwargs: Any):
        super().__init__(**{**kwargs, "dtype": "float32"})
        self.side = side
        self.channels = channels
        self.groups = groups
        self.transform = layers.Dense(
            4 * (groups - 1),
            kernel_initializer=initializers.RandomNormal(0.0, 0.1),
            dtype="float32",
        )

    def build(self, motion_shape: tuple) -> None:
        self.transform.build(motion_shape)
        for name, shape, initializer in (
            ("frequency", (2, self.channels), initializers.RandomNormal(0.0, 3.0)),
            ("phase", (self.channels,), initializers.RandomUniform(-math.pi, math.pi)),
            ("fading", (self.channels,), self._fading),
        ):
            setattr(self, name, self.add_weight(name=name, shape=shape, initializer=initializer))

    def call(self, motion: keras.KerasTensor) -> keras.KerasTensor:
        moved = ops.reshape(self.transform(motion), (-1, self.groups - 1, 4))
        moved = moved * ops.convert_to_tensor([1.0, 1.0, STRETCH, STRETCH], moved.dtype)
        body = moved[:, :1]
        moved = ops.concatenate([body, body + PART_STRENGTH * moved[:, 1:]], axis=1)
        each = self.channels // self.groups
        moved = ops.repeat(ops.pad(moved, [(0, 0), (0, 1), (0, 0)]), each, axis=1)
        place = (ops.arange(self.side, dtype="float32") + 0.5) * (2.0 / self.side) - 1.0
        down, right = (self._along(axis, place[:, None], moved[:, None]) for axis in range(2))
        angle = down[0][:, :, None] + right[0][:, None] + self.phase
        return ops.sin(angle) * (down[1][:, :, None] * right[1][:, None])

    def _fading(self, shape, dtype=None):
        still = self.channels // self.groups
        moving = initializers.RandomUniform(*FADING["moving"])((self.channels - still,), dtype)
        return ops.concatenate(
            [moving, initializers.RandomUniform(*FADING["still"])((still,), dtype)]
        )

    def _along(self, axis, place, moved):
        """Returns angle and fading along one axis, each `(n, side, channels)`."""
        at = (1.0 + moved[..., 2 + axis]) * place + moved[..., axis]
        return self.frequency[axis] * at, ops.exp(-ops.exp(self.fading) * ops.square(at))

    def get_config(self) -> dict:
        config = {"side": self.side, "channels": self.channels, "groups": self.groups}
        return {**super().get_config(), **config}
