import numpy as np
import pytest

from tfvgan.data.degrade import (
    blur,
    blurred_along,
    box_kernel,
    gaussian_kernel,
    gaussian_profile,
)

RANDOM = np.random.default_rng(0)
VIDEO = RANDOM.integers(0, 256, (2, 17, 24, 3)).astype("uint8")


@pytest.mark.parametrize(
    "kernel", [gaussian_kernel(1.3), gaussian_kernel(2, 0.5, 0.7), box_kernel(5, 0.4)]
)
def test_kernels_sum_to_one_and_leave_even_pictures_alone(kernel):
    assert kernel.sum() == pytest.approx(1.0, abs=1e-6) and len(kernel) % 2 == 1
    even = np.full((1, 17, 24, 3), 77, "uint8")
    np.testing.assert_array_equal(blur(even, kernel), even)


@pytest.mark.parametrize("angle", [0.0, np.pi / 2])
def test_a_gaussian_has_the_deviations_asked_for_in_its_directions(angle):
    kernel = gaussian_kernel(2.0, 1.0, angle)
    places = np.arange(len(kernel)) - len(kernel) // 2
    x, y = (np.sqrt((kernel.sum(axis) * places**2).sum()) for axis in (0, 1))
    wanted = (2.0, 1.0) if angle == 0 else (1.0, 2.0)
    assert (x, y) == pytest.approx(wanted, rel=0.05)


def test_the_middle_of_a_kernel_is_the_pixel_itself():
    spot = np.zeros((3, 3), "float32")
    spot[1, 1] = 1.0
    np.testing.assert_array_equal(blur(VIDEO, spot), VIDEO)


def test_a_kernel_moves_a_pixel_where_it_says():
    aside = np.zeros((3, 3), "float32")
    aside[1, 2] = 1.0  # A pixel goes one to the right.
    np.testing.assert_array_equal(blur(VIDEO, aside)[:, :, 1:], VIDEO[:, :, :-1])


def test_a_movement_along_a_row_leaves_rows_alone():
    rows = np.repeat(RANDOM.integers(0, 256, (1, 16, 1, 3)), 20, axis=2).astype("uint8")
    np.testing.assert_array_equal(blur(rows, box_kernel(4.0)), rows)


def test_a_profile_along_both_axes_is_the_kernel():
    profile, one = gaussian_profile(1.5), VIDEO.astype("float32")
    both = blurred_along(one, profile, 1, "symmetric")
    both = blurred_along(both, profile, 2, "symmetric")
    np.testing.assert_allclose(both, blur(VIDEO, gaussian_kernel(1.5)), atol=0.51)
    step = blurred_along(np.array([0.0, 0.0, 4.0, 4.0]), np.array([0.25, 0.5, 0.25]), 0)
    np.testing.assert_array_equal(step, [0, 1, 3, 4])
