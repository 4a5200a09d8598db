"""SavedModels made smaller: the same results, and each constant once."""

import numpy as np
import tensorflow as tf
from tensorflow.core.protobuf import saved_model_pb2

from tfvgan.engine.slim import slim

CONSTANTS = 40


class Sums(tf.Module):
    """Arithmetic with many equal constants, with branches, loops and a variable."""

    def __init__(self):
        super().__init__()
        self.gain = tf.Variable(3.0)

    @tf.function(input_signature=[tf.TensorSpec((None,), tf.float32, "x")])
    def sums(self, x):
        for _ in range(CONSTANTS):
            x = 0.5 * x + 0.25
        tf.debugging.assert_less(x, 100.0)
        x = tf.cond(tf.reduce_sum(x) > 0.25, lambda: x * 2.0 + 2.0, lambda: x - 2.0)
        _, x = tf.while_loop(lambda n, x: n < 3, lambda n, x: (n + 1, x + 0.5), (0, x))
        return {"x": self.gain * x, "one": tf.constant(0.25)}


def graph(folder):
    model = saved_model_pb2.SavedModel()
    model.ParseFromString((folder / "saved_model.pb").read_bytes())
    return model.meta_graphs[0].graph_def


def test_results_stay_and_constants_are_there_once(tmp_path):
    module, x = Sums(), np.array([1.0, -4.0, 7.5], "float32")
    tf.saved_model.save(module, str(tmp_path), signatures={"serving_default": module.sums})
    wanted = {name: np.asarray(value) for name, value in module.sums(x).items()}
    before = (tmp_path / "saved_model.pb").stat().st_size
    slim(tmp_path)
    assert (tmp_path / "saved_model.pb").stat().st_size < 0.7 * before
    made = tf.saved_model.load(str(tmp_path)).signatures["serving_default"](x=tf.constant(x))
    assert made.keys() == wanted.keys()
    for name, value in wanted.items():
        np.testing.assert_array_equal(made[name], value)
    for function in graph(tmp_path).library.function:
        values = [
            node.attr["value"].SerializeToString(deterministic=True)
            for node in function.node_def
            if node.op == "Const" and not node.input
        ]
        assert len(values) == len(set(values))
        assert not any("_output_shapes" in node.attr for node in function.node_def)
    assert not (tmp_path / "fingerprint.pb").exists()


def test_what_was_slim_stays_as_it_is(tmp_path):
    tf.saved_model.save(Sums(), str(tmp_path))
    slim(tmp_path)
    once = (tmp_path / "saved_model.pb").read_bytes()
    slim(tmp_path)
    assert (tmp_path / "saved_model.pb").read_bytes() == once
