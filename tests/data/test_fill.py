"""Holes are filled from the nearest frames that show what is behind them, or from around them."""

import numpy as np
import pytest

from tfvgan.data.fill import ALIKE, APART, REACH_FRAMES, fill, filled, surroundings

HOLE = np.zeros((8, 8), bool)
HOLE[2:5, 3:6] = True


def film(frames=6, seed=0):
    return np.random.default_rng(seed).integers(0, 256, (frames, 8, 8, 3)).astype("uint8")


def masks(*where, frames=6):
    """Returns a mask with the hole in the frames that are named."""
    return np.stack([HOLE & (n in where) for n in range(frames)])[..., None]


def test_what_is_there_stays_and_is_no_gap():
    video = film()
    found, gap = fill(video, masks(2, 3))
    np.testing.assert_array_equal(found[:, ~HOLE], video[:, ~HOLE])
    assert found.dtype == np.uint8 and gap.dtype == np.float32
    assert (gap[..., 0] > 0).sum() == 2 * HOLE.sum() and gap[:, ~HOLE].max() == 0
    plain, none = fill(video, masks())
    np.testing.assert_array_equal(plain, video)
    assert none.max() == 0


def test_a_mask_may_lack_its_last_axis_or_be_one_for_all_frames():
    video, mask = film(), masks(*range(6))
    for given in (mask, mask[..., 0], mask[0], mask[0, ..., 0], mask[..., 0].astype("float32")):
        for made, expected in zip(fill(video, given), fill(video, mask)):
            np.testing.assert_array_equal(made, expected)
    for shape in ((5, 8, 8), (8, 7), (6, 8, 8, 3), (8,)):
        with pytest.raises(
            ValueError, match=r"`mask` must be \(6, 8, 8\) as the video's frames are"
        ):
            fill(video, np.ones(shape))


def test_a_hole_is_what_was_and_will_be_there_by_their_distance():
    video = film()
    found, gap = fill(video, masks(2, 3))
    before, after = video[1].astype(float), video[4].astype(float)
    for frame, share in ((2, 1 / 3), (3, 2 / 3)):
        expected = before + share * (after - before)
        np.testing.assert_allclose(found[frame][HOLE], expected[HOLE], atol=0.5)
        np.testing.assert_allclose(gap[frame][HOLE], 1 / (REACH_FRAMES + 1))


def test_where_before_and_after_agree_nothing_is_unknown():
    still = np.repeat(film(1), 6, axis=0)
    found, gap = fill(still, masks(2, 3))
    np.testing.assert_array_equal(found, still)
    assert gap.max() == 0.0
    steps = []
    for apart in (ALIKE, (ALIKE + APART) / 2, APART, 2 * APART):
        moved = np.full((6, 8, 8, 3), 100, "uint8")
        moved[4:] += int(apart)
        steps.append(fill(moved, masks(2, 3))[1][2][HOLE].max() * (REACH_FRAMES + 1))
    np.testing.assert_allclose(steps, [0, 0.5, 1, 1], atol=1e-6)


def test_at_the_ends_it_is_the_one_that_there_is():
    video = film()
    found, gap = fill(video, masks(0, 1, 5))
    np.testing.assert_array_equal(found[0][HOLE], video[2][HOLE])
    np.testing.assert_array_equal(found[5][HOLE], video[4][HOLE])
    np.testing.assert_allclose(gap[0][HOLE], 2 / (REACH_FRAMES + 1))


def test_other_scenes_and_what_is_out_of_reach_do_not_count():
    video = film()
    cuts = iter([True, False, True, False, True, False])
    pairs = zip(video, masks(2, 3)[..., 0], strict=True)
    gaps = [gap for _, gap in filled(pairs, lambda frame: next(cuts))]
    assert gaps[2][HOLE].min() == gaps[3][HOLE].min() == 1.0
    long = film(2 * REACH_FRAMES + 3)
    missing = masks(*range(1, 2 * REACH_FRAMES + 2), frames=len(long))
    _, gap = fill(long, missing)
    assert gap[REACH_FRAMES + 1][HOLE].min() == 1.0
    assert gap[REACH_FRAMES][HOLE].max() == pytest.approx(REACH_FRAMES / (REACH_FRAMES + 1))


def test_what_is_missing_does_not_leak():
    video = film()
    other = np.where(masks(*range(6)), 255 - video, video)
    for first, second in zip(fill(video, masks(*range(6))), fill(other, masks(*range(6)))):
        np.testing.assert_array_equal(first, second)


def test_surroundings_go_on_smoothly():
    slope = np.tile(np.linspace(40, 200, 21)[:, None, None], (1, 19, 3)).astype("float32")
    known = np.ones((21, 19), bool)
    known[8:13, 7:12] = False
    found = surroundings(slope, known)
    np.testing.assert_array_equal(found[known], slope[known])
    assert np.abs(found - slope).max() < 0.5
    assert (surroundings(slope, np.zeros_like(known)) == 127).all()


def test_a_filled_pixel_is_the_mean_of_its_neighbours():
    draws = np.random.default_rng(0)
    picture = np.repeat(np.repeat(draws.uniform(0, 255, (8, 8, 3)), 8, 0), 8, 1).astype("float32")
    known = np.ones((64, 64), bool)
    known[10:50, 20:60] = known[60:, :5] = False  # The second lies in a corner of the picture.
    found = surroundings(picture, known)
    wide = np.pad(found, [(1, 1), (1, 1), (0, 0)], "edge")
    beside = wide[:-2, 1:-1] + wide[2:, 1:-1] + wide[1:-1, :-2] + wide[1:-1, 2:]
    assert np.abs(found - beside / 4)[~known].mean() < 0.5
    border = picture[known]
    assert border.min() <= found.min() and found.max() <= border.max()
