"""What a generator serves."""

import numpy as np
import pytest
import tensorflow as tf

from tfvgan.networks import ContinuousGenerator, VganGenerator
from tfvgan.tasks.generation.endpoints import endpoints
from tfvgan.video import to_uint8


def built(network, num_classes=0):
    generator = network(6, frames=4, size=8, width=8, num_classes=num_classes)
    generator.build()
    return generator


@pytest.mark.parametrize(
    ("network", "num_classes"), [(ContinuousGenerator, 3), (VganGenerator, 0), (VganGenerator, 3)]
)
def test_the_edge_gives_the_floats_that_the_endpoint_rounds(network, num_classes):
    found = endpoints(built(network, num_classes), "sampling")
    moments = ["moment"] if network is ContinuousGenerator else []
    assert list(found) == ["generate", "sample", "sample_encoded", *moments]
    assert found["sample"].edge is None
    for name, output in (("generate", "video"), ("moment", "frame")):
        if name not in found:
            continue
        example = found[name].edge.examples(1, 0)[0]
        assert list(example) == [spec.name for spec in found[name].signature]
        floats = found[name].edge.function(*example.values())[output]
        rounded = found[name].function(*example.values())[output]
        assert floats.dtype == tf.float32 and rounded.dtype == tf.uint8
        np.testing.assert_array_equal(to_uint8(floats), rounded)
