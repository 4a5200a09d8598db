"""What makes tests short: most of their time goes into tracing graphs and drawing pictures."""

import gc
import importlib
import json

import building
import pytest
import tensorflow as tf
from tensorflow.python.ops import gen_resource_variable_ops

from tfvgan.networks.network import Network

Network.build = building.build
gen_resource_variable_ops.var_handle_op = building.unnamed

# What is imported is no garbage, and is not looked through again and again: that takes a twentieth.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 10, 10)

# What tests read of logs is ours: TensorFlow counts a whole suite's graphs, and advises by chance.
tf.get_logger().setLevel("ERROR")


@pytest.fixture
def eagerly():
    """Runs functions as they are written: tracing a large one costs more than a few of its steps.

    What is compared to the bit has to run alike on both sides.
    """
    tf.config.run_functions_eagerly(True)
    yield
    tf.config.run_functions_eagerly(False)


@pytest.fixture
def without_pictures(monkeypatch):
    """Draws none of the pictures of an epoch, which take half of a small run's time."""
    for name in ("film_strip", "curves"):
        monkeypatch.setattr(f"tfvgan.plots.{name}", lambda *given, **named: None)


@pytest.fixture
def exported(monkeypatch):
    """What `publish` would export, the model and its `tflite`: empty files have the same names."""
    asked = []

    def export_model(model, path, tflite, allowed, clips):
        asked.append((model, tflite))
        version = path / "1"
        version.mkdir()
        (version / "parity.json").write_text(json.dumps({"rows": [], "left_out": []}))
        for endpoint, kinds in tflite.items():
            assert endpoint in model.endpoints()
            for kind in kinds:
                (version / f"{endpoint}-{kind}.tflite").touch()
        return str(version)

    module = importlib.import_module("tfvgan.runs.publish")  # Whose name is the function's, too.
    monkeypatch.setattr(module, "export_model", export_model)
    return asked
