import numpy as np

from benchmarks.making import moving_picture as picture


def test_left_of_the_border_is_before_and_right_of_it_after():
    dark, light = (np.full((2, picture.SIDE, picture.SIDE, 3), grey, "uint8") for grey in (0, 200))
    image = np.asarray(picture.drawn(("title", ("a", dark), ("b", light)), 1, 0.25))
    assert image.shape == (picture.SIDE + picture.TITLE, picture.SIDE, 3)
    row = image[picture.TITLE + 20, :, 0]
    assert not row[:62].any() and (row[67:] == 200).all() and row[64] == 255
