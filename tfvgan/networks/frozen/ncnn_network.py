"""A published picture network as its file of steps says, in Keras.

The steps are those of ncnn, https://github.com/Tencent/ncnn, as `tfvgan.weights.ncnn` reads them.
"""

import json
from typing import Any, NamedTuple

import keras
from keras import ops

from tfvgan.layers import depth_to_space
from tfvgan.networks.network import Network, Signature

MOST_CHANNELS = 4096
CUBIC = (-0.09375, 0.59375, 0.59375, -0.09375)  # Keys 1981, a = -3/4, between two pixels.
ACTIVATIONS = {
    "none": lambda x, slope: x,
    "relu": lambda x, slope: ops.relu(x),
    "leaky": lambda x, slope: ops.leaky_relu(x, slope),
    "sigmoid": lambda x, slope: ops.sigmoid(x),
}
BINARY = {"add": ops.add, "subtract": ops.subtract, "multiply": ops.multiply}


class Step(NamedTuple):
    """One step: its kind, the numbers of the steps that it reads, and what it is told."""

    kind: str
    reads: list[int]
    told: dict[str, Any]


@keras.saving.register_keras_serializable(package="tfvgan")
class NcnnNetwork(Network):
    """Maps frames, float32 `(batch, h, w, 3)` in [0, 1], RGB, to frames as its steps make them.

    Networks are convolutional: of any size, and the new frames are larger or smaller by a margin
    and a factor of their own. What is made is about [0, 1], and not cut off there.

    Args:
        graph: text, a JSON list of `[kind, reads, told]`, one for each step. `reads` are the
            numbers of earlier steps; 0 is the frame, and the first step has the number 1. The last
            step's output is the network's.

    Raises:
        ValueError: when a step is none of those known, or channels don't fit.
    """

    def __init__(self, graph: str, **kwargs: Any):
        super().__init__(**kwargs)
        self.graph = graph
        self._steps = tuple(Step(*step) for step in json.loads(graph))
        self._channels = [3]
        self._scales = [1.0]
        self._named = {}
        for number, step in enumerate(self._steps, start=1):
            self._add(number, step)
        self.trainable = False
        self.built = True

    def signature(self) -> Signature:
        return {"frame": ((None, None, 3), "float32")}

    def build(self, input_shape: tuple | None = None) -> None:
        """Does nothing: the steps say the shapes of all weights."""

    @property
    def floats_per_pixel(self) -> float:
        """Returns how many numbers are held at once, at most, for each pixel of a frame."""
        last = dict.fromkeys(range(len(self._channels)), 0)
        for number, step in enumerate(self._steps, start=1):
            last |= dict.fromkeys(step.reads, number)
        sizes = [count * scale**2 for count, scale in zip(self._channels, self._scales)]
        held = [
            sum(sizes[made] for made in range(number + 1) if last[made] >= number or made == number)
            for number in range(1, len(sizes))
        ]
        return max(held)

    def call(self, frame: keras.KerasTensor) -> keras.KerasTensor:
        last = {}
        for number, step in enumerate(self._steps, start=1):
            last |= dict.fromkeys(step.reads, number)
        made = {0: frame}
        for number, step in enumerate(self._steps, start=1):
            given = [made[read] for read in step.reads]
            made[number] = getattr(self, f"_{step.kind}")(number, *given, **step.told)
            for read in step.reads:  # Once read for the last time it needs no memory.
                if last[read] == number:
                    made.pop(read, None)
        return made[len(self._steps)]

    def get_config(self) -> dict:
        return {**super().get_config(), "graph": self.graph}

    def _add(self, number, step):
        """Takes up a step: its weights, its channels, and how large it is beside the frame."""
        kinds = [*_CHANNELS]
        if step.kind not in kinds:
            raise ValueError(f"A step must be one of {', '.join(kinds)}, but is {step.kind!r}.")
        if not all(isinstance(read, int) and 0 <= read < number for read in step.reads):
            raise ValueError(f"Step {number} must read earlier steps, but reads {step.reads}.")
        given = [self._channels[read] for read in step.reads]
        channels = _CHANNELS[step.kind](given, **step.told)
        if not 0 < channels <= MOST_CHANNELS or channels != int(channels):
            raise ValueError(f"Step {number}, {step.kind}, can't read {given} channels: {step}.")
        self._channels.append(int(channels))
        scale = max([self._scales[read] for read in step.reads], default=0)
        self._scales.append(scale * _scaled(step))
        for name, shape in _shapes(step, given).items():
            key = f"{step.kind}_{number}_{name}"
            self._named[number, name] = self.add_weight(
                shape=shape, initializer="zeros", name=key, trainable=False
            )

    def _constant(self, number, channels):
        return self._named[number, "value"]

    def _convolution(self, number, x, filters, size, stride, pad, activation, slope):
        kernel, bias = self._named[number, "kernel"], self._named[number, "bias"]
        made = ops.conv(x, kernel, stride, "same" if pad else "valid") + bias
        return ACTIVATIONS[activation](made, slope)

    def _deconvolution(self, number, x, filters, size, stride, pad, activation, slope):
        kernel, bias = self._named[number, "kernel"], self._named[number, "bias"]
        made = ops.conv_transpose(x, kernel, stride, "valid")
        if pad:
            made = made[:, pad:-pad, pad:-pad]
        return ACTIVATIONS[activation](made + bias, slope)

    def _dense(self, number, x, units, activation):
        made = ops.matmul(x, self._named[number, "kernel"]) + self._named[number, "bias"]
        return ACTIVATIONS[activation](made, 0)

    def _prelu(self, number, x):
        return ops.maximum(x, 0) + self._named[number, "slope"] * ops.minimum(x, 0)

    def _sigmoid(self, number, x):
        return ops.sigmoid(x)

    def _swish(self, number, x):
        return ops.silu(x)

    def _mean(self, number, x):
        return ops.mean(x, axis=(1, 2), keepdims=True)

    def _binary(self, number, x, *y, operation, scalar=None):
        return BINARY[operation](x, scalar if scalar is not None else y[0])

    def _sum(self, number, *given, shares):
        made = [x if share == 1 else share * x for x, share in zip(given, shares, strict=True)]
        return sum(made[1:], made[0])

    def _concatenate(self, number, *given):
        return ops.concatenate(given, axis=-1)

    def _crop(self, number, x, like, margin):
        height, width = ops.shape(like)[1:3]
        return x[:, margin : margin + height, margin : margin + width]

    def _shuffle(self, number, x, factor):
        # The file's channels are a colour's square, then the next one's.
        _, height, width, channels = ops.shape(x)
        x = ops.reshape(x, (-1, height * width, channels // factor**2, factor**2))
        x = ops.reshape(ops.transpose(x, (0, 1, 3, 2)), (-1, height, width, channels))
        return depth_to_space(x, factor)

    def _nearest(self, number, x, factor):
        return depth_to_space(ops.tile(x, (1, 1, 1, factor**2)), factor)

    def _halve(self, number, x):
        wide = ops.pad(x, [(0, 0), (1, 1), (1, 1), (0, 0)], "symmetric")
        rows = [wide[:, n::2] if n > 1 else wide[:, n : n - 2 : 2] for n in range(4)]
        x = sum(tap * part for tap, part in zip(CUBIC, rows))
        columns = [x[:, :, n::2] if n > 1 else x[:, :, n : n - 2 : 2] for n in range(4)]
        return sum(tap * part for tap, part in zip(CUBIC, columns))


def _same(given, **told):
    """Returns the channels of what changes no number of channels; 0 where inputs differ."""
    return given[0] if given and len(set(given)) == 1 else 0


def _alone(given, channels):
    """Returns channels where one tensor alone is read, and else 0."""
    return channels if len(given) == 1 else 0


_CHANNELS = {  # By the channels of what is read; 0 for what can't be.
    "constant": lambda given, channels: 0 if given else channels,
    "convolution": lambda given, filters, **told: _alone(given, filters),
    "deconvolution": lambda given, filters, **told: _alone(given, filters),
    "dense": lambda given, units, **told: _alone(given, units),
    "prelu": lambda given: _alone(given, given[0]),
    "sigmoid": lambda given: _alone(given, given[0]),
    "swish": lambda given: _alone(given, given[0]),
    "mean": lambda given: _alone(given, given[0]),
    "binary": lambda given, operation, scalar=None: (
        _same(given) if len(given) == (2 if scalar is None else 1) and operation in BINARY else 0
    ),
    "sum": lambda given, shares: _same(given) if len(given) == len(shares) else 0,
    "concatenate": lambda given: sum(given),
    "crop": lambda given, margin: given[0] if len(given) == 2 else 0,
    "shuffle": lambda given, factor: _alone(given, given[0] / factor**2),
    "nearest": lambda given, factor: _alone(given, given[0]),
    "halve": lambda given: _alone(given, given[0]),
}


def _shapes(step, given):
    """Returns the shapes of a step's weights by name."""
    told = step.told
    if step.kind == "convolution":
        size, filters = told["size"], told["filters"]
        return {"kernel": (size, size, given[0], filters), "bias": (filters,)}
    if step.kind == "deconvolution":
        size, filters = told["size"], told["filters"]
        return {"kernel": (size, size, filters, given[0]), "bias": (filters,)}
    if step.kind == "dense":
        return {"kernel": (given[0], told["units"]), "bias": (told["units"],)}
    if step.kind == "prelu":
        return {"slope": (given[0],)}
    return {"value": (told["channels"],)} if step.kind == "constant" else {}


def _scaled(step):
    """Returns how many times as large as what it reads is what a step makes."""
    if step.kind == "convolution":
        return 1 / step.told["stride"]
    if step.kind in ("mean", "constant"):
        return 0
    by = {"deconvolution": "stride", "shuffle": "factor", "nearest": "factor"}
    return step.told[by[step.kind]] if step.kind in by else 0.5 if step.kind == "halve" else 1
