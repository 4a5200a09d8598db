"""The compact restorer: what a published network makes of halved frames, and then a recurrence."""

import numpy as np
import pytest
from peers import compact

from tfvgan.layers import half_sized
from tfvgan.networks import CompactGenerator
from tfvgan.networks.compact import GAIN

RNG = np.random.default_rng(0)
VIDEO = RNG.uniform(-1, 1, (2, 4, 8, 12, 3)).astype("float32")


def learnt():
    """Returns a network that reads all that it can."""
    network = CompactGenerator(2, 8, 1)
    network.build()
    network.head.kernel.assign(RNG.normal(0.0, 0.1, network.head.kernel.shape))
    return network


@pytest.mark.parametrize("factor", [1, 2])
def test_it_begins_as_the_published_network_on_halved_frames(factor):
    network, arrays = compact(factor)
    ours = CompactGenerator.begun_from(arrays, factor)
    assert (ours.factor, ours.width, ours.depth) == (factor, 6, 2)
    frame = VIDEO[:, 1]
    wanted = 2 * np.asarray(network((half_sized(frame) + 1) / 2)) - 1
    made = np.asarray(ours(VIDEO))
    assert made.shape == (2, 4, 8 * factor, 12 * factor, 3)
    np.testing.assert_allclose(made[:, 1], wanted, atol=1e-5)
    assert np.abs(wanted - np.repeat(half_sized(frame), 2 * factor, 1)[:, :, :1]).max() > 0.1


def test_weights_of_another_network_are_refused():
    _, arrays = compact(2)
    with pytest.raises(ValueError, match="enlarges 2 times, but are 4 convolutions and 3 slopes"):
        CompactGenerator.begun_from(arrays, 1)
    without = {name: array for name, array in arrays.items() if not name.endswith("_slope")}
    with pytest.raises(ValueError, match="enlarges 4 times, but are 4 convolutions and 0 slopes"):
        CompactGenerator.begun_from(without)


def test_the_state_is_its_last_features_held_within_one():
    network = learnt()
    frame = VIDEO[:, 0]
    state = network.start(frame)
    assert state.shape == (2, 4, 6, 8) and not np.any(state)
    _, after = network.step([frame] * 3, state)
    small = (half_sized(frame) + 1) / 2
    x = np.concatenate([small, small, small, state], -1)
    for convolution, slope in zip([network.stem, *network.chain], network.slopes, strict=True):
        x = np.asarray(convolution(x))
        x = np.where(x > 0, x, np.asarray(slope.alpha) * x)
    np.testing.assert_allclose(after, np.tanh(GAIN * x), atol=1e-5)
