"""I3D: what it reads, what it answers; its weights are compared in tests/weights."""

import keras
import numpy as np
import pytest

from tfvgan.networks.frozen import I3D
from tfvgan.networks.frozen.i3d import Inception


@pytest.fixture(scope="module")
def network():
    model = I3D(num_classes=7)
    model.build()
    return model


@pytest.fixture(scope="module")
def video():
    return np.random.default_rng(0).uniform(-1, 1, (2, 9, 224, 224, 3)).astype("float32")


def test_gives_each_video_its_logits(network, video):
    """A batch changes nothing, and the logits tell two videos apart."""
    together = network(video).numpy()
    assert together.shape == (2, 7) and together.dtype == "float32"
    np.testing.assert_allclose(network(video[1:]).numpy(), together[1:], rtol=1e-4, atol=1e-6)
    assert abs(together[0] - together[1]).max() > 1e-5


def test_is_frozen_and_as_large_as_published(network):
    """The paper counts 12 M; batch normalisation is folded, so no variance is left."""
    assert not network.trainable_variables
    head = 1024 * (400 - 7) + 400 - 7
    assert network.count_params() + head == 12_689_984


def test_is_float32_whatever_the_policy(monkeypatch):
    monkeypatch.setattr(keras.config, "dtype_policy", lambda: keras.DTypePolicy("mixed_float16"))
    assert I3D().dtype_policy.name == I3D().stages[0].dtype_policy.name == "float32"


@pytest.mark.parametrize(
    "shape, wanted",
    [((1, 9, 112, 224, 3), "224x224, but was given 112x224"), ((1, 8, 224, 224, 3), "given 8")],
)
def test_refuses_what_it_was_not_trained_on(network, shape, wanted):
    with pytest.raises(ValueError, match=wanted):
        network(np.zeros(shape, "float32"))


def test_comes_back_from_its_config():
    again = I3D.from_config(I3D(num_classes=7, name="again").get_config())
    assert again.num_classes == 7 and again.name == "again"
    module = Inception(1, (2, 3), (4, 5), 6)
    assert Inception.from_config(module.get_config()).get_config() == module.get_config()


def test_an_inception_module_lays_its_branches_side_by_side():
    """With kernels that pass the middle through, each branch is the input, or its local maximum."""
    module = Inception(1, (1, 1), (1, 1), 1)
    x = np.random.default_rng(0).uniform(0, 1, (1, 3, 3, 3, 1)).astype("float32")
    module(x)
    for variable in module.weights:
        value = np.zeros(variable.shape, "float32")
        if len(value.shape) == 5:
            value[tuple(extent // 2 for extent in value.shape[:3])] = 1
        variable.assign(value)
    outputs = module(x).numpy()
    assert outputs.shape == (1, 3, 3, 3, 4)
    np.testing.assert_allclose(outputs[..., :3], np.repeat(x, 3, axis=-1))
    assert outputs[0, 1, 1, 1, 3] == x.max()
