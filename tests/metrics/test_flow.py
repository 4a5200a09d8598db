import sys

import numpy as np
import pytest
from moving import texture

from tfvgan.metrics.flow import optical_flow, visible, warp


def flow_of(right, down, size=8):
    return np.broadcast_to(np.array([right, down], "float32"), (1, size, size, 2))


def ramp(size=8):
    """Channels hold x, y and x + 2 y: linear, so that bilinear interpolation is exact."""
    y, x = np.mgrid[:size, :size].astype("float32")
    return np.stack([x, y, x + 2 * y], axis=-1)[None]


def test_the_flow_of_a_translation_is_the_translation():
    video = texture(2, 64, speed=(2.0, 1.0)).astype("float32")
    flow = optical_flow(video[:, 0], video[:, 1])
    np.testing.assert_allclose(flow[:, 16:-16, 16:-16], flow_of(2, 1, 32), atol=0.05)


def test_the_flow_of_an_even_image_is_nothing():
    image = np.full((1, 16, 16, 3), 90, "float32")
    np.testing.assert_array_equal(optical_flow(image, image + 9), flow_of(0, 0, 16))


def test_no_images_have_no_flow():
    assert optical_flow(np.zeros((0, 8, 8, 3), "f"), np.zeros((0, 8, 8, 3), "f")).shape[0] == 0


def test_without_opencv_one_command_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "cv2", None)
    with pytest.raises(ValueError, match=r"pip install 'tfvgan\[metrics\]'"):
        optical_flow(np.zeros((1, 8, 8, 3), "f"), np.zeros((1, 8, 8, 3), "f"))


@pytest.mark.parametrize(("right", "down"), [(0, 0), (2, 1), (0.5, 0.25), (-1.5, -0.75)])
def test_warping_a_ramp_shifts_its_values(right, down):
    warped = warp(ramp(), flow_of(right, down))
    shifted = ramp() + np.array([right, down, right + 2 * down], "f")
    np.testing.assert_allclose(warped[:, 2:-2, 2:-2], shifted[:, 2:-2, 2:-2], atol=1e-5)


def test_beyond_the_border_lies_the_nearest_pixel():
    np.testing.assert_array_equal(warp(ramp(), flow_of(-90, 90))[..., 0], np.zeros((1, 8, 8)))
    np.testing.assert_array_equal(warp(ramp(), flow_of(-90, 90))[..., 1], np.full((1, 8, 8), 7))


def test_what_leaves_the_picture_is_not_visible():
    seen = np.asarray(visible(flow_of(3, 0), flow_of(-3, 0)))
    assert seen[:, :, :5].all()
    assert not seen[:, :, 5:].any()


def test_a_way_there_that_does_not_lead_back_is_hidden():
    assert not np.asarray(visible(flow_of(1, 0), flow_of(1, 0))).any()
    assert np.asarray(visible(flow_of(0.25, 0), flow_of(0.25, 0)))[:, :, :7].all()


@pytest.mark.parametrize("length", [0.0, 4.0, 8.0])
def test_a_way_back_may_miss_by_what_the_paper_allows(length):
    """`|f + b|^2 <= 0.01 (|f|^2 + |b|^2) + 0.5`: here `f` is long, and `b` misses across it."""
    for miss, seen in ((0.98, True), (1.02, False)):
        # The allowed miss across solves m^2 = 0.01 (2 l^2 + m^2) + 0.5.
        across = miss * np.sqrt((0.02 * length**2 + 0.5) / 0.99)
        found = np.asarray(visible(flow_of(length, 0, 24), flow_of(-length, across, 24)))
        assert (found[:, :, :12] == seen).all()


@pytest.mark.parametrize("length", [0.0, 0.25, 4.0])
@pytest.mark.parametrize("axis", [1, 2])
def test_a_flow_may_change_by_what_the_paper_allows(length, axis):
    """`|grad f|^2 <= 0.01 |f|^2 + 0.002`, of the next pixel, down and across."""
    for step, seen in ((0.98, True), (1.02, False)):
        forward = flow_of(0, length, 24).copy()
        half = np.s_[:, 12:] if axis == 1 else np.s_[:, :, 12:]
        forward[half] += [step * np.sqrt(0.01 * length**2 + 0.002), 0]
        found = np.moveaxis(np.asarray(visible(forward, -forward)), axis, 1)
        assert (found[:, 11, :12] == seen).all()
        assert found[:, :11, :12].all()


def test_a_flow_that_changes_both_ways_changes_by_the_sum_of_squares():
    y, x = np.mgrid[:8, :8].astype("float32")
    for slope, seen in ((0.031, True), (0.033, False)):  # 2 * 0.0316^2 = 0.002.
        forward = np.stack([slope * (x - 3), slope * (y - 3)], axis=-1)[None]
        assert bool(np.asarray(visible(forward, -forward))[0, 3, 3]) == seen


def test_a_motion_boundary_is_hidden():
    forward = flow_of(0.25, 0).copy()
    forward[:, :, :4] = 0
    seen = np.asarray(visible(forward, -forward))
    np.testing.assert_array_equal(seen[0, 0], [True, True, True, False, True, True, True, False])
