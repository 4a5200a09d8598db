import numpy as np
import pytest
from moving import texture

from tfvgan.data.degrade import coarse_colours, haloed
from tfvgan.data.signs import ringing
from tfvgan.video import LUMA

VIDEO = texture(2, 48)[0]


def edge():
    picture = np.full((1, 48, 48, 3), 60, "uint8")
    picture[:, :, 24:] = 180
    return picture


def colours_of(video):
    return video.astype(float) - video @ LUMA


def test_halos_overshoot_on_both_sides_of_an_edge_and_nowhere_else():
    row = haloed(edge(), 0.8)[0, 20, :, 0].astype(int)
    assert row[23] < 50 and row[24] > 190
    assert (row[:18] == 60).all() and (row[30:] == 180).all()
    assert haloed(edge(), 0.8, 3.0)[0, 20, 20, 0] < 60  # Wider ones reach farther.
    np.testing.assert_array_equal(haloed(VIDEO, 0.0), VIDEO)


def test_wide_halos_ring():
    luma = [haloed(edge(), amount, 3.0)[0, ..., 0] for amount in (0.0, 1.0)]
    assert ringing(luma[0]) == 0 < ringing(luma[1])


@pytest.mark.parametrize("across, down", [(2, 1), (4, 1), (2, 2), (3, 1)])
def test_coarse_colours_keep_the_luma_and_lose_detail_of_the_colours(across, down):
    made = coarse_colours(VIDEO, across, down, smooth=False)
    assert made.shape == VIDEO.shape and made.dtype == np.uint8
    inside = (VIDEO > 40) & (VIDEO < 215)  # Where nothing is cut off.
    kept = np.abs((made @ LUMA) - (VIDEO @ LUMA))[inside.all(-1)]
    assert kept.mean() < 1.0
    blocks = colours_of(made)[:, :48:down, :48:across]
    for y in range(down):
        for x in range(across):
            beside = colours_of(made)[:, y::down, x::across]
            assert np.median(np.abs(beside - blocks)) < 1.0
    assert np.abs(made.astype(float) - VIDEO).mean() > 1


def test_interpolated_colours_are_nearer_than_repeated_ones():
    y, x = np.mgrid[:48, :48]
    waves = np.stack([np.sin(x / 5), np.sin((x + y) / 6), np.sin(y / 7)], -1)
    video = (127 + 60 * waves[None]).round().astype("uint8")
    smooth, repeated = (
        np.abs(coarse_colours(video, 2, 2, smooth=each).astype(float) - video).mean()
        for each in (True, False)
    )
    assert smooth < 0.8 * repeated


def test_as_many_colours_as_pixels_change_nothing():
    np.testing.assert_array_equal(coarse_colours(VIDEO), VIDEO)


def test_colours_lie_too_far_down_and_to_the_right():
    dot = np.full((1, 16, 16, 3), 128, "uint8")
    dot[0, 8, 8] = (158, 118, 108)
    redness = colours_of(coarse_colours(dot, shift=(1.0, 2.0)))[0, ..., 0]
    assert np.unravel_index(redness.argmax(), redness.shape) == (9, 10)
    half = colours_of(coarse_colours(dot, shift=(0.0, -0.5)))[0, 8, :, 0]
    assert half[7] == pytest.approx(half[8], abs=1.5) and half[7] > 5


def test_tapes_smear_along_rows():
    dot = np.full((1, 16, 16, 3), 128, "uint8")
    dot[0, 8, 8] = (228, 98, 78)
    redness = colours_of(coarse_colours(dot, smear=2.0))[0, ..., 0]
    assert redness[8, 6] > 3 and abs(redness[6, 8]) < 1
