"""The restorer of much detail: what SPAN makes of a frame, and then a recurrence."""

import keras
import numpy as np
import pytest
from peers import span

from tfvgan.networks import SpanGenerator
from tfvgan.networks.span import SEEN

RNG = np.random.default_rng(0)
VIDEO = RNG.uniform(-1, 1, (2, 4, 8, 12, 3)).astype("float32")


def learnt():
    """Returns a network that reads all that it can."""
    network = SpanGenerator(2, 8, 2)
    network.build()
    network.head.kernel.assign(RNG.normal(0.0, 0.1, network.head.kernel.shape))
    return network


@pytest.mark.parametrize("factor", [2, 4])
def test_it_begins_as_the_published_network(factor):
    network, arrays = span(factor)
    ours = SpanGenerator.begun_from(arrays)
    assert (ours.factor, ours.width, ours.depth) == (factor, 6, 2)
    frame = VIDEO[:, 1]
    wanted = 2 * np.asarray(network((frame + 1) / 2)) - 1
    made = np.asarray(ours(VIDEO))
    assert made.shape == (2, 4, 8 * factor, 12 * factor, 3)
    np.testing.assert_allclose(made[:, 1], wanted, atol=1e-4 * np.abs(wanted).max())
    assert wanted.std() > 0.1


def test_weights_of_another_network_are_refused():
    _, arrays = span()
    without = {name: each for name, each in arrays.items() if "constant" not in name}
    with pytest.raises(ValueError, match="but are 0 greys and 10 convolutions"):
        SpanGenerator.begun_from(without)
    fewer = {name: each for name, each in arrays.items() if "convolution_4_" not in name}
    with pytest.raises(ValueError, match="but are 1 greys and 9 convolutions"):
        SpanGenerator.begun_from(fewer)


def test_the_state_is_its_features_held_within_one():
    network = learnt()
    frame = VIDEO[:, 0]
    state = network.start(frame)
    assert state.shape == (2, 8, 12, 8) and not np.any(state)
    _, after = network.step([frame] * 3, state)
    seen = SEEN * ((frame + 1) / 2 - np.float32(network.grey))
    x = first = np.asarray(network.stem(np.concatenate([seen, seen, seen, 0 * after], -1)))
    ends = []
    for block in (network.chain[:3], network.chain[3:]):
        begun = keras.ops.silu(block[0](x))
        made = np.asarray(block[2](keras.ops.silu(block[1](begun))))
        x = (made + x) * (np.asarray(keras.ops.sigmoid(made)) - 0.5)
        ends.append((x, np.asarray(begun)))
    beside = np.concatenate([first, network.last(x), ends[0][0], ends[1][1]], -1)
    np.testing.assert_allclose(after, np.tanh(network.together(beside)), atol=1e-4)
    assert np.std(after) > 0.1
