"""What is shown of masks: pictures, tints, and backgrounds without a trace of what is before."""

import numpy as np
import pytest

from tfvgan.tasks.segmentation.views import TINT, behind, class_colours, grown, pictured

RNG = np.random.default_rng(0)
FRAME = RNG.uniform(-1, 1, (1, 48, 64, 3)).astype("float32")


def half(classes=2):
    """Returns shares: the right half is of the last class."""
    shares = np.zeros((1, 48, 64, classes), "float32")
    shares[:, :, :32, 0] = shares[:, :, 32:, -1] = 1
    return shares


def test_masks_of_two_classes_are_black_and_white_and_of_more_have_hues():
    made = np.asarray(pictured("mask", FRAME, half()))
    assert (made[:, :, :32] == -1).all() and (made[:, :, 32:] == 1).all()
    np.testing.assert_allclose(pictured("mask", FRAME, half() * 0 + 0.5), 0, atol=1e-6)
    colours = class_colours(4)
    np.testing.assert_allclose(colours, [[-1] * 3, [1, -1, -1], [-1, 1, -1], [-1, -1, 1]])
    assert len(np.unique(class_colours(7), axis=0)) == 7


@pytest.mark.parametrize("classes", [2, 4])
def test_what_was_cut_out_grows_by_pixels_and_shares_sum_to_1(classes):
    shares = np.asarray(grown(half(classes), 3))
    np.testing.assert_array_equal(shares[:, :, :29], half(classes)[:, :, :29])
    np.testing.assert_allclose(shares[:, :, 29:, -1], 1)
    np.testing.assert_allclose(shares.sum(-1), 1, atol=1e-6)
    soft = RNG.dirichlet(np.ones(classes), (1, 48, 64)).astype("float32")
    made = np.asarray(grown(soft, 1))
    np.testing.assert_allclose(made.sum(-1), 1, atol=1e-5)
    around = np.pad(soft[..., 1:].max(-1), ((0, 0), (1, 1), (1, 1)))
    wanted = np.lib.stride_tricks.sliding_window_view(around[0], (3, 3)).max((2, 3))
    np.testing.assert_allclose(1 - made[0, ..., 0], wanted, atol=1e-5)
    assert grown(soft, 0) is soft


@pytest.mark.parametrize("classes, tint", [(2, [-1, 1, -1]), (4, [-1, -1, 1])])
def test_an_overlay_tints_all_but_the_first_class(classes, tint):
    made = np.asarray(pictured("overlay", FRAME, half(classes)))
    np.testing.assert_allclose(made[:, :, :32], FRAME[:, :, :32], atol=1e-6)
    wanted = (1 - TINT) * FRAME[:, :, 32:] + TINT * np.array(tint)
    np.testing.assert_allclose(made[:, :, 32:], wanted, atol=1e-6)


def test_a_colour_takes_the_place_of_the_first_class():
    made = np.asarray(pictured("#ff8000", FRAME, half()))
    np.testing.assert_array_equal(made[:, :, 32:], FRAME[:, :, 32:])
    wanted = np.broadcast_to(np.array([255, 128, 0]) / 127.5 - 1, (1, 48, 32, 3))
    np.testing.assert_allclose(made[:, :, :32], wanted, atol=1e-5)


def test_what_is_blurred_is_the_background_alone():
    bright = FRAME.copy()
    bright[:, :, 32:] = 1.0
    made = np.asarray(pictured("blur", bright, half()))
    np.testing.assert_array_equal(made[:, :, 32:], bright[:, :, 32:])
    behind = made[:, :, :32]
    assert behind.std() < 0.5 * FRAME.std()
    # The white half leaves no halo: it would be 0.3 brighter beside it.
    assert np.abs(behind[:, :, 24:].mean() - behind[:, :, :8].mean()) < 0.15
    nothing = np.asarray(pictured("blur", FRAME, 1 - half() * 0 - [1.0, 0.0]))
    np.testing.assert_allclose(nothing, FRAME, atol=1e-6)


def test_a_picture_takes_the_place_of_the_first_class():
    made = np.asarray(pictured("beach.jpg", FRAME, half(), -FRAME))
    np.testing.assert_array_equal(made[:, :, 32:], FRAME[:, :, 32:])
    np.testing.assert_allclose(made[:, :, :32], -FRAME[:, :, :32], atol=1e-6)


def test_a_cutout_is_the_frame_and_the_rest_is_transparent():
    for classes in (2, 4):
        made = np.asarray(pictured("cutout", FRAME, half(classes)))
        np.testing.assert_array_equal(made[..., :3], FRAME)
        assert (made[:, :, :32, 3] == -1).all() and (made[:, :, 32:, 3] == 1).all()


def test_what_is_no_view(tmp_path):
    path = tmp_path / "beach.jpg"
    path.touch()
    assert behind(path) == path and behind(str(path)) == str(path)
    assert [behind(view) for view in ("blur", "cutout", "white")] == [None] * 3
    for view in ("blue-ish", "#12", 3):
        with pytest.raises(
            ValueError, match="`view` must be mask, overlay, cutout, blur, a colour s"
        ):
            behind(view)
