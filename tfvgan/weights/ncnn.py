"""Reads networks in ncnn's two files, a text of layers and their numbers; nothing is executed.

Source: https://github.com/Tencent/ncnn/wiki/param-and-model-file-structure and
https://github.com/Tencent/ncnn/wiki/operation-param-weight-table. Of the layers those are read that
the catalogue's networks have, and of their settings those values.
"""

import json

import numpy as np

from tfvgan.weights.ncnn_files import ARRAYS, Numbers, layers_of
from tfvgan.weights.unpickle import briefly

ACTIVATIONS = {0: "none", 1: "relu", 2: "leaky", 4: "sigmoid"}
OPERATIONS = {0: "add", 1: "subtract", 2: "multiply"}


def read_ncnn(param: bytes, content: bytes) -> dict[str, np.ndarray]:
    """Returns the arrays of a network: its "graph" and its weights by name.

    "graph" is the JSON text of `tfvgan.networks.frozen.NcnnNetwork` as uint8, and the other names
    are those of its weights: float16 where the file has 16 bits, else float32.

    Args:
        param: the text of layers, a .param file.
        content: their numbers, a .bin file.

    Raises:
        ValueError: when they are anything else, end early, or go on behind the last layer.
    """
    try:
        lines = param.decode("ascii").split("\n")
        layers = layers_of([line for line in lines if line.strip()])
        numbers = Numbers(content)
        arrays = _steps(layers, numbers)
        numbers.check_end()
    except (ValueError, KeyError, IndexError, OverflowError, TypeError) as error:
        why = briefly(error)
        why = f"a key {why} is missing or unknown" if isinstance(error, KeyError) else why
        raise ValueError(
            f"Expected a network in ncnn's files, .param and .bin, but {why}: do not load them."
        ) from error
    return arrays


def _steps(layers, numbers):
    """Returns the arrays of the layers: the graph, and the weights by name."""
    if layers[0].kind != "Input" or any(layer.kind == "Input" for layer in layers[1:]):
        raise ValueError("there is not one input, first")
    numbered = {layers[0].makes[0]: 0}
    steps, arrays, unread = [], {}, set()
    for layer in layers[1:]:
        reads = [numbered[name] for name in layer.reads]
        unread -= set(layer.reads)
        new = {name for name in layer.makes if name in numbered}
        if new or not layer.makes or (layer.kind != "Split" and len(layer.makes) != 1):
            raise ValueError(f"layer {layer.name!r} makes {layer.makes}")
        unread |= set(layer.makes)
        if layer.kind == "Split":
            numbered |= dict.fromkeys(layer.makes, reads[0])
            continue
        if layer.kind not in READERS:
            raise ValueError(f"layer {layer.name!r} is of the kind {layer.kind!r}, which is none")
        kind, told, weights = READERS[layer.kind](layer, numbers)
        if layer.told:
            raise ValueError(f"layer {layer.name!r} has settings that are not read: {layer.told}")
        steps.append([kind, reads, told])
        numbered[layer.makes[0]] = len(steps)
        arrays |= {f"{kind}_{len(steps)}_{name}": array for name, array in weights.items()}
    if unread != set(layers[-1].makes):
        raise ValueError(f"there is not one output, the last: {sorted(unread)[:4]}")
    graph = json.dumps(steps, separators=(",", ":")).encode()
    return {"graph": np.frombuffer(graph, "uint8"), **arrays}


def _activation(layer):
    """Returns an activation's name and its slope."""
    name = ACTIVATIONS[layer.take(9, 0)]
    slopes = layer.told.pop(ARRAYS - 10, [])
    if len(slopes) != (name == "leaky"):
        raise ValueError(f"layer {layer.name!r} has {len(slopes)} numbers for {name}")
    return {"activation": name, "slope": slopes[0] if slopes else 0.0}


