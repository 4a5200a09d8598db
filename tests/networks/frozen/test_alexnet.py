"""AlexNet: the sizes and channels of its maps."""

import numpy as np

from tfvgan.networks.frozen import AlexNet


def test_maps_are_as_published():
    network = AlexNet()
    network.build()
    maps = network.compute_output_spec(np.zeros((2, 224, 224, 3), "float32"))
    sides = (55, 27, 13, 13, 13)
    assert [tuple(m.shape) for m in maps] == [
        (2, side, side, filters) for side, filters in zip(sides, AlexNet.channels)
    ]
    assert network.count_params() == 2_469_696 and not network.trainable_variables


def test_reads_images_from_its_smallest_on():
    maps = AlexNet()(np.ones((1, AlexNet.smallest, AlexNet.smallest, 3), "float32"))
    assert tuple(maps[-1].shape) == (1, 1, 1, 256)
    assert AlexNet.from_config(AlexNet(name="x").get_config()).name == "x"
