"""A network that tests build without a trace is the one that a trace builds."""

import re

import building
import keras
import numpy as np
import pytest
import tensorflow as tf

from tfvgan import networks

MAKERS = {
    "codec": lambda: networks.CodecGenerator(16, 8, 1, 4),
    "continuous": lambda: networks.ContinuousGenerator(8, 4, 16, width=8),
    "dcgan": lambda: networks.DcganGenerator(8, 4, 16, num_classes=3, width=8),
    "enlarger": lambda: networks.EnlargerGenerator(8, 16, 4, 8),
    "restorer": lambda: networks.RestorerGenerator(2, 8, 1, masked=True),
    "vgan": lambda: networks.VganGenerator(8, 4, 16, width=8),
    "vgan_discriminator": lambda: networks.VganDiscriminator(4, 16, width=8),
}


def weights(make, build):
    """Returns the path, with no numbers, and the values of each weight."""
    keras.utils.set_random_seed(3)
    network = make()
    build(network)
    assert network.built
    return [(re.sub("_[0-9]+", "", w.path), np.asarray(w)) for w in network.weights]


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_weights_are_the_same(make, monkeypatch):
    traced = weights(make, building.traced)
    monkeypatch.setattr(building, "PLANS", {})
    for _ in range(2):
        built = weights(make, building.build)
        assert [path for path, _ in built] == [path for path, _ in traced]
        for (_, ours), (_, theirs) in zip(built, traced):
            np.testing.assert_array_equal(ours, theirs)


def test_the_second_of_the_same_numbers_is_not_traced(monkeypatch):
    monkeypatch.setattr(building, "PLANS", {})
    weights(MAKERS["restorer"], building.build)
    monkeypatch.setattr(building, "traced", None)
    weights(MAKERS["restorer"], building.build)


def test_a_variable_has_its_name_and_its_handle_none(monkeypatch):
    asked, made = [], building.named
    monkeypatch.setattr(building, "named", lambda **more: asked.append(more) or made(**more))
    one, other = (tf.Variable([value], name=name) for name, value in (("a", 1.0), ("b", 2.0)))
    one.assign_add([2.0])
    assert (one.name, other.name) == ("a:0", "b:0")
    assert (float(one[0]), float(other[0])) == (3.0, 2.0)
    assert len(asked) == 2 and not any("debug_name" in more for more in asked)
