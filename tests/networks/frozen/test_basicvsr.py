"""BasicVSR: as PyTorch runs the published code, and in parts as at once."""

import basicvsr_reference as reference
import numpy as np
import pytest

from tfvgan.networks.frozen import BasicVSR
from tfvgan.weights import convert

GOLDEN = reference.golden()


@pytest.fixture(scope="module")
def network():
    """A small one, with the weights that the reference was made with."""
    arrays = reference.drawn(GOLDEN)
    weights = convert.basicvsr({f"params/{name}": array for name, array in arrays.items()})
    made = BasicVSR(reference.WIDTH, reference.DEPTH, name="small")
    made.build()
    assert len(made.weights) == len(weights)
    for variable in made.weights:
        variable.assign(weights[variable.path.removeprefix("small/")])
    return made


@pytest.fixture(scope="module")
def whole(network):
    """What it makes of a video at once."""
    return np.array(network(reference.moving()[None]))[0]


def test_it_is_as_large_as_published():
    network = BasicVSR()
    network.build()
    assert network.count_params() == 6_291_311 and not network.trainable_variables
    assert BasicVSR.from_config(BasicVSR(width=4, depth=3).get_config()).depth == 3
    assert network.floats_per_pixel == 2048


def test_frames_are_what_pytorch_makes(whole):
    assert whole.shape == (3, 160, 144, 3)
    every = reference.EVERY
    np.testing.assert_allclose(whole[:, ::every, ::every], GOLDEN["video"], atol=2e-5)


def test_parts_make_what_the_whole_makes(network, whole):
    frames = reference.moving()[:, None]
    after = [network.carried(network.from_after, frames[2])]
    for n in (1, 0):
        after.insert(0, network.carried(network.from_after, frames[n], frames[n + 1], after[0]))
    before = network.carried(network.from_before, frames[0])
    before = network.carried(network.from_before, frames[1], frames[0], before)
    made = network.picture(frames[1], before, after[1])[0]
    np.testing.assert_allclose(made, whole[1], atol=1e-5)
    # Features of zeros are zeros wherever they are moved to.
    moved = network.carried(network.from_before, frames[0], frames[2], 0 * before)
    np.testing.assert_array_equal(moved, network.carried(network.from_before, frames[0]))
    alone = [
        network.carried(trunk, frames[1]) for trunk in (network.from_before, network.from_after)
    ]
    assert np.abs(network.picture(frames[1], *alone)[0] - whole[1]).max() > 1e-3
