"""SPyNet: the flow that PyTorch finds with the same weights."""

import basicvsr_reference as reference
import numpy as np

from tfvgan.networks.frozen import SpyNet
from tfvgan.weights import convert


def test_motion_is_what_pytorch_finds():
    golden = reference.golden()
    arrays = {f"params/{name}": array for name, array in reference.drawn(golden).items()}
    weights = convert.basicvsr(arrays)
    network = SpyNet(name="flow")
    network.build()
    assert network.count_params() == 1_440_300 and not network.trainable_variables
    for variable in network.weights:
        variable.assign(weights[variable.path])
    frames = reference.moving()
    flow = network({"frame": frames[:-1], "other": frames[1:]})
    every = reference.EVERY
    np.testing.assert_allclose(flow[:, ::every, ::every], golden["flow"], atol=2e-4)
    assert np.abs(golden["flow"]).max() > 4, "pixels go far"
