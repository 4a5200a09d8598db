"""Motion as a smooth function of time: a spline through noise at anchors, waves and a clock.

The noise is new at every anchor, so that nothing comes again, and any stretch of an endless
sequence follows from the few anchors around it.

Source: after Skorokhodov et al. 2022, StyleGAN-V, https://arxiv.org/abs/2112.14683, sec. 3.1:
there the noise is interpolated linearly and the waves' frequencies are the noise's; here a
quadratic B-spline makes speed continuous, and the waves' phases are the noise's.
"""

import math
from typing import Any

import keras
import numpy as np
from keras import layers, ops

register = keras.saving.register_keras_serializable(package="tfvgan")

TAPS = 3  # Anchors that one control point of the spline is made of.
PERIODS = (128.0, 8.0)  # Of the slowest and the fastest wave, in frames.


def spline_weights(places, count):
    """Returns the quadratic B-spline basis, float `(..., count)` of places `(...)`.

    Control point j stands at j - 1/2, so that places in [n, n + 1] are made of the points n,
    n + 1 and n + 2. The weights of a place sum to 1, and their slope is continuous.
    """
    far = ops.abs(places[..., None] + 0.5 - ops.arange(count, dtype=places.dtype))
    return 0.5 * ops.square(ops.relu(1.5 - far)) - 1.5 * ops.square(ops.relu(0.5 - far))


def interval(time: float, spacing: int) -> int:
    """Returns the number of the interval between anchors that a time lies in, as float32 has it."""
    return int(np.floor(np.float32(time) / np.float32(spacing)))


def anchors_needed(first: float, last: float, spacing: int) -> int:
    """Returns how many anchors the times from `first` to `last` need, in frames, ints or floats."""
    return interval(last, spacing) - interval(first, spacing) + 1 + 2 + TAPS - 1


def angles(times, speeds):
    """Returns where turning hands are, float32 `(batch, k, hands)` in [0, 2 pi).

    Whole turns are left out before anything is added: late times have large angles, whose last
    digit is worth more than all that two machines compute differently.

    Args:
        times: float32 `(batch, k)`, 0 or more.
        speeds: list of floats, in radians for a unit of time.
    """
    turns = times[..., None] * ops.convert_to_tensor(
        [speed / (2.0 * math.pi) for speed in speeds], times.dtype
    )
    return 2.0 * math.pi * (turns - ops.floor(turns))


@register
class MotionPath(layers.Layer):
    """Maps noise at anchors to codes at any times.

    Reads noise float32 `(batch, anchors, n)` and times float32 `(batch, k)` in frames, ascending,
    0 or more; returns `(batch, k, width + waves + 4)`. The first anchor belongs to the interval of
    `spacing` frames in which the first time lies, and there must be at least `anchors_needed`.

    The last four numbers are the clock, sine and cosine of half a turn and of a whole turn in
    `clip` frames: where the clips trained on begin at multiples of it, what always happens at the
    beginning of a clip or takes all of it can be learned, such as crossing the picture once.

    Args:
        width: numbers in the spline's code.
        waves: how many waves are beside them.
        spacing: frames between two anchors.
        clip: frames in which the clock turns by half.
    """

    def __init__(
        self, width: int, waves: int = 16, spacing: int = 16, clip: int = 16, **kwargs: Any
    ):
        super().__init__(**{**kwargs, "dtype": "float32"})
        self.width = width
        self.waves = waves
        self.spacing = spacing
        self.clip = clip
        self.control = layers.Conv1D(width, TAPS, dtype="float32")
        self.phase = layers.Dense(waves, dtype="float32")

    def build(self, noise_shape: tuple, times_shape: tuple) -> None:
        self.control.build(noise_shape)
        self.phase.build((*noise_shape[:-1], self.width))

    def speeds(self) -> list[float]:
        """Returns the waves' angles a frame, from `PERIODS`: no two in a ratio of whole numbers.

        They are not learned: over the long times of training, the least change of a speed is a
        jump of its wave.
        """
        slow, fast = (math.log(2.0 * math.pi / period) for period in PERIODS)
        steps = [n / max(self.waves - 1, 1) for n in range(self.waves)]
        return [math.exp(slow + (fast - slow) * step) for step in steps]

    def call(self, noise: keras.KerasTensor, times: keras.KerasTensor) -> keras.KerasTensor:
        control = self.control(noise)
        places = times / self.spacing
        places = places - ops.floor(places[:, :1])
        path = ops.matmul(spline_weights(places, ops.shape(control)[1]), control)
        waves = ops.sin(angles(times, self.speeds()) + math.pi * self.phase(path))
        return ops.concatenate([path, waves, *self.clock(times)], axis=-1)

    def clock(self, times: keras.KerasTensor) -> tuple[keras.KerasTensor, keras.KerasTensor]:
        """Returns the sine and the cosine, float32 `(batch, k, 2)` each."""
        angle = angles(times, [math.pi / self.clip])
        both = ops.concatenate([angle, 2.0 * angle], axis=-1)
        return ops.sin(both), ops.cos(both)

    def get_config(self) -> dict:
        config = {"width": self.width, "waves": self.waves}
        return {**super().get_config(), **config, "spacing": self.spacing, "clip": self.clip}


@register
class TimesCode(layers.Layer):
    """Maps times to a code of where they are in their clip, and of the gaps between them.

    Reads times float32 `(batch, k)`, ascending, in frames of the clip, k >= 2; returns
    `(batch, width)`.

    Source: StyleGAN-V (above), sec. 3.3, whose discriminator knows how far apart its frames are.
    Here it also knows where they are, since clips may be cut where something begins.

    Args:
        width: numbers in the code.
        frames: frames in a clip.
    """

    def __init__(self, width: int, frames: int, **kwargs: Any):
        super().__init__(**{**kwargs, "dtype": "float32"})
        self.width = width
        self.frames = frames
        self.hidden = layers.Dense(64, activation="leaky_relu", dtype="float32")
        self.code = layers.Dense(width, dtype="float32")

    def build(self, times_shape: tuple) -> None:
        self.hidden.build((times_shape[0], 3 * times_shape[1] - 2))
        self.code.build((times_shape[0], 64))

    def call(self, times: keras.KerasTensor) -> keras.KerasTensor:
        gaps = times[:, 1:] - times[:, :-1]
        place = 2.0 * times / self.frames - 1.0
        features = ops.concatenate([ops.log(1.0 + gaps), 1.0 / (1.0 + gaps), place], axis=-1)
        return self.code(self.hidden(features))

    def get_config(self) -> dict:
        return {**super().get_config(), "width": self.width, "frames": self.frames}
