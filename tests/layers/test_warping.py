"""Warping: nothing moves along no flow, whole pixels are shifts, and slopes are finite."""

import numpy as np
import pytest
import tensorflow as tf

from tfvgan.layers import doubled, enlarge_flow, enlarged, warp, warp_sharply

RNG = np.random.default_rng(0)
IMAGES = RNG.uniform(-1, 1, (2, 6, 8, 3)).astype("float32")


def even(right, down, height=6, width=8):
    """Returns one flow for all pixels, float32 `(2, height, width, 2)`."""
    return np.broadcast_to(np.array([right, down], "float32"), (2, height, width, 2))


def test_no_flow_is_the_identity():
    np.testing.assert_array_equal(warp(IMAGES, even(0, 0)), IMAGES)


@pytest.mark.parametrize(("right", "down"), [(1, 0), (0, 2), (-2, 1)])
def test_whole_pixels_are_a_shift_and_the_border_goes_on(right, down):
    rows = np.clip(np.arange(6) + down, 0, 5)
    columns = np.clip(np.arange(8) + right, 0, 7)
    np.testing.assert_array_equal(warp(IMAGES, even(right, down)), IMAGES[:, rows][:, :, columns])


def test_between_pixels_it_is_bilinear():
    found = np.asarray(warp(IMAGES, even(0.25, 0.5)))[:, :-1, :-1]
    upper = 0.75 * IMAGES[:, :, :-1] + 0.25 * IMAGES[:, :, 1:]
    np.testing.assert_allclose(found, (upper[:, :-1] + upper[:, 1:]) / 2, atol=1e-6)


def test_the_slope_is_that_of_the_picture_and_finite_beyond_its_border():
    ramp = np.tile(np.arange(8, dtype="float32")[None, None, :, None], (2, 6, 1, 1))
    flow = tf.Variable(even(0.3, 0.3))
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(warp(ramp, flow))
    slope = tape.gradient(total, flow).numpy()
    np.testing.assert_allclose(slope[:, :, :7, 0], 1.0, atol=1e-6)
    np.testing.assert_allclose(slope[..., 1], 0.0, atol=1e-6)
    flow.assign(even(1e4, -1e4))
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(warp(ramp, flow))
    assert np.all(np.isfinite(tape.gradient(total, flow)))


def test_a_flow_is_four_times_as_large_and_as_far():
    np.testing.assert_allclose(enlarge_flow(even(0.5, -1)), even(2, -4, 24, 32), atol=1e-6)
    ramp = np.zeros((1, 6, 8, 2), "float32")
    ramp[..., 0] = np.arange(8) + 0.5  # At the middles of its places.
    large = np.asarray(enlarge_flow(ramp))[0, 12, :, 0]
    np.testing.assert_allclose(large[4:-4], np.arange(32)[4:-4] + 0.5, atol=1e-5)


def test_every_pixel_is_fetched_from_its_own_place():
    """One by one: bilinear between the four around it, the nearest beyond the border."""
    flow = RNG.uniform(-4, 4, (2, 6, 8, 2)).astype("float32")
    found = np.asarray(warp(IMAGES, flow))
    for n, y, x in np.ndindex(2, 6, 8):
        right, down = np.clip(np.array([x, y]) + flow[n, y, x], 0, [7, 5])
        left, top = int(right), int(down)
        rows, columns = [top, min(top + 1, 5)], [left, min(left + 1, 7)]
        shares = np.outer([1 - (down - top), down - top], [1 - (right - left), right - left])
        near = IMAGES[n][rows][:, columns]
        np.testing.assert_allclose(
            found[n, y, x], (shares[..., None] * near).sum((0, 1)), atol=1e-5
        )


def test_a_flow_is_doubled_twice_between_the_middles_of_its_places_up_to_the_border():
    flow = RNG.uniform(-1, 1, (2, 3, 5, 2)).astype("float32")

    def doubled(x):
        wide = np.concatenate([x[:1], x, x[-1:]])
        both = [0.75 * x + 0.25 * wide[:-2], 0.75 * x + 0.25 * wide[2:]]
        return np.stack(both, 1).reshape(-1, *x.shape[1:])

    wanted = flow
    for axis in (1, 1, 2, 2):
        wanted = np.moveaxis(doubled(np.moveaxis(wanted, axis, 0)), 0, axis)
    np.testing.assert_allclose(enlarge_flow(flow), 4 * wanted, atol=1e-5)


def test_sharp_warps_are_the_pixels_themselves_where_nothing_lies_between():
    np.testing.assert_array_equal(warp_sharply(IMAGES, even(0, 0)), IMAGES)
    for right, down in ((1, 0), (-2, 1), (9, -9)):
        wanted = warp(IMAGES, even(right, down))
        np.testing.assert_allclose(warp_sharply(IMAGES, even(right, down)), wanted, atol=1e-6)


def test_sharp_warps_are_keys_cubics_and_keep_more_than_bilinear_ones():
    found = np.asarray(warp_sharply(IMAGES, even(0.5, 0)))[:, :, 1:-2]
    near = IMAGES[:, :, 1:-2] + IMAGES[:, :, 2:-1]
    far = IMAGES[:, :, :-3] + IMAGES[:, :, 3:]
    np.testing.assert_allclose(found, 9 / 16 * near - 1 / 16 * far, atol=1e-6)
    # Keys' cubic makes straight lines, and parabolas, of themselves.
    parabola = np.tile((np.arange(8, dtype="float32") ** 2)[None, None, :, None], (2, 6, 1, 3))
    moved = np.asarray(warp_sharply(parabola, even(0.3, 0.7)))[:, :, 1:-2]
    wanted = (np.arange(1, 6) + 0.3) ** 2
    np.testing.assert_allclose(moved, np.broadcast_to(wanted[:, None], moved.shape), rtol=1e-5)
    wave = np.sin(np.arange(8, dtype="float32") * 1.5)[None, None, :, None]
    wave = np.tile(wave, (2, 6, 1, 3)).astype("float32")
    sharp, soft = (
        np.asarray(each(wave, even(0.5, 0)))[:, :, 1:-2] for each in (warp_sharply, warp)
    )
    assert np.abs(sharp).mean() > 1.1 * np.abs(soft).mean()


def test_what_is_doubled_keeps_its_lines_straight():
    ramp = np.arange(6, dtype="float32")[None, :, None, None] * np.ones((1, 6, 8, 1), "float32")
    made = np.asarray(doubled(ramp))
    assert made.shape == (1, 12, 16, 1)
    np.testing.assert_allclose(made[0, 1:-1, 3, 0], np.arange(10) / 2 + 0.25, atol=1e-6)


@pytest.mark.parametrize("factor", [2, 3, 6])
def test_sides_that_a_graph_does_not_know_are_enlarged_alike(factor):
    x = RNG.uniform(-1, 1, (2, 3, 5, 2)).astype("float32")
    spec = tf.TensorSpec((None, None, None, 2), tf.float32)
    unknown = tf.function(lambda x: enlarged(x, factor), input_signature=[spec])(x)
    wanted = tf.image.resize(x, (3 * factor, 5 * factor), "bilinear")
    np.testing.assert_allclose(enlarged(x, factor), wanted, atol=1e-6)
    np.testing.assert_allclose(unknown, wanted, atol=1e-6)
