"""`tf.train.Checkpoint` of any preset saves every variable, those of layers in lists too."""

import numpy as np
import pytest
import tensorflow as tf
from same import assert_same_weights

from tfvgan import tasks

PRESETS = {
    "dcgan": lambda **seed: gan("dcgan", num_classes=2, **seed),
    "vgan": lambda **seed: gan("vgan", **seed),
    "continuous": lambda **seed: gan("continuous", num_classes=2, **seed),
    "enlarger": lambda **seed: tasks.VideoEnlarger.from_preset(
        frames=4, size=16, factor=2, width=8, **seed
    ),
    "restorer": lambda **seed: tasks.VideoRestorer.from_preset(size=16, width=8, depth=2, **seed),
    "codec": lambda **seed: tasks.VideoCodec.from_preset(size=16, width=8, depth=1, **seed),
}


def gan(name, **arguments):
    return tasks.VideoGAN.from_preset(name, frames=4, size=8, width=8, **arguments)


def state(model):
    optimizers = (model.generator_optimizer, model.discriminator_optimizer)
    return [variable for owner in (model, *optimizers) for variable in owner.variables]


@pytest.mark.parametrize(
    "preset",
    [pytest.param(name, marks=[pytest.mark.slow] * (name == "codec")) for name in PRESETS],
)
def test_every_variable_comes_back(preset, tmp_path):
    model, other = (PRESETS[preset](seed=seed) for seed in (0, 1))
    draws = np.random.default_rng(0)
    for variable in state(model):
        variable.assign(tf.cast(draws.uniform(1, 9, variable.shape), variable.dtype))
    path = tf.train.Checkpoint(model).save(tmp_path / "state")
    tf.train.Checkpoint(other).restore(path).assert_consumed()
    for expected, found in zip(state(model), state(other), strict=True):
        np.testing.assert_array_equal(expected.numpy(), found.numpy(), err_msg=expected.path)


def test_a_network_alone_is_whole_too(tmp_path):
    one, other = (PRESETS["continuous"](seed=seed).generator for seed in (0, 1))
    path = tf.train.Checkpoint(one).save(tmp_path / "network")
    tf.train.Checkpoint(other).restore(path).assert_consumed()
    assert_same_weights(one, other)
