"""VGG16: the sizes and channels of its maps."""

import numpy as np

from tfvgan.networks.frozen import VGG16


def test_maps_are_as_published():
    network = VGG16()
    network.build()
    maps = network.compute_output_spec(np.zeros((2, 36, 24, 3), "float32"))
    assert [tuple(m.shape) for m in maps] == [
        (2, 36 >> level, 24 >> level, filters) for level, filters in enumerate(VGG16.channels)
    ]
    assert network.count_params() == 14_714_688 and not network.trainable_variables


def test_reads_images_from_its_smallest_on():
    maps = VGG16()(np.ones((1, VGG16.smallest, VGG16.smallest, 3), "float32"))
    assert tuple(maps[-1].shape) == (1, 1, 1, 512)
    assert VGG16.from_config(VGG16(name="x").get_config()).name == "x"
