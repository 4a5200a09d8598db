import tensorflow as tf

from tfvgan.engine import Endpoint


def test_an_endpoint_is_for_servers_unless_it_has_an_edge():
    spec = tf.TensorSpec((), tf.int32, name="count")
    assert Endpoint(lambda count: {"count": count}, [spec]).edge is None
