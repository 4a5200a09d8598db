"""Published networks for tests: tiny ones, made on the spot and kept as fetched ones are."""

import json

import numpy as np
import tensorflow as tf

from tfvgan.networks.frozen import NcnnNetwork
from tfvgan.weights import CATALOGUE, store
from tfvgan.weights.entry import Distribution, Entry, Picture

WHEEL = Distribution("toy-net", "1.0", "toy_net-1.0-py3-none-any.whl", 1, "0" * 64)
STEP = {"filters": 3, "size": 1, "stride": 1, "pad": 0, "activation": "none", "slope": 0.0}


def steps_of(factor, margin):
    """Returns the steps of a network that cuts off a margin, and then enlarges."""
    cut = [["convolution", [0], {**STEP, "size": 2 * margin + 1}]]
    return cut + ([["nearest", [1], {"factor": factor}]] if factor > 1 else [])


def known(monkeypatch, home, name="toy_x2", factor=2, margin=0, multiple=1, fetched=True):
    """Returns the catalogue's entry of a network that takes a tenth from each colour.

    It reads `margin` pixels more at each side, and enlarges by repeating pixels.
    """
    monkeypatch.setenv("TFVGAN_HOME", str(home))
    kernel = np.zeros((2 * margin + 1, 2 * margin + 1, 3, 3), "float32")
    kernel[margin, margin] = np.eye(3)
    graph = json.dumps(steps_of(factor, margin)).encode()
    arrays = {
        "graph": np.frombuffer(graph, "uint8"),
        "convolution_1_kernel": kernel,
        "convolution_1_bias": np.full(3, -0.1, "float32"),
    }
    entry = Entry(
        name=name,
        family="toys",
        meaning="takes a tenth",
        distribution=WHEEL,
        members={},
        read=None,
        convert=dict,
        build=lambda arrays: NcnnNetwork(arrays["graph"].tobytes().decode(), name=name),
        sha256=store.fingerprint(arrays),
        picture=Picture(factor, margin, multiple),
        licence="Public domain",
        source="https://example.org/toy",
        citation="Nobody 2000",
    )
    monkeypatch.setitem(CATALOGUE, name, entry)
    if fetched:
        store.save(name, arrays, {})
    return entry


def wanted(frames, factor=2):
    """Returns what that network makes of frames, uint8 or uint16 `(..., h, w, 3)`."""
    most = np.iinfo(frames.dtype).max
    made = np.rint(np.clip(frames / most - 0.1, 0, 1) * most).astype(frames.dtype)
    return made.repeat(factor, -3).repeat(factor, -2)


class Carrying:
    """What stands for BasicVSR: features are simple sums of frames and of what comes along."""

    width, floats_per_pixel = 2, 10
    from_before, from_after = 1.0, 2.0

    def carried(self, trunk, frame, other, features):
        return trunk * frame[..., :2] + 0.5 * other[..., 1:] * features

    def picture(self, frame, before, after):
        small = frame + tf.concat([before, after[..., :1]], -1) / 4
        return tf.repeat(tf.repeat(small, 4, 1), 4, 2)

    def whole(self, frames):
        """Returns what a video becomes, float32 `(t, 4 * h, 4 * w, 3)`."""
        frames = [tf.constant(frame[None]) for frame in frames]
        sides = []
        for trunk, order in ((1.0, frames), (2.0, frames[::-1])):
            features, other, made = tf.zeros_like(frames[0][..., :2]), frames[0], []
            for frame in order:
                features, other = self.carried(trunk, frame, other, features), frame
                made.append(features)
            sides.append(made)
        sides[1].reverse()
        made = [self.picture(*each)[0] for each in zip(frames, *sides, strict=True)]
        return np.array(made)


def compact(factor=2, width=6, depth=2):
    """Returns a network as it is published, in ncnn's steps, and its weights by name."""
    steps, side, draws = [], 2 * factor, np.random.default_rng(0)
    for number in range(depth + 2):
        filters = 3 * side**2 if number == depth + 1 else width
        told = {"filters": filters, "size": 3, "stride": 1, "pad": 1}
        steps.append(["convolution", [2 * number], {**told, "activation": "none", "slope": 0.0}])
        steps.append(["prelu", [2 * number + 1], {}])
    steps[-1] = ["shuffle", [2 * depth + 3], {"factor": side}]
    steps.append(["nearest", [0], {"factor": side}])
    last = len(steps)
    steps.append(["binary", [last - 1, last], {"operation": "add"}])
    network = NcnnNetwork(json.dumps(steps))
    for variable in network.weights:
        variable.assign(draws.normal(0, 0.2, variable.shape))
    arrays = {each.path.partition("/")[2]: np.asarray(each) for each in network.weights}
    return network, {"graph": np.frombuffer(network.graph.encode(), "uint8"), **arrays}


def span(factor=2, width=6, depth=2):
    """Returns a small SPAN as it is published, in ncnn's steps, and its weights by name."""
    steps, draws = [], np.random.default_rng(0)

    def add(kind, *reads, **told):
        steps.append([kind, list(reads), told])
        return len(steps)

    def convolution(read, filters=width, size=3):
        told = {"filters": filters, "size": size, "stride": 1, "pad": size // 2}
        return add("convolution", read, **told, activation="none", slope=0.0)

    grey = add("constant", channels=3)
    apart = add("binary", 0, grey, operation="subtract")
    seen = x = convolution(add("binary", apart, operation="multiply", scalar=255.0))
    kept = []
    for _ in range(depth):
        begun = add("swish", convolution(x))
        made = convolution(add("swish", convolution(begun)))
        share = add("binary", add("sigmoid", made), operation="subtract", scalar=0.5)
        x = add("binary", add("binary", made, x, operation="add"), share, operation="multiply")
        kept.append((x, begun))
    beside = add("concatenate", seen, convolution(x), kept[0][0], kept[-1][1])
    head = convolution(convolution(beside, size=1), 3 * factor**2)
    add("shuffle", head, factor=factor)
    network = NcnnNetwork(json.dumps(steps))
    for variable in network.weights:
        small = 0.4 if "constant" in variable.path else 0.0
        variable.assign(draws.normal(small, 0.1, variable.shape))
    arrays = {each.path.partition("/")[2]: np.asarray(each) for each in network.weights}
    return network, {"graph": np.frombuffer(network.graph.encode(), "uint8"), **arrays}
