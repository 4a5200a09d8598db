"""Kernels whose few largest weights would take all others' precision, taken apart for 8 bits.

A quantised convolution has one scale for each channel that comes out, and it fits the largest
weight. The last convolution of a restorer that keeps the size reads the frame itself, with weights
near 1 in the middle; the others are a tenth of that, so they are left with three or four bits. Such
a convolution is the sum of two: one of a pixel with the largest weight of each channel, which its
own scale holds exactly, and one with what is left. Same function, same floats.

A convolution that makes few channels, such as the shares of a generator's colours, decides most of
what is seen, and has few weights. TensorFlow's converter leaves kernels of less than `SMALL`
numbers in floats, so it is parted into such ones.

Source: outliers kept apart, Dettmers et al. 2022, LLM.int8(), https://arxiv.org/abs/2208.07339,
there of activations.
"""

import os

import numpy as np
import tensorflow as tf

FEW_BITS = 1.5  # Times that the median channel's largest weight is what is left; else it stays.
SMALL = 1024  # Numbers of a kernel that the converter quantises.
FEW = 8  # Channels that come out of a convolution that stays in floats, at most.


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


def small_pieces(kernel: np.ndarray) -> list[np.ndarray] | None:
    """Returns a kernel's channels that come out in groups, each of less than `SMALL` numbers.

    Args:
        kernel: float32 `(h, w, i, o)` of a convolution.

    Returns:
        None of a kernel that is small anyway, or has more than `FEW` channels, or too large ones.
    """
    each, channels = kernel[..., 0].size, kernel.shape[-1]
    if kernel.size < SMALL or channels > FEW or each >= SMALL:
        return None
    step = (SMALL - 1) // each
    return [kernel[..., at : at + step] for at in range(0, channels, step)]


def write_parted(folder: str | os.PathLike, name: str, floats: bool = False) -> bool:
    """Returns whether a SavedModel was written anew, with kernels that are taken apart.

    Args:
        folder: of a SavedModel, which is replaced by one of constants.
        name: of its signature.
        floats: whether convolutions of few channels are to stay in floats, as `small_pieces` says;
            of use where weights alone are quantised.
    """
    from tensorflow.python.framework import convert_to_constants

    loaded = tf.saved_model.load(str(folder))  # Which holds the variables.
    signature = loaded.signatures[name]
    frozen = convert_to_constants.convert_variables_to_constants_v2(signature)
    graph = frozen.graph.as_graph_def()
    parted = [node for node in graph.node if node.op == "Conv2D" and _part(graph, node, floats)]
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


def _part(graph, node, floats):
    """Returns whether a convolution was replaced by several, in its graph."""
    nodes = {each.name: each for each in graph.node}
    held = nodes[node.input[1].split(":")[0]]
    while held.op == "Identity":
        held = nodes[held.input[0].split(":")[0]]
    dilated = any(
        step != 1 for step in (*node.attr["strides"].list.i, *node.attr["dilations"].list.i)
    )
    if held.op != "Const" or dilated or node.attr["padding"].s != b"SAME":
        return False
    whole = tf.make_ndarray(held.attr["value"].tensor)
    summed = strongest(whole)
    found = summed or (small_pieces(whole) if floats else None)
    if found is None:
        return False
    read, names = node.input[0], []
    for label, kernel in enumerate(found):
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
    node.name = names[0].rsplit("/", 1)[0]
    node.input.extend(names)
    node.attr["T"].type = dtype
    if summed:
        node.op = "AddV2"
        return True
    axis = graph.node.add()
    axis.name, axis.op = f"{node.name}/axis", "Const"
    axis.attr["dtype"].type = node.attr["Tidx"].type = tf.int32.as_datatype_enum
    axis.attr["value"].tensor.CopyFrom(tf.make_tensor_proto(np.int32(-1)))
    node.op = "ConcatV2"
    node.input.append(axis.name)
    node.attr["N"].i = len(names)
    return True
