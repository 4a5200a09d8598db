"""SavedModels without what nobody reads in them: shapes that are known anyway, and equal constants.

TensorFlow writes beside each operation the shapes that it guessed, and Keras a constant for each
number in its arithmetic. In networks with motion they are half of `saved_model.pb`.
"""

import os
from typing import Any

GUESSED = "_output_shapes"
CONSTANT = "Const"


def slim(folder: str | os.PathLike) -> None:
    """Writes the graphs of a SavedModel again, with equal results, smaller.

    Its `fingerprint.pb`, which TensorFlow does without, names the larger file, and goes.

    Args:
        folder: of one that was just written, and that nobody reads yet.
    """
    from tensorflow.core.protobuf import saved_model_pb2

    path, print_of_it = (os.path.join(folder, f"{n}.pb") for n in ("saved_model", "fingerprint"))
    model = saved_model_pb2.SavedModel()
    with open(path, "rb") as file:
        model.ParseFromString(file.read())
    for graph in model.meta_graphs:
        for function in graph.graph_def.library.function:
            _merge_constants(function)
            for node in function.node_def:
                node.attr.pop(GUESSED, None)
    with open(path, "wb") as file:
        file.write(model.SerializeToString(deterministic=True))
    if os.path.exists(print_of_it):
        os.remove(print_of_it)


def _merge_constants(function: Any) -> None:
    """Leaves one of each constant in a function; whoever read another one reads that."""
    first, instead = {}, {}
    for node in function.node_def:
        if node.op != CONSTANT or node.input or node.device:
            continue
        value = node.attr["value"].SerializeToString(deterministic=True)
        kept = first.setdefault(value, node.name)
        if kept != node.name:
            instead[node.name] = kept
    for node in function.node_def:
        node.input[:] = [_renamed(name, instead) for name in node.input]
    for outputs in (function.ret, function.control_ret):
        for key, name in outputs.items():
            outputs[key] = _renamed(name, instead)
    left = [node for node in function.node_def if node.name not in instead]
    del function.node_def[:]
    function.node_def.extend(left)


def _renamed(name, instead):
    """Returns the name of an output, `node:output:0`, or `^node` of what is only waited for."""
    mark = "^" if name.startswith("^") else ""
    node, *rest = name.removeprefix("^").split(":")
    return mark + ":".join([instead.get(node, node), *rest])
