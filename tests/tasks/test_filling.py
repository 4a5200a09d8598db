import numpy as np
import pytest
import tensorflow as tf

from tfvgan.tasks.filling import cut_off, filled_side, filled_up


@pytest.mark.parametrize("size", [(7, 5), (8, 4), (1, 3)])
@pytest.mark.parametrize("known", [True, False])
def test_edges_go_on_to_a_multiple_and_are_cut_off_again(size, known):
    frames = np.random.default_rng(0).integers(0, 256, (2, *size, 3), np.uint8)
    extents = size if known else (None, None)
    spec = tf.TensorSpec((None, *extents, 3), tf.uint8)
    filled = tf.function(lambda x: filled_up(x, 4), input_signature=[spec])(frames)
    more = [(0, -side % 4) for side in size]
    np.testing.assert_array_equal(filled, np.pad(frames, [(0, 0), *more, (0, 0)], "edge"))
    large = np.repeat(np.repeat(filled, 2, 1), 2, 2)
    wanted = np.repeat(np.repeat(frames, 2, 1), 2, 2)
    np.testing.assert_array_equal(cut_off(large, tf.constant(frames), 2), wanted)
    assert [filled_side(side, 4) for side in size] == list(filled.shape[1:3])


def test_what_is_a_multiple_stays_as_it_is():
    """So that graphs of known sizes have no more in them."""
    frames = tf.zeros((1, 8, 4, 3))
    assert filled_up(frames, 4) is frames and filled_side(None, 4) is None


def test_an_unknown_side_that_fits_is_handed_on_without_a_copy():
    """Gathering it made each frame that was served slower, whatever its size."""
    spec = tf.TensorSpec((1, None, 4, 3), tf.uint8)
    graph = tf.function(lambda x: filled_up(x, 4), input_signature=[spec]).get_concrete_function()
    nodes = graph.graph.as_graph_def()
    assert not {"GatherV2", "ConcatV2"} & {node.op for node in nodes.node}
    (choice,) = (node for node in nodes.node if node.op.endswith("If"))
    branches = {each.signature.name: each.node_def for each in nodes.library.function}
    fits = branches[choice.attr["else_branch"].func.name]
    assert {node.op for node in fits} <= {"Identity", "NoOp"}
    assert graph.structured_outputs.shape.as_list() == [1, None, 4, 3]


def test_nothing_is_asked_where_all_fits():
    spec = tf.TensorSpec((None, None, None, 3), tf.uint8)
    graph = tf.function(lambda x: filled_up(x, 1), input_signature=[spec]).get_concrete_function()
    assert {each.type for each in graph.graph.get_operations()} <= {"Placeholder", "Identity"}
