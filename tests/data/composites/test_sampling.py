"""Between pixels: the values of planes, and a border that mirrors."""

import numpy as np

from tfvgan.data.composites.sampling import sampled

Y, X = np.mgrid[:6, :9].astype("float32") + 0.5
PLANE = np.stack([2 * X + 3 * Y, X * 0 + 7], -1)


def test_pixels_are_themselves_and_planes_are_planes_between_them():
    np.testing.assert_array_equal(sampled(PLANE, X, Y), PLANE)
    x, y = np.array([1.25, 4.0, 7.9]), np.array([5.1, 0.75, 2.0])
    np.testing.assert_allclose(sampled(PLANE, x, y)[:, 0], 2 * x + 3 * y, rtol=1e-6)
    assert sampled(PLANE.astype("uint8"), x, y).dtype == np.float32


def test_beyond_its_borders_a_picture_goes_on_mirrored():
    for beyond in (0.5, 2.25, 5.0):
        at = np.array([beyond])
        inside = sampled(PLANE, at, at)
        for x, y in ((-at, at), (at, -at), (18 - at, at), (at, 12 - at), (at + 18, at - 12)):
            np.testing.assert_allclose(sampled(PLANE, x, y), inside, rtol=1e-5)
