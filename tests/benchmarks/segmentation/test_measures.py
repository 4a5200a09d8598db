"""What is said of masks: closed forms of squares that are moved, grown, or flicker."""

import numpy as np
import pytest

from benchmarks.segmentation import measures

SIDE = 64  # Its diagonal times the tolerance is .72 pixels: edges may be one pixel off.


def square(top, left, side=16, frames=2):
    """Returns masks of a square that stands."""
    masks = np.zeros((frames, SIDE, SIDE), bool)
    masks[:, top : top + side, left : left + side] = True
    return masks


TRUE = square(20, 20)
NOTHING = np.zeros_like(TRUE)


def test_what_is_equal_is_perfect():
    assert measures.measured(TRUE, TRUE) == {"IoU": 1, "boundary F": 1, "flips x1000": 0}
    assert list(measures.measured(TRUE, TRUE)) == list(measures.MEASURES)


@pytest.mark.parametrize("off", range(17))
def test_a_square_that_is_moved_has_the_overlap_of_its_parts(off):
    assert measures.overlap(square(20, 20 + off), TRUE) == pytest.approx((16 - off) / (16 + off))


def test_each_frame_counts_alike_and_empty_ones_are_right_where_nothing_is():
    made, true = TRUE.copy(), TRUE.copy()
    made[0], true[0] = False, False
    made[1, 20:28] = False
    assert measures.overlap(made, true) == (1 + 0.5) / 2
    assert measures.overlap(NOTHING, TRUE) == measures.overlap(TRUE, NOTHING) == 0
    assert measures.boundary(NOTHING, NOTHING) == 1
    assert measures.boundary(NOTHING, TRUE) == measures.boundary(TRUE, NOTHING) == 0


def test_edges_may_be_as_far_off_as_the_tolerance_and_no_further():
    assert measures.boundary(square(21, 20), TRUE) == 1
    # A pixel larger on all sides, only its corners are further off.
    assert 0.95 < measures.boundary(square(19, 19, 18), TRUE) < 1
    assert measures.boundary(square(18, 18, 20), TRUE) == 0


def test_the_tolerance_grows_with_the_picture():
    wide = np.zeros((1, 300, 400), bool)  # A diagonal of 500: four pixels.
    wide[:, 100:200, 100:200] = True
    assert measures.boundary(np.roll(wide, 4, 2), wide) == 1
    assert measures.boundary(np.roll(wide, 5, 2), wide) < 1


def test_precision_and_recall_are_joined_by_their_harmonic_mean():
    two = TRUE | square(44, 44)
    assert measures.boundary(two, TRUE) == pytest.approx(2 * 0.5 / 1.5)
    assert measures.boundary(TRUE, two) == pytest.approx(2 * 0.5 / 1.5)


def test_only_changes_that_are_none_of_the_truth_are_flips():
    moving = np.concatenate([square(20, 20, frames=1), square(20, 21, frames=1)])
    assert measures.flips(moving, moving) == measures.flips(TRUE, moving) == 0
    assert measures.flips(moving, TRUE) == pytest.approx(1000 * 2 * 16 / SIDE**2)
    # Where the true one changes, any change is right: here the reverse.
    assert measures.flips(moving[::-1], moving) == 0
    blinking = np.stack([TRUE[0], NOTHING[0], TRUE[0]])
    assert measures.flips(blinking, np.repeat(TRUE[:1], 3, 0)) == 1000 * 256 / SIDE**2
