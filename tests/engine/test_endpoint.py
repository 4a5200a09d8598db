import tensorflow as tf

from tfvgan.engine import Endpoint
from tfvgan.engine.endpoint import write_endpoints


def test_an_endpoint_is_for_servers_unless_it_has_an_edge():
    spec = tf.TensorSpec((), tf.int32, name="count")
    assert Endpoint(lambda count: {"count": count}, [spec]).edge is None


def test_what_is_written_is_served_and_slim(tmp_path):
    spec = tf.TensorSpec((None,), tf.float32, name="x")
    endpoints = {
        "twice": Endpoint(lambda x: {"made": 2.0 * x}, [spec]),
        "thrice": Endpoint(lambda x: {"made": 3.0 * x}, [spec]),
    }
    write_endpoints(endpoints, tmp_path)
    signatures = tf.saved_model.load(str(tmp_path)).signatures
    half = tf.constant([1.5])
    made = {name: each(x=half)["made"].numpy().item() for name, each in signatures.items()}
    assert made == {"serving_default": 3.0, "twice": 3.0, "thrice": 4.5}
    assert not (tmp_path / "fingerprint.pb").exists()  # `slim` has written the graph again.
