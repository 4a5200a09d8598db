"""A network of steps: what may be a step, what it holds, and that it is saved with its steps.

What steps compute is tested with the files that they are read from, in tests/weights/test_ncnn.py.
"""

import json

import keras
import numpy as np
import pytest

from tfvgan.networks.frozen import NcnnNetwork

CONVOLUTION = {"filters": 8, "size": 3, "stride": 1, "pad": 1, "activation": "relu", "slope": 0.0}
STEPS = [
    ["convolution", [0], CONVOLUTION],
    ["convolution", [1], {**CONVOLUTION, "filters": 12}],
    ["shuffle", [2], {"factor": 2}],
    ["nearest", [0], {"factor": 2}],
    ["binary", [3, 4], {"operation": "add"}],
]


def network(steps):
    return NcnnNetwork(json.dumps(steps), name="net")


def test_weights_are_named_by_their_steps():
    names = [weight.path for weight in network(STEPS).weights]
    parts = ("kernel", "bias")
    assert names == [f"net/convolution_{n}_{part}" for n in (1, 2) for part in parts]
    assert not network(STEPS).trainable_variables
    assert network(STEPS).count_params() == 3 * 9 * 8 + 8 + 8 * 9 * 12 + 12


def test_frames_of_any_size_come_out_larger():
    frames = np.random.default_rng(0).uniform(size=(2, 5, 7, 3)).astype("float32")
    made = np.array(network(STEPS)(frames))  # Its weights are zeros: the enlarged frame is left.
    np.testing.assert_array_equal(made, frames.repeat(2, 1).repeat(2, 2))


def test_what_is_held_at_once_is_counted():
    """In the last step: both pictures that are added, and their sum, of four pixels each."""
    assert network(STEPS).floats_per_pixel == 3 * (3 * 4)
    assert network(STEPS[:1]).floats_per_pixel == 3 + 8
    half = {**CONVOLUTION, "stride": 2, "pad": 0}
    assert network([["convolution", [0], half]]).floats_per_pixel == 3 + 8 / 4


def test_it_is_saved_with_its_steps(tmp_path):
    given = network(STEPS)
    given.weights[1].assign(np.arange(8.0))
    given.save(tmp_path / "net.keras")
    loaded = keras.saving.load_model(tmp_path / "net.keras")
    assert loaded.graph == given.graph
    np.testing.assert_array_equal(loaded.weights[1], np.arange(8.0))


@pytest.mark.parametrize(
    "steps, wanted",
    [
        ([["load", [0], {}]], "must be one of .*, but is 'load'"),
        ([["swish", [1], {}]], r"Step 1 must read earlier steps, but reads \[1\]"),
        ([["swish", [-1], {}]], "must read earlier steps"),
        ([["shuffle", [0], {"factor": 2}]], r"Step 1, shuffle, can't read \[3\] channels"),
        ([STEPS[0], ["binary", [0, 1], {"operation": "add"}]], r"can't read \[3, 8\] channels"),
        ([["binary", [0, 0], {"operation": "power"}]], "can't read"),
        ([["convolution", [0], {**CONVOLUTION, "filters": 5000}]], "can't read"),
        ([["sum", [0, 0], {"shares": [1.0]}]], "can't read"),
    ],
)
def test_what_is_no_step_is_refused(steps, wanted):
    with pytest.raises(ValueError, match=wanted):
        network(steps)
