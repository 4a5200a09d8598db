"""Kernels whose few largest weights would take all others' precision, taken apart for 8 bits.

A quantised convolution has one scale for each channel that comes out, and it fits the largest
weight. The last convolution of a restorer that keeps the size reads the frame itself, with weights
near 1 in the middle; the others are a tenth of that, so they are left with three or four bits. Such
a convolution is the sum of two: one of a pixel with the largest weight of each channel, which its
own scale holds exactly, and one with what is left. Same function, same floats.

Source: outliers kept apart, Dettmers et al. 2022, LLM.int8(), https://arxiv.org/abs/2208.07339,
there of activations.
"""

import os

import numpy as np
import tensorflow as tf

FEW_BITS = 1.5  # Times that the median channel's largest weight is what is left; else it stays.


def strongest(kernel: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """Returns a kernel as a middle `(1, 1, i, o)` and a rest `(h, w, i, o)`, whose sum it is.

    The middle holds the largest weight of each channel among those of the middle pixel.

    Args:
        kernel: float32 `(h, w, i, o)` of a convolution, with odd sides.

    Returns:
        None where nothing is gained: the sides are even, it is of one pixel, or the weights that
        are left are about as large.
    """
    height, width, _, channels = kernel.shape
    if not height % 2 or not width % 2 or height * width == 1:
        return None
    at, rest = (height // 2, width // 2), kernel.copy()
    middle = np.zeros_like(kernel[:1, :1])
    places = np.abs(kernel[at]).argmax(axis=0), np.arange(channels)
    middle[0, 0][places] = kernel[at][places]
    rest[at][places] = 0
    largest, left = (np.abs(part).max(axis=(0, 1, 2)) for part in (kernel, rest))
    gained = np.median(largest / np.maximum(left, np.finfo("float32").tiny))
    return (middle, rest) if gained > FEW_BITS else None


def write_parted(folder: str | os.PathLike, name: str) -> bool:
    """Returns whether a SavedModel was written anew, with kernels that are taken apart.

    Args:
        folder: of a SavedModel, which is replaced by one of constants.
        name: of its signature.
    """
    from tensorflow.python.framework import convert_to_constants

    loaded = tf.saved_model.load(str(folder))  # Which holds the variables.
    signature = loaded.signatures[name]
    frozen = convert_to_constants.convert_variables_to_constants_v2(signature)
    graph = frozen.graph.as_graph_def()
    parted = [node for node in graph.node if node.op == "Conv2D" and _part(graph, node)]
    if not parted:
        return False
    specs = [tf.TensorSpec(tensor.shape, tensor.dtype, tensor.op.name) for tensor in frozen.inputs]
    fetched = dict(zip(sorted(signature.structured_outputs), frozen.outputs, strict=True))
    imported = tf.compat.v1.wrap_function(lambda: tf.import_graph_def(graph, name=""), [])
    run = imported.prune(
        [imported.graph.get_tensor_by_name(tensor.name) for tensor in frozen.inputs],
        {key: imported.graph.get_tensor_by_name(to.name) for key, to in fetched.items()},
    )
    module = tf.Module()
    module.function = tf.function(lambda *inputs: run(*inputs), input_signature=specs)
    tf.saved_model.save(module, str(folder), signatures={name: module.function})
    return True


def _part(graph, node):
    """Returns whether a convolution was replaced by the sum of two, in its graph."""
    nodes = {each.name: each for each in graph.node}
    held = nodes[node.input[1].split(":")[0]]
    while held.op == "Identity":
        held = nodes[held.input[0].split(":")[0]]
    dilated = any(
        step != 1 for step in (*node.attr["strides"].list.i, *node.attr["dilations"].list.i)
    )
    if held.op != "Const" or dilated or node.attr["padding"].s != b"SAME":
        return False
    found = strongest(tf.make_ndarray(held.attr["value"].tensor))
    if found is None:
        return False
    read, names = node.input[0], []
    for label, kernel in zip(("middle", "rest"), found, strict=True):
        constant, copy = graph.node.add(), graph.node.add()
        constant.CopyFrom(held)
        constant.name = f"{node.name}/{label}/kernel"
        constant.attr["value"].tensor.CopyFrom(tf.make_tensor_proto(kernel))
        copy.CopyFrom(node)
        copy.name = f"{node.name}/{label}"
        del copy.input[:]
        copy.input.extend([read, constant.name])
        names.append(copy.name)
    dtype = node.attr["T"].type
    node.Clear()
    node.name, node.op = names[0].rsplit("/", 1)[0], "AddV2"
    node.input.extend(names)
    node.attr["T"].type = dtype
    return True
