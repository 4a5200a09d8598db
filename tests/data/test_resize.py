import numpy as np
import pytest

from tfvgan.data.resize import METHODS, resize

VIDEO = np.random.default_rng(0).integers(0, 256, (2, 16, 24, 3)).astype("uint8")


@pytest.mark.parametrize("method", METHODS)
def test_sizes_and_even_pictures(method):
    assert resize(VIDEO, (8, 6), method).shape == (2, 8, 6, 3)
    assert resize(VIDEO, (20, 30), method).dtype == np.uint8
    even = np.full((1, 16, 24, 3), 200, "uint8")
    np.testing.assert_array_equal(resize(even, (5, 7), method), np.full((1, 5, 7, 3), 200))


def test_area_is_the_mean_over_squares():
    means = VIDEO.reshape(2, 8, 2, 12, 2, 3).mean((2, 4))
    assert (
        np.abs(resize(VIDEO, (8, 12), "area") - means).max() <= 1.0
    )  # Rows and columns are rounded each.


@pytest.mark.parametrize("method", METHODS)
def test_what_is_too_fine_becomes_grey_rather_than_other_patterns(method):
    fine = np.zeros((1, 32, 32, 3), "uint8")
    fine[:, :, ::2] = 255
    assert np.ptp(resize(fine, (32, 8), method)[:, :, 2:-2]) <= 32


@pytest.mark.parametrize(
    ("size", "method"), [((8, 12), "area"), ((20, 30), "bilinear"), ((8, 30), "bilinear")]
)
def test_by_itself_it_averages_what_becomes_smaller_both_ways(size, method):
    made = resize(VIDEO, size, "auto")
    np.testing.assert_array_equal(made, resize(VIDEO, size, method))
    others = [each for each in METHODS if each != method]
    assert all((made != resize(VIDEO, size, other)).any() for other in others)


def test_another_method_is_an_error():
    with pytest.raises(ValueError, match="must be one of area, bilinear, bicubic, lanczos, auto"):
        resize(VIDEO, (8, 8), "nearest")
