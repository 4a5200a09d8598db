"""What every backbone does: colours as ImageNet's, one map a block, no image too small."""

import numpy as np
import pytest
from keras import layers

from tfvgan.networks.frozen.backbone import Backbone

# Of ImageNet's colours in [0, 1], red, green and blue, as torchvision's networks were shown them.
MEAN, DEVIATION = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])


class Doubling(Backbone):
    """Two blocks that can be computed by hand."""

    channels = (3, 3)
    smallest = 2

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.blocks = [[layers.Rescaling(2.0)], [layers.Rescaling(3.0), layers.Rescaling(1, 1)]]


def test_gives_the_end_of_each_block():
    """Images of the mean colour are 0 inside, one deviation more is 1."""
    for deviations in (0, 1, -1):
        colour = 2 * (MEAN + deviations * DEVIATION) - 1
        first, second = Doubling()(np.broadcast_to(np.float32(colour), (1, 2, 2, 3)))
        np.testing.assert_allclose(first, np.full((1, 2, 2, 3), 2.0 * deviations), atol=1e-5)
        np.testing.assert_allclose(second, np.full((1, 2, 2, 3), 6.0 * deviations + 1), atol=1e-5)


def test_refuses_images_too_small():
    with pytest.raises(ValueError, match="2x2 or more, but was given 2x1: enlarge them"):
        Doubling()(np.zeros((1, 2, 1, 3), "float32"))
