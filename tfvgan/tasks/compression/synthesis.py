"""The endpoints of a learned codec's network: its two transforms, a frame at a time.

Between them are `latents.py` and `tfvgan.coding`, which take no network: with these and
`synthesize` an edge device decodes a .tvg.
"""

import numpy as np
import tensorflow as tf

from tfvgan.engine import Edge, Endpoint
from tfvgan.networks.codec import STRIDE
from tfvgan.tasks.examples import smooth_pictures
from tfvgan.tasks.filling import filled_side, filled_up
from tfvgan.tasks.guard import guarded
from tfvgan.tasks.served import Served
from tfvgan.video import from_uint8

EDGE = (368, 640)  # Height and width of what an edge device decodes: 640x360, padded.
FOLD = 4  # A state is at a quarter of the size.


class Transforms(Served):
    """Both transforms of a learned codec, for export.

    Args:
        generator: `tfvgan.networks.CodecGenerator`.
        edge: `(height, width)` of the frames of edge devices; made multiples of 16, rounded up.
    """

    names = ("synthesize", "analyze")

    def __init__(self, generator, edge=EDGE):
        self.generator = generator
        self.edge = tuple(filled_side(side, STRIDE) for side in edge)

    def endpoints(self):
        """Returns the endpoints in `names`; see `codec_endpoints`."""
        served = codec_endpoints(self.generator, self.edge)
        return {name: served[name] for name in self.names}


class Synthesis(Transforms):
    """The synthesis transform alone, for export: it decodes."""

    names = ("synthesize",)


def codec_endpoints(generator, edge=EDGE):
    """Returns `synthesize` and `analyze`, of one frame; its sides are multiples of 16.

    `synthesize(latents, previous, state, first, quality)` gives `frame` and `state`: they are what
    it is told of the next one. Latents are whole numbers, float32 `(1, h / 16, w / 16, channels)`;
    frames are float32 `(1, h, w, 3)` in [-1, 1], or a little beyond; states float32
    `(1, h / 4, w / 4, memory)`. At the beginning of a group `previous` and `state` are zeros, and
    `first` is 1, else 0, float32 `(1,)`, as `quality` is, from 1 to 8.
    `analyze(frame, previous, first, quality)` gives `latents`, which are to be rounded; its frame
    may be of any size, and is filled up to that of `previous`.

    Args:
        generator: `tfvgan.networks.CodecGenerator`.
        edge: `(height, width)` of the frames of edge devices.

    Raises:
        ValueError: when these are no multiples of 16.
    """
    if any(side % STRIDE or side < 1 for side in edge):
        raise ValueError(
            f"`edge` must be a height and a width, multiples of {STRIDE}, but is {tuple(edge)}."
        )

    def synthesize(latents, previous, state, first, quality):
        frame, _, state = generator.synthesize(latents, previous, state, first, quality)
        return {"frame": frame, "state": state}

    def analyze(frame, previous, first, quality):
        frame = filled_up(frame, STRIDE)
        return {"latents": generator.analyze(frame, previous, first, quality)}

    def endpoint(function, *names):
        def examples(count, seed):
            inputs = _examples(generator, edge, count, seed)
            return [{name: named[name] for name in names} for named in inputs]

        fixed, free = _specs(generator, edge), _specs(generator, (None, None))
        on_edge = Edge(function, examples, [fixed[name] for name in names])
        specs = [free[name] for name in names]
        return Endpoint(guarded(function, specs), specs, on_edge)

    conditions = ("previous", "state", "first", "quality")
    return {
        "synthesize": endpoint(synthesize, "latents", *conditions),
        "analyze": endpoint(analyze, "frame", "previous", "first", "quality"),
    }


def _specs(generator, size):
    """Returns the specs of all inputs, a dict by name."""

    def of(name, part, channels):
        sides = [None if side is None else side // part for side in size]
        return tf.TensorSpec((1, *sides, channels), tf.float32, name)

    specs = [of("frame", 1, 3), of("previous", 1, 3), of("state", FOLD, generator.memory)]
    specs.append(of("latents", STRIDE, generator.channels))
    specs += [tf.TensorSpec((1,), tf.float32, name) for name in ("first", "quality")]
    return {spec.name: spec for spec in specs}


def _examples(generator, size, count, seed):
    """Returns inputs of synthetic videos, which move a pixel a frame: first and second frames.

    The two take turns: calibration and parity need both.
    """
    height, width = size
    examples, quality = [], np.array([4.0], "float32")
    for picture in smooth_pictures((count + 1) // 2, max(size) + 1, seed):
        frames = [from_uint8(picture[None, n : n + height, n : n + width]) for n in (0, 1)]
        previous, state = generator.start(frames[0])
        for frame, first in zip(frames, (1.0, 0.0)):
            conditions = {"previous": previous, "first": np.float32([first]), "quality": quality}
            latents = tf.round(generator.analyze(frame, **conditions))
            named = {"frame": frame, "latents": latents, "state": state, **conditions}
            examples.append({name: np.asarray(value) for name, value in named.items()})
            previous, _, state = generator.synthesize(latents, state=state, **conditions)
    return examples[:count]
