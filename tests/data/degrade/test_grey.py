import numpy as np

from tfvgan.data.degrade import greyed


def test_a_grey_is_the_colours_luma_in_all_channels():
    colours = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (10, 120, 240), (77, 77, 77)]
    made = greyed(np.array(colours, "uint8")[None, None])
    assert made.shape == (1, 1, 5, 3) and made.dtype == np.uint8
    np.testing.assert_array_equal(made, np.repeat([[[[76], [150], [29], [101], [77]]]], 3, -1))
