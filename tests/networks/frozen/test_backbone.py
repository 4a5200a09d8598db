"""What every backbone does: colours as ImageNet's, one map a block, no image too small."""

import numpy as np
import pytest
from keras import layers

from tfvgan.networks.frozen.backbone import DEVIATION, MEAN, Backbone


class Doubling(Backbone):
    """Two blocks that can be computed by hand."""

    channels = (3, 3)
    smallest = 2

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.blocks = [[layers.Rescaling(2.0)], [layers.Rescaling(3.0), layers.Rescaling(1, 1)]]


def test_gives_the_end_of_each_block():
    """Images of the mean colour are 0 inside, one deviation more is 1."""
    images = np.zeros((1, 2, 2, 3), "float32") + np.float32(MEAN) + np.float32(DEVIATION)
    first, second = Doubling()(images)
    np.testing.assert_allclose(first, np.full((1, 2, 2, 3), 2.0), rtol=1e-6)
    np.testing.assert_allclose(second, np.full((1, 2, 2, 3), 7.0), rtol=1e-6)


def test_refuses_images_too_small():
    with pytest.raises(ValueError, match="2x2 or more, but was given 2x1: enlarge them"):
        Doubling()(np.zeros((1, 2, 1, 3), "float32"))
