"""What networks share that begin with published weights: a recurrence, and how weights come in."""

import keras
import numpy as np
import pytest

from tfvgan.networks import CompactGenerator, SpanGenerator
from tfvgan.networks.begun import BegunGenerator, published

RNG = np.random.default_rng(0)
VIDEO = RNG.uniform(-1, 1, (2, 4, 8, 12, 3)).astype("float32")
MADE = {  # Small ones, of each class, and what their configs tell.
    "compact": (lambda: CompactGenerator(2, 8, 1), {"factor": 2, "width": 8, "depth": 1}),
    "span": (
        lambda: SpanGenerator(2, 8, 2, (0.4, 0.5, 0.6)),
        {"factor": 2, "width": 8, "depth": 2, "grey": (0.4, 0.5, 0.6)},
    ),
}
each = pytest.mark.parametrize("name", MADE)


def learnt(name):
    """Returns a network that reads all that it can."""
    network = MADE[name][0]()
    network.build()
    network.head.kernel.assign(RNG.normal(0.0, 0.1, network.head.kernel.shape))
    return network


@each
def test_a_frame_depends_on_all_before_it_and_one_after(name):
    network = learnt(name)
    first = np.asarray(network(VIDEO))
    for at, touched in ((2, [1, 2, 3]), (0, [0, 1, 2, 3])):
        other = VIDEO.copy()
        other[:, at] *= -1
        far = np.abs(np.asarray(network(other)) - first).max((0, 2, 3, 4))
        assert [n for n in range(4) if far[n] > 1e-6] == touched


@each
def test_its_config_makes_it_again(name, tmp_path):
    network, told = learnt(name), MADE[name][1]
    network.save(tmp_path / "x.keras")
    again = keras.models.load_model(tmp_path / "x.keras")
    np.testing.assert_array_equal(again(VIDEO), network(VIDEO))
    config = {key: value for key, value in again.get_config().items() if key in told}
    assert config == told == {key: getattr(again, key) for key in told}
    assert set(network.get_config()) - {"name", "dtype", "trainable"} == set(told)


@pytest.mark.parametrize("factor", [0, 3])
@each
def test_no_other_factor_is_known(name, factor):
    with pytest.raises(ValueError, match=rf"`factor` must be \d or \d, but is {factor}"):
        type(MADE[name][0]())(factor)


def test_the_first_convolution_is_widened_and_the_last_one_turned():
    network = BegunGenerator(2, 4, 1, folds=0, factors=(2,))
    convolutions = [keras.layers.Conv2D(4, 3), keras.layers.Conv2D(12, 3)]
    for layer, channels in zip(convolutions, (7, 4), strict=True):
        layer.build((None, 8, 8, channels))
    kernels = [RNG.normal(size=(3, 3, 3, 4)), RNG.normal(size=(3, 3, 4, 12))]
    network.begin(convolutions, kernels, [np.arange(4.0), np.arange(12.0)], unit=2.0)
    first, last = (np.asarray(layer.kernel) for layer in convolutions)
    np.testing.assert_allclose(first[:, :, :3], 2 * kernels[0], rtol=1e-6)
    assert not first[:, :, 3:].any()
    assert np.asarray(convolutions[1].bias).tolist() == [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11]
    np.testing.assert_allclose(last[..., 1], kernels[1][..., 4], rtol=1e-6)


def test_arrays_come_in_the_order_of_their_steps():
    arrays = {f"convolution_{n}_{end}": np.array(n) for n in (10, 9, 2) for end in ("kernel", "x")}
    found, others = published(arrays, "_kernel", "_slope")
    assert [int(each) for each in found] == [2, 9, 10] and others == []
