"""What a GPU is given: nothing is put on a device by name, and all of a step has a kernel there.

No GPU is needed: TensorFlow's packages for Linux register the kernels of GPUs on any machine.
"""

import pytest
import tensorflow as tf
import toy
from tensorflow.python.framework import kernels

from tfvgan import VideoGAN
from tfvgan.losses import R1
from tfvgan.networks import RestorerGenerator
from tfvgan.tasks import Restorer

# Bytes of pictures, as they come and go, and words of errors: TensorFlow leaves them on a CPU.
ON_A_CPU = {"Const", "Tile", "TensorListStack", "TensorListSetItem"}


def operations(function, *inputs):
    """Returns the operations of a function's graph, and of all functions that it calls."""
    told = tf.autograph.experimental.do_not_convert(function)  # As Keras does with steps.
    graph = tf.function(told).get_concrete_function(*inputs).graph.as_graph_def()
    library = graph.library.function
    nodes = [*graph.node, *(node for each in library for node in each.node_def)]
    return [node for node in nodes if node.op not in {each.signature.name for each in library}]


def runs_on_a_gpu(node):
    """Returns whether there is a kernel for an operation of such types, as TensorFlow knows."""
    found = kernels.get_registered_kernels_for_op(node.op).kernel
    return any(
        all(
            set(node.attr[each.name].list.type or [node.attr[each.name].type])
            <= set(each.allowed_values.list.type)
            for each in kernel.constraint
        )
        for kernel in found
        if kernel.device_type in ("GPU", "DEFAULT")
    )


def check(nodes, left=frozenset()):
    assert not {node.name: node.device for node in nodes if node.device}
    assert {node.op for node in nodes if not runs_on_a_gpu(node)} <= left


def test_kernels_are_told_apart():
    """Strings are what no GPU holds."""
    made = [
        *operations(lambda x: tf.strings.length(x), tf.TensorSpec((), tf.string)),
        *operations(lambda x: tf.tile(x, [2]), tf.TensorSpec((2,), tf.uint8)),
        *operations(lambda x: tf.tile(x, [2]), tf.TensorSpec((2,), tf.float32)),
    ]
    assert {node.op for node in made if not runs_on_a_gpu(node)} == {"StringLength", "Tile"}
    assert [runs_on_a_gpu(node) for node in made if node.op == "Tile"] == [False, True]


@pytest.mark.parametrize(
    "how", [{}, {"penalty": R1(), "augment": "adaptive", "mixed_precision": "mixed_float16"}]
)
def test_all_of_a_step_can_run_on_a_gpu(how):
    model = toy.model(**how)
    check(operations(model.train_step, {"video": tf.constant(toy.videos(2))}))


@pytest.mark.slow
@pytest.mark.parametrize("preset", ["continuous", "dcgan", "vgan"])
def test_all_of_a_presets_step_can_run_on_a_gpu(preset):
    model = VideoGAN.from_preset(preset, frames=4, size=8, width=8, num_classes=2)
    video = tf.zeros((2, *model.parts()["video"].shape))
    batch = {"video": video, "label": tf.zeros((2,), tf.int32)}
    check(operations(model.train_step, batch))


def test_a_restorers_network_can_run_on_a_gpu():
    network = RestorerGenerator(2, 8, 1)
    network.build()
    endpoint = Restorer(network).endpoints()["restore_frame"]
    check(operations(endpoint.function, *endpoint.signature), ON_A_CPU)
