"""Waves over a plane that motion shifts and stretches: how motion enters a picture as place alone.

Source: Karras et al. 2021, Alias-Free Generative Adversarial Networks,
https://arxiv.org/abs/2106.12423, appendix F: Fourier features under a learned transformation. Here
the transformation is motion's, each group of waves has its own, and one group stays still.
"""

import keras
from keras import initializers, layers, ops

register = keras.saving.register_keras_serializable(package="tfvgan")


PART = 0.25


@register
class MovingWaves(layers.Layer):
    """Maps motion to waves over the plane, `(n, side, side, channels)` in [-1, 1].

    Wave c of group g is `sin(f_c . (s_g * p + o_g) + phase_c)` at the place p in [-1, 1]^2; the
    stretch s and the offset o are affine in the motion code `(n, d)`. The first group is the body;
    the next are its parts, whose motion is the body's and `PART` times one of their own: where all
    moved freely, one shape fell into several that came and went. The last group stays.

    Args:
        side: extent of the plane in pixels.
        channels: how many waves, a multiple of `groups`.
        groups: how many transformations there are, 2 or more.
    """

    def __init__(self, side, channels, groups=4, **kwargs):
        super().__init__(**{**kwargs, "dtype": "float32"})
        self.side = side
        self.channels = channels
        self.groups = groups
        self.transform = layers.Dense(
            4 * (groups - 1),
            kernel_initializer=initializers.RandomNormal(0.0, 0.05),
            dtype="float32",
        )

    def build(self, motion_shape):
        self.transform.build(motion_shape)
        self.frequency = self.add_weight(
            name="frequency",
            shape=(2, self.channels),
            initializer=initializers.RandomNormal(0.0, 2.5),
        )
        self.phase = self.add_weight(
            name="phase", shape=(self.channels,), initializer=initializers.RandomUniform(-3.2, 3.2)
        )

    def call(self, motion):
        moved = ops.reshape(self.transform(motion), (-1, self.groups - 1, 4))
        body = moved[:, :1]
        moved = ops.concatenate([body, body + PART * moved[:, 1:]], axis=1)
        each = self.channels // self.groups
        moved = ops.repeat(ops.pad(moved, [(0, 0), (0, 1), (0, 0)]), each, axis=1)
        offset, stretch = moved[..., :2], 1.0 + moved[..., 2:]
        place = (ops.arange(self.side, dtype="float32") + 0.5) * (2.0 / self.side) - 1.0
        down, right = (
            self.frequency[axis]
            * (stretch[:, None, :, axis] * place[:, None] + offset[:, None, :, axis])
            for axis in range(2)
        )
        return ops.sin(down[:, :, None] + right[:, None] + self.phase)

    def get_config(self):
        config = {"side": self.side, "channels": self.channels, "groups": self.groups}
        return {**super().get_config(), **config}