def _kernel(layer, numbers, order):
    """Returns what convolutions are told, and their weights with axes in the order given."""
    filters, size = layer.take(0), layer.take(1)
    stride, pad = layer.take(3, 1), layer.take(4, 0)
    count = layer.take(6)
    layer.expect(_2=1, _5=1)
    each = max(filters, 0) * size**2
    if min(filters, size, stride, count) < 1 or count % each:
        raise ValueError(f"layer {layer.name!r} has {count} weights for {filters} of {size} pixels")
    kernel = numbers.weights(count).reshape(filters, -1, size, size).transpose(order)
    told = {"filters": filters, "size": size, "stride": stride, "pad": pad, **_activation(layer)}
    return told, {"kernel": kernel, "bias": numbers.plain(filters)}


def _convolution(layer, numbers):
    told, weights = _kernel(layer, numbers, (2, 3, 1, 0))
    if told["pad"] and (2 * told["pad"] != told["size"] - 1 or told["stride"] != 1):
        raise ValueError(f"layer {layer.name!r} is padded by {told['pad']}, which is not read")
    return "convolution", told, weights


def _deconvolution(layer, numbers):
    told, weights = _kernel(layer, numbers, (2, 3, 0, 1))
    if not 0 <= told["pad"] < told["size"] or told["stride"] > told["size"]:
        raise ValueError(f"layer {layer.name!r} is cut by {told['pad']}, which is not read")
    return "deconvolution", told, weights


def _dense(layer, numbers):
    units, count = layer.take(0), layer.take(2)
    layer.expect(_1=1)
    if units < 1 or count < 1 or count % units:
        raise ValueError(f"layer {layer.name!r} has {count} weights for {units}")
    told = _activation(layer)
    told.pop("slope")
    kernel = numbers.weights(count).reshape(units, -1).T
    return "dense", {"units": units, **told}, {"kernel": kernel, "bias": numbers.plain(units)}


def _constant(layer, numbers):
    layer.expect(_0=1, _1=1)
    channels = layer.take(2)
    return "constant", {"channels": channels}, {"value": numbers.plain(channels)}


def _prelu(layer, numbers):
    return "prelu", {}, {"slope": numbers.plain(layer.take(0))}


def _binary(layer, numbers):
    told = {"operation": OPERATIONS[layer.take(0, 0)]}
    if layer.take(1, 0):
        told["scalar"] = float(layer.told.pop(2))
    return "binary", told, {}


def _sum(layer, numbers):
    layer.expect(_0=1)
    return "sum", {"shares": layer.told.pop(ARRAYS - 1, [1.0] * len(layer.reads))}, {}


def _crop(layer, numbers):
    across, down = layer.take(0), layer.take(1)
    if across != down or across < 0:
        raise ValueError(f"layer {layer.name!r} cuts off {across} and {down}, which is not read")
    return "crop", {"margin": across}, {}


def _shuffle(layer, numbers):
    return "shuffle", {"factor": _factor(layer.take(0), layer)}, {}


def _resized(layer, numbers):
    how, by = layer.take(0), layer.told.pop(1)
    layer.expect(_2=by)
    if (how, by) == (3, 0.5):
        return "halve", {}, {}
    if how != 1 or by != int(by):
        raise ValueError(f"layer {layer.name!r} resizes by {by}, way {how}, which is not read")
    return "nearest", {"factor": _factor(int(by), layer)}, {}


def _factor(factor, layer):
    if not 1 < factor <= 8:
        raise ValueError(f"layer {layer.name!r} enlarges {factor} times")
    return factor


def _mean(layer, numbers):
    layer.expect(_0=1, _4=1)
    return "mean", {}, {}


def _scale(layer, numbers):
    layer.expect(_0=-233)
    return "binary", {"operation": "multiply"}, {}


READERS = {
    "BinaryOp": _binary,
    "Concat": lambda layer, numbers: ("concatenate", {}, {}),
    "Convolution": _convolution,
    "Crop": _crop,
    "Deconvolution": _deconvolution,
    "Eltwise": _sum,
    "InnerProduct": _dense,
    "Interp": _resized,
    "MemoryData": _constant,
    "PReLU": _prelu,
    "PixelShuffle": _shuffle,
    "Pooling": _mean,
    "Scale": _scale,
    "Sigmoid": lambda layer, numbers: ("sigmoid", {}, {}),
    "Swish": lambda layer, numbers: ("swish", {}, {}),
}
