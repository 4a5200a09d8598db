import numpy as np
import pytest
import tensorflow as tf

from tfvgan.serving.server.signatures import (
    read_dtypes,
    read_shapes,
    read_signatures,
    signatures_told,
)


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    folder = tmp_path_factory.mktemp("model") / "1"
    specs = tf.TensorSpec((None, 2), tf.uint8, "a"), tf.TensorSpec(None, tf.string, "b_bytes")
    module = tf.Module()
    function = tf.function(lambda a, b_bytes: {"sum": a + a, "same": b_bytes}, specs)
    tf.saved_model.save(module, str(folder), {"add": function.get_concrete_function()})
    return read_signatures(folder)


def test_dtypes_and_extents_are_read_without_loading(saved):
    assert read_dtypes(saved) == {"add": {"a": np.uint8, "b_bytes": np.dtype(object)}}
    assert read_shapes(saved)["add"] == {"a": [None, 2], "b_bytes": None}


def test_metadata_are_those_of_tensorflow_serving(saved):
    told = signatures_told(saved)["add"]
    assert told["method_name"] == "tensorflow/serving/predict"
    assert told["inputs"]["a"] == {
        "dtype": "DT_UINT8",
        "tensor_shape": {
            "dim": [{"size": "-1", "name": ""}, {"size": "2", "name": ""}],
            "unknown_rank": False,
        },
        "name": "add_a:0",
    }
    assert told["inputs"]["b_bytes"]["tensor_shape"] == {"dim": [], "unknown_rank": True}
    assert told["outputs"]["same"]["dtype"] == "DT_STRING"


@pytest.mark.parametrize("content", [None, b"", b"\xff\xff\xff"])
def test_what_is_no_model_is_refused(tmp_path, content):
    if content is not None:
        (tmp_path / "saved_model.pb").write_bytes(content)
    with pytest.raises(ValueError, match="saved_model.pb` must be a SavedModel, but is none"):
        read_signatures(tmp_path)
